package io.voicebus.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  private static JsonFields played(String number) {
    return JsonFields.parse("{\"played_ms\":" + number + "}", List.of("played_ms"));
  }

  @Test
  void aCountMayBeAsLongAsAnythingIsHeard() {
    assertThat(played("999999999999").count("played_ms")).isEqualTo(JsonFields.MAX_COUNT);
    assertThat(played("1.9").count("played_ms")).isEqualTo(1);
  }

  /** Times a rate it would be some other number, and below 0. */
  @ParameterizedTest
  @ValueSource(strings = {"1000000000000", "9223372036854775807", "1e300"})
  void aCountThatCannotBeReckonedWithIsRefused(String number) {
    assertThatThrownBy(() -> played(number).count("played_ms"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'played_ms' must be at most 999999999999");
  }
}
