package io.voicebus.http.openai.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.wire.ProblemException;
import java.nio.charset.StandardCharsets;

/** What clients of OpenAI's Realtime API send. */
class RealtimeFuzzTest {
  private static final int MAX_TEXT = 1_000;

  private final RealtimeConfig config = RealtimeConfig.of("model");

  private interface Reading {
    void read(RequestJson json);
  }

  private static void isReadOrRefused(String text, Reading reading) {
    try {
      reading.read(RequestJson.parse(text));
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isBetween(400, 499);
      assertThat(refused.problem().detail()).isNotBlank();
    }
  }

  @FuzzTest
  void anEventIsReadOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    isReadOrRefused(text, json -> assertThat(config.with(json).voice()).isNotEmpty());
    isReadOrRefused(
        text,
        json -> {
          RealtimeItem item = RealtimeItem.parse(json).within(MAX_TEXT);
          RealtimeItems items = new RealtimeItems();
          items.add(item, "");
          items.trim();
          RequestJson.parse(item.json(RealtimeDialect.GA).toString());
        });
    isReadOrRefused(
        text,
        json -> {
          RealtimeOrder order = RealtimeOrder.parse(json, config, new RealtimeItems(), MAX_TEXT);
          assertThat(order.dialogue().prompt()).isNotBlank();
        });
  }
}
