package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a model's server sends, whatever it is. */
class ModelStreamFuzzTest {
  private static final ServiceWords WORDS =
      new ServiceWords("It", "key", "model", "url", "check url", "tokens");

  /** The first byte says where the others are cut. */
  @FuzzTest
  void eventsAreTheSameWhereverTheirBytesAreCut(byte[] bytes) {
    int stride = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x0F);
    byte[] body = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    assertThat(events(body, stride)).isEqualTo(events(body, Math.max(1, body.length)));
  }

  private static List<String> events(byte[] body, int stride) {
    List<String> events = new ArrayList<>();
    SseParser parser =
        new SseParser(
            (data, from, length) ->
                events.add(new String(data, from, length, StandardCharsets.ISO_8859_1)));
    for (int at = 0; at < body.length; at += stride) {
      parser.feed(Arrays.copyOfRange(body, at, Math.min(body.length, at + stride)));
    }
    parser.end();
    events.add(parser.strayBytes() + " bytes are none: " + parser.strays());
    return events;
  }

  @FuzzTest
  void anEventOfGeminiIsReadOrIsAFault(byte[] data) {
    read(new GeminiReader(WORDS), data);
  }

  @FuzzTest
  void anEventOfAnOpenAiServerIsReadOrIsAFault(byte[] data) {
    for (String thoughts : List.of("auto", "begins", "keep")) {
      read(new OpenAiReader(WORDS, thoughts), data);
    }
  }

  /** Twice, since one reader has all events of an answer. */
  private static void read(ModelReader reader, byte[] data) {
    int length = 0;
    for (int i = 0; i < 2; i++) {
      ModelChunk chunk = reader.read(data, 0, data.length);
      length += chunk.text().length();
    }
    length += reader.rest().length();
    assertThat(length).isLessThanOrEqualTo(2 * data.length + 64);
    assertThat(reader.usage().model().length()).isLessThanOrEqualTo(data.length);
    assertThat(reader.usage().promptTokens()).isNotNegative();
    assertThat(reader.usage().answerTokens()).isNotNegative();
    assertThat(reader.usage().thoughtTokens()).isNotNegative();
  }

  /** Each line is one header's value. */
  @FuzzTest
  void whenToTryAgainIsReadOrIgnored(byte[] data) {
    String[] lines = new String(data, StandardCharsets.ISO_8859_1).split("\n", 3);
    Duration after =
        RetryAfter.of(
            name ->
                switch (name) {
                  case "retry-after" -> lines[0];
                  case "date" -> lines.length > 1 ? lines[1] : "";
                  default -> lines.length > 2 ? lines[2] : "";
                });
    assertThat(after).isGreaterThanOrEqualTo(Duration.ZERO);
  }
}
