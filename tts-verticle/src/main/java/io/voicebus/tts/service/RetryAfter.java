package io.voicebus.tts.service;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For how long a service wants to be left alone, in all the forms that were seen: seconds, with
 * decimals, milliseconds, Go's durations, a date, or a point in time as seconds since 1970.
 */
final class RetryAfter {
  /** {@code 20}, {@code 1.5}, {@code 1.5s}, {@code 350ms}, {@code 6m0s}, {@code 1h2m3.5s}. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?:(?<h>\\d{1,4})h)?(?:(?<m>\\d{1,5})m(?!s))?(?:(?<s>\\d{1,12}(?:\\.\\d{1,9})?)s?)?"
              + "|(?<ms>\\d{1,12}(?:\\.\\d{1,9})?)ms");

  /** More seconds than any service asks for: such a number is a point in time. */
  private static final double EPOCH_SECONDS = 1e9;

  /** Which tell when the next request may come; the longest of them counts. */
  private static final List<String> RESETS =
      List.of("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-reset");

  /** Longer ones are told by services that tell the time, too. */
  private static final Duration MOST_BY_ANOTHER_CLOCK = Duration.ofMinutes(1);

  private RetryAfter() {}

  /**
   * What the headers of a refusal say.
   *
   * @param headers each by its lower-case name; empty for one that is not there
   * @return empty if they say nothing that is understood
   */
  static Optional<Duration> of(UnaryOperator<String> headers) {
    Optional<Duration> ms = time(headers.apply("retry-after-ms"), 1e-3, headers);
    if (ms.isPresent()) {
      return ms;
    }
    Optional<Duration> after = time(headers.apply("retry-after"), 1, headers);
    if (after.isPresent()) {
      return after;
    }
    return RESETS.stream()
        .filter(name -> exhausted(headers, name.replace("reset", "remaining")))
        .flatMap(name -> time(headers.apply(name), 1, headers).stream())
        .max(Duration::compareTo);
  }

  /** What is left of an allowance that is not used up says nothing about the refusal. */
  private static boolean exhausted(UnaryOperator<String> headers, String remaining) {
    String left = headers.apply(remaining).strip();
    return left.isEmpty() || left.matches("0+(\\.0+)?");
  }

  private static Optional<Duration> time(
      String text, double secondsOfOne, UnaryOperator<String> headers) {
    String value = text.strip();
    Matcher found = TIME.matcher(value);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!found.matches()) {
      return date(value).flatMap(then -> until(then, headers));
    }
    if (found.group("ms") != null) {
      return Optional.of(seconds(Double.parseDouble(found.group("ms")) / 1_000));
    }
    double seconds = 3_600 * number(found.group("h")) + 60 * number(found.group("m"));
    seconds += number(found.group("s"));
    if (seconds >= EPOCH_SECONDS) {
      return until(Instant.ofEpochSecond((long) seconds), headers);
    }
    return Optional.of(seconds(value.endsWith("s") ? seconds : seconds * secondsOfOne));
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException neither) {
        return Optional.empty();
      }
    }
  }

  /**
   * By the service's own clock, where its answer has the time. Where it has not, and this machine's
   * clock makes no sense of it, it says nothing: clocks differ.
   */
  private static Optional<Duration> until(Instant then, UnaryOperator<String> headers) {
    Optional<Instant> its = date(headers.apply("date"));
    Duration rest = Duration.between(its.orElseGet(Instant::now), then);
    if (its.isEmpty() && (rest.isNegative() || rest.compareTo(MOST_BY_ANOTHER_CLOCK) > 0)) {
      return Optional.empty();
    }
    return Optional.of(rest.isNegative() ? Duration.ZERO : rest);
  }
}
