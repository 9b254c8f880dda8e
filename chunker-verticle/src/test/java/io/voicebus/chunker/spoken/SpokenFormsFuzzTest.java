package io.voicebus.chunker.spoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class SpokenFormsFuzzTest {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "pt", "nl");
  private static final Map<String, SpokenForms> FORMS = new ConcurrentHashMap<>();

  /** A number of 30 digits is said in words. */
  private static final int SAID_FOR_ONE = 100;

  /** The first byte chooses the language. */
  @FuzzTest
  void anyTextIsSaid(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    String language = LANGUAGES.get((bytes[0] & 0xff) % LANGUAGES.size());
    String text =
        new String(Arrays.copyOfRange(bytes, 1, bytes.length), StandardCharsets.UTF_8)
            .replace('\uFFFD', '\uD83D');

    SaidText said = FORMS.computeIfAbsent(language, SpokenForms::new).say(text);

    assertThat(said.said().length()).isLessThanOrEqualTo(SAID_FOR_ONE * text.length());
    int before = 0;
    for (int i = 0; i <= said.said().length(); i++) {
      int written = said.writtenAt(i);
      assertThat(written).isBetween(before, text.length());
      before = written;
    }
    assertThat(before).isEqualTo(text.length());
  }
}
