package io.voicebus.gemini;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long a service asks clients to wait. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s?");

  private RetryAfter() {}

  /**
   * Reads the headers {@code retry-after-ms} and {@code retry-after}; a date counts from the
   * response's own {@code date}, since clocks differ.
   *
   * @param header the value of a header by its name, or empty
   * @return zero if neither header has a usable value
   */
  static Duration of(UnaryOperator<String> header) {
    return seconds(header.apply("retry-after-ms"))
        .map(thousand -> thousand.dividedBy(1000))
        .or(() -> seconds(header.apply("retry-after")))
        .or(() -> between(header.apply("date"), header.apply("retry-after")))
        .orElse(Duration.ZERO);
  }

  /** Decimal seconds, with or without the unit: a protobuf duration is one. */
  static Optional<Duration> seconds(String text) {
    Matcher seconds = SECONDS.matcher(text.trim());
    return seconds.matches()
        ? Optional.of(
            Duration.ofMillis((long) Math.ceil(1000 * Double.parseDouble(seconds.group(1)))))
        : Optional.empty();
  }

  private static Optional<Duration> between(String from, String to) {
    try {
      Duration between = Duration.between(date(from), date(to));
      return between.isNegative() ? Optional.empty() : Optional.of(between);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
