package io.voicebus.wyoming;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol has no password: who may reach its port is for the operator to say. */
class WyomingSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
  void beyondLoopbackItIsServedOnlyWhenThatIsKnown(String host) {
    JsonObject config = new JsonObject().put("wyoming-host", host);
    assertThatThrownBy(() -> WyomingVerticle.check(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'wyoming-host' is '" + host + "'", "insecure-wyoming=true");
    assertThatCode(() -> WyomingVerticle.check(config.copy().put("insecure-wyoming", true)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
  void loopbackNeedsNoWord(String host) {
    assertThatCode(() -> WyomingVerticle.check(new JsonObject().put("wyoming-host", host)))
        .doesNotThrowAnyException();
  }
}
