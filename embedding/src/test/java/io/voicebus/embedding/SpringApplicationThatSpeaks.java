package io.voicebus.embedding;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** {@code POST /say}: the text that is sent comes back as sound, while it is made. */
@SpringBootApplication
@RestController
public class SpringApplicationThatSpeaks {
  private final SpeechService speech;

  public SpringApplicationThatSpeaks(SpeechService speech) {
    this.speech = speech;
  }

  public static void main(String[] arguments) {
    SpringApplication.run(SpringApplicationThatSpeaks.class, arguments);
  }

  @PostMapping("/say")
  ResponseEntity<StreamingResponseBody> say(@RequestBody String text) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("audio/wav"))
        .body(out -> speech.speak(text, out));
  }
}
