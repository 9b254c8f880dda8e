package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after|20|20000",
        "retry-after|1.5|1500",
        "retry-after|0|0",
        "retry-after|500ms|500",
        "retry-after-ms|340|340",
        "retry-after-ms|12.5|12",
        "retry-after|Wed, 25 Nov 2026 20:00:04 GMT|4000",
        "retry-after|2026-11-25T20:00:04Z|4000",
        "retry-after|1795636804|4000",
        "x-ratelimit-reset-requests|1s|1000",
        "x-ratelimit-reset-tokens|6m0s|360000",
        "x-ratelimit-reset-requests|12ms|12",
        "x-ratelimit-reset-requests|1h2m3.5s|3723500",
        "x-ratelimit-reset|7|7000",
      })
  void everyFormThatWasSeenIsRead(String header, String value, long ms) {
    Map<String, String> headers = Map.of(header, value, "date", "Wed, 25 Nov 2026 20:00:00 GMT");
    assertThat(RetryAfter.of(name -> headers.getOrDefault(name, "")))
        .hasValueSatisfying(time -> assertThat(time.toMillis()).isEqualTo(ms));
  }

  @ParameterizedTest
  @CsvSource({"soon", "''", "-5", "1.2.3"})
  void whatIsNotUnderstoodSaysNothing(String value) {
    assertThat(RetryAfter.of(name -> name.equals("retry-after") ? value : "")).isEmpty();
  }

  @Test
  void theResetOfAnAllowanceThatIsNotUsedUpSaysNothing() {
    Map<String, String> headers =
        Map.of(
            "x-ratelimit-reset-requests", "1s",
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-tokens", "6m0s",
            "x-ratelimit-remaining-tokens", "149000");
    assertThat(RetryAfter.of(name -> headers.getOrDefault(name, "")))
        .hasValueSatisfying(time -> assertThat(time).hasSeconds(1));
  }

  @Test
  void aDateThatIsOverIsNoTimeAtAll() {
    Map<String, String> headers =
        Map.of(
            "retry-after", "Wed, 25 Nov 2026 19:00:00 GMT",
            "date", "Wed, 25 Nov 2026 20:00:00 GMT");
    assertThat(RetryAfter.of(name -> headers.getOrDefault(name, "")))
        .hasValueSatisfying(time -> assertThat(time).isZero());
  }
}
