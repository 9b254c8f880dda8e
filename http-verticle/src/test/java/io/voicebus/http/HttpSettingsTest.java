package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.OpenFileLimit;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.turn.OwnerLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {

  @Test
  void hasDefaultsForEverything() {
    HttpSettings settings = HttpSettings.from(new JsonObject());
    assertThat(settings.door().host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.maxPromptBytes()).isEqualTo(2 * 1024 * 1024);
    assertThat(settings.limits()).isEqualTo(OwnerLimits.DEFAULTS);
    assertThat(settings.door().allowedHosts()).isEmpty();
    assertThat(settings.pause()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.door().maxConnections())
        .isEqualTo(Math.min(2 * OwnerLimits.DEFAULTS.maxTurns() + 100, OpenFileLimit.share(2)));
  }

  @ParameterizedTest
  @CsvSource({"host, 192.0.2.1", "public-url, https://voice.example/"})
  void whereOthersReachItNoneOfThemMayHaveAllThatThereIs(String key, String value) {
    JsonObject config = new JsonObject().put("insecure-http", true).put("max-turns", 100);
    DoorSettings alone = HttpSettings.from(config).door();
    DoorSettings reached = HttpSettings.from(config.copy().put(key, value)).door();
    assertThat(alone.clientTurns()).isEqualTo(100);
    assertThat(alone.clientTurnsPerMinute()).isZero();
    assertThat(reached.clientTurns()).isEqualTo(25);
    assertThat(reached.clientTurnsPerMinute()).isEqualTo(600);
  }

  @Test
  void takesListsWithCommasOrAsArrays() {
    assertThat(
            HttpSettings.from(new JsonObject().put("allowed-hosts", "a.b, c ,"))
                .door()
                .allowedHosts())
        .containsExactly("a.b", "c");
    assertThat(
            HttpSettings.from(
                    new JsonObject()
                        .put("allowed-origins", new JsonArray().add("http://a:1").add("https://b")))
                .door()
                .allowedOrigins())
        .containsExactly("http://a:1", "https://b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port             | 65536       | http setting 'port' is '65536': it must be a whole number from 0 to 65535
          port             | eighty      | 'eighty'
          max-turns        | 0           | from 1 to
          attach-ms        | -5          | 'attach-ms' is '-5'
          allowed-hosts    | http://a    | 'allowed-hosts' is 'http://a': it must be names without a port
          allowed-hosts    | *           | 'allowed-hosts' is '*'
          allowed-origins  | a.example   | it must be origins such as
          allowed-origins  | http://a/b  | it must be origins such as
          max-turn         | 5           | http has no setting 'max-turn': it has access-token, access-token-file, allowed-hosts,
          """)
  void namesTheKeyTheValueAndWhatIsAllowed(String key, String value, String words) {
    assertThatThrownBy(() -> HttpSettings.from(new JsonObject().put(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
