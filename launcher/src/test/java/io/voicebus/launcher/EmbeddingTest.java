package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.turn.TurnEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddingTest {
  @Test
  void theDocumentedApplicationSpeaks() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    SpeakingApplication application = new SpeakingApplication();
    // when
    Waiting.on(vertx.deployVerticle(application));
    TurnEvent.Ended ended = Waiting.on(application.spoken());
    // then
    assertThat(ended.outcome()).isEqualTo(TurnEvent.Outcome.FINISHED);
    assertThat(application.samples()).isGreaterThan(16_000);
    Waiting.on(vertx.close());
  }

  @Test
  void theDocumentationShowsThatApplication() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/voicebus/launcher/SpeakingApplication.java"));
    String code = source.substring(source.indexOf("/** An application"));
    assertThat(Files.readString(Path.of("..", "docs", "embedding.md")))
        .contains("```java\n" + code + "```\n");
  }
}
