package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  private static final Setting<Integer> PORT =
      Setting.integer("port", 8080, 0, 65_535, "Port to listen on.");
  private static final Setting<Duration> WAIT =
      Setting.millis("wait-ms", 700, 50, 3_600_000, "How long to wait.");
  private static final Setting<Long> ROOM =
      Setting.bytes("room-bytes", 1L << 20, 1, 1L << 40, "How much there is.");
  private static final Setting<Boolean> LOUD = Setting.flag("loud", false, "Whether it is loud.");
  private static final Setting<String> MOOD =
      Setting.choice("mood", "good", List.of("good", "bad"), "How it is.");
  private static final Setting<List<String>> NAMES = Setting.list("names", "Who is there.");
  private static final Setting<String> TOKEN = Setting.secret("token", "What is secret.");
  private static final Setting<Double> RATE = Setting.decimal("rate", 0.5, 2, "How fast.");

  private static Settings settings(String key, Object value) {
    return new Settings("test", new JsonObject().put(key, value));
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    Settings none = new Settings("test", new JsonObject());
    assertThat(none.get(PORT)).isEqualTo(8080);
    assertThat(none.get(WAIT)).isEqualTo(Duration.ofMillis(700));
    assertThat(none.get(NAMES)).isEmpty();
    assertThat(none.get(TOKEN)).isEmpty();
    assertThat(none.find(RATE)).isEmpty();
    assertThat(none.find(PORT)).isEmpty();
    assertThatThrownBy(() -> none.get(RATE)).hasMessage("rate has no default");
  }

  @Test
  void valuesMayBeTextsOrWhatJsonHas() {
    assertThat(settings("port", 9090).get(PORT)).isEqualTo(9090);
    assertThat(settings("port", " 9090 ").get(PORT)).isEqualTo(9090);
    assertThat(settings("loud", true).get(LOUD)).isTrue();
    assertThat(settings("loud", "on").get(LOUD)).isTrue();
    assertThat(settings("rate", 1.5).find(RATE)).contains(1.5);
    assertThat(settings("names", "a, b,,c").get(NAMES)).containsExactly("a", "b", "c");
    assertThat(settings("names", new JsonArray().add("a").add("b")).get(NAMES))
        .containsExactly("a", "b");
    assertThat(settings("port", " ").find(PORT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "50, 50",
    "50ms, 50",
    "2s, 2000",
    "2 s, 2000",
    "5m, 300000",
    "5min, 300000",
    "1h, 3600000"
  })
  void aDurationMayHaveAUnit(String text, long ms) {
    assertThat(settings("wait-ms", text).get(WAIT)).isEqualTo(Duration.ofMillis(ms));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "64k, 65536", "64KiB, 65536", "2M, 2097152", "1GiB, 1073741824", "9B, 9"})
  void bytesMayHaveAUnit(String text, long bytes) {
    assertThat(settings("room-bytes", text).get(ROOM)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"49", "2d", "1.5s", "-50", "2h", "s", "99999999999999999999", "9999999999999999h"})
  void aDurationThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> settings("wait-ms", text).get(WAIT))
        .hasMessage(
            "test setting 'wait-ms' is '"
                + text
                + "': it must be milliseconds from 50 to 3600000, or with a unit, like 90s, 5min"
                + " or 1h");
  }

  @ParameterizedTest
  @CsvSource({
    "port, 65536, a whole number from 0 to 65535",
    "port, 8_080, a whole number from 0 to 65535",
    "room-bytes, 2TiB, 'bytes from 1 to 1099511627776, or with a unit: KiB, MiB or GiB'",
    "loud, yes, on or off",
    "mood, fair, 'one of good, bad'",
    "rate, 2.1, a number from 0.5 to 2.0",
    "rate, NaN, a number from 0.5 to 2.0",
  })
  void aWrongValueIsToldWithWhatIsAllowed(String key, String value, String allowed) {
    for (Setting<?> setting : List.of(PORT, ROOM, LOUD, MOOD, RATE)) {
      if (setting.key().equals(key)) {
        assertThatThrownBy(() -> settings(key, value).find(setting))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("test setting '" + key + "' is '" + value + "': it must be " + allowed);
      }
    }
  }

  @Test
  void aSecretIsNeverShownNotEvenAWrongOne() {
    assertThat(TOKEN.shown("abc")).isEqualTo("\u2026");
    assertThatThrownBy(() -> settings("token", "two words").get(TOKEN))
        .hasMessage(
            "test setting 'token' must be a key without blanks and accents: check how it was copied");
    assertThat(Setting.url("base-url", "Where.").shown("https://me:pw@host/v1?key=k"))
        .isEqualTo("https://\u2026@host/v1?\u2026");
    assertThat(Setting.text("proxy", "Way.").masked().shown("me:pw@host:1")).doesNotContain("pw");
  }

  @Test
  void aKeyThatNobodyAskedForIsRefused() {
    Settings settings = settings("prot", 1);
    settings.get(PORT);
    settings.find(WAIT);
    assertThatThrownBy(settings::rejectUnknown)
        .hasMessage("test has no setting 'prot': it has port, wait-ms");
  }

  @Test
  void theVariableOfAServiceIsCalledAsItsOwnClientsCallIt() {
    assertThat(PORT.variable()).isEqualTo("VOICEBUS_PORT");
    assertThat(Setting.secret("openai-api-key", "").variable()).isEqualTo("OPENAI_API_KEY");
  }
}
