package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.JsonObject;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Pace;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What clients send to the server's own API. */
class RequestFuzzTest {
  private static final int MAX_PROMPT = 1_000;

  /** An error does not repeat a long input. */
  private static final int MAX_DETAIL = 600;

  private interface Reading {
    void read();
  }

  /** Whoever sends what cannot be served is told so, with a status of its own fault. */
  private static void isReadOrRefused(Reading reading) {
    try {
      reading.read();
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isBetween(400, 499);
      assertThat(refused.problem().detail()).hasSizeBetween(1, MAX_DETAIL);
    } catch (VoicebusException refused) {
      assertThat(refused.failure().detail()).isNotBlank();
    }
  }

  @FuzzTest
  void aTurnsBodyIsReadOrRefused(byte[] body) {
    TurnJson json = new TurnJson(MAX_PROMPT);
    isReadOrRefused(
        () ->
            assertThat(json.parse(body, Pace.ASAP).prompt().length())
                .isLessThanOrEqualTo(MAX_PROMPT));
    isReadOrRefused(() -> json.plain(body, Map.of(), Pace.ASAP));
    isReadOrRefused(() -> json.form(body, Map.of(), Pace.ASAP));
  }

  @FuzzTest
  void aMessageOfASessionIsReadOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    isReadOrRefused(() -> SessionOptions.of("talk").with(SessionMessage.parse(text).fields()));
    isReadOrRefused(() -> SocketCommand.parse(text));
    isReadOrRefused(() -> PositionJson.parse(bytes));
  }

  /** Each line is a parameter. */
  @FuzzTest
  void aQueryIsReadOrRefused(byte[] bytes) {
    Map<String, String> query = new TreeMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      String[] parts = line.split("=", 2);
      query.put(parts[0], parts.length < 2 ? "" : parts[1]);
    }
    TurnJson json = new TurnJson(MAX_PROMPT);
    isReadOrRefused(() -> json.query(query, Pace.ASAP));
    isReadOrRefused(() -> json.feed(query, Pace.ASAP));
    isReadOrRefused(
        () ->
            assertThat(
                    AudioRange.of(
                            AudioCoding.of(AudioFormat.WAV), query.get("range"), query.get("from"))
                        .skippedBytes())
                .isBetween(0, WavHeader.BYTES));
  }

  @FuzzTest
  void textThatIsWrittenAsJsonComesBack(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    JsonText json = JsonText.object().put(text, text);
    assertThat(new JsonObject(json.toString()).getString(text)).isEqualTo(text);
  }
}
