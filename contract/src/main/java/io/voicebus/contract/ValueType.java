package io.voicebus.contract;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a setting's text becomes a value, and what a person is told who wrote another. */
abstract class ValueType<T> {
  /** Reads a text without blanks around it; empty for what is not allowed. */
  abstract Optional<T> parse(String text);

  /** What is allowed, as the end of "it must be …". */
  abstract String allowed();

  /** A value as it is written in a settings file. */
  String show(T value) {
    return value.toString();
  }

  /** The words that may be written, where there are only some. */
  List<String> words() {
    return List.of();
  }

  /** Whole numbers. */
  static final class Whole extends ValueType<Long> {
    private final long min;
    private final long max;

    Whole(long min, long max) {
      this.min = min;
      this.max = max;
    }

    @Override
    Optional<Long> parse(String text) {
      try {
        long number = Long.parseLong(text);
        return number >= min && number <= max ? Optional.of(number) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    String allowed() {
      return "a whole number from " + min + " to " + max;
    }
  }

  /** The same, as an {@code int}. */
  static final class WholeInt extends ValueType<Integer> {
    private final ValueType<Long> type;

    WholeInt(ValueType<Long> type) {
      this.type = type;
    }

    @Override
    Optional<Integer> parse(String text) {
      return type.parse(text).map(Math::toIntExact);
    }

    @Override
    String allowed() {
      return type.allowed();
    }

    @Override
    String show(Integer value) {
      return type.show(value.longValue());
    }
  }

  /** Numbers of a unit; a bare one is of the smallest. */
  private abstract static class Measured<T> extends ValueType<T> {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");

    final long min;
    final long max;

    Measured(long min, long max) {
      this.min = min;
      this.max = max;
    }

    /** How many of the smallest unit it is; 0 for no unit. */
    abstract long factor(String unit);

    Optional<Long> number(String text) {
      Matcher written = NUMBER.matcher(text);
      if (!written.matches()) {
        return Optional.empty();
      }
      long factor = written.group(2).isEmpty() ? 1 : factor(written.group(2));
      long count = Long.parseLong(written.group(1));
      if (factor == 0 || count > Long.MAX_VALUE / factor) {
        return Optional.empty();
      }
      long number = count * factor;
      return number >= min && number <= max ? Optional.of(number) : Optional.empty();
    }
  }

  /** Milliseconds, or with a unit: {@code 700}, {@code 2s}. */
  static final class Milliseconds extends Measured<Duration> {
    Milliseconds(long minMs, long maxMs) {
      super(minMs, maxMs);
    }

    @Override
    Optional<Duration> parse(String text) {
      return number(text).map(Duration::ofMillis);
    }

    @Override
    long factor(String unit) {
      return switch (unit) {
        case "ms" -> 1;
        case "s" -> 1_000;
        case "m", "min" -> 60_000;
        case "h" -> 3_600_000;
        default -> 0;
      };
    }

    @Override
    String allowed() {
      return "milliseconds from " + min + " to " + max + ", or with a unit, like 90s, 5min or 1h";
    }

    @Override
    String show(Duration value) {
      return Long.toString(value.toMillis());
    }
  }

  /** Bytes, or with a unit: {@code 65536}, {@code 64KiB}, {@code 64k} as Java's options have it. */
  static final class Bytes extends Measured<Long> {
    Bytes(long min, long max) {
      super(min, max);
    }

    @Override
    Optional<Long> parse(String text) {
      return number(text);
    }

    @Override
    long factor(String unit) {
      return switch (unit) {
        case "B" -> 1;
        case "k", "K", "KiB" -> 1L << 10;
        case "m", "M", "MiB" -> 1L << 20;
        case "g", "G", "GiB" -> 1L << 30;
        default -> 0;
      };
    }

    @Override
    String allowed() {
      return "bytes from " + min + " to " + max + ", or with a unit: KiB, MiB or GiB";
    }
  }

  /** Numbers with a point. */
  static final class Decimal extends ValueType<Double> {
    private final double min;
    private final double max;

    Decimal(double min, double max) {
      this.min = min;
      this.max = max;
    }

    @Override
    Optional<Double> parse(String text) {
      try {
        double value = Double.parseDouble(text);
        return value >= min && value <= max ? Optional.of(value) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    String allowed() {
      return "a number from " + min + " to " + max;
    }
  }

  /** On or off. */
  static final class Flag extends ValueType<Boolean> {
    private static final List<String> WORDS = List.of("on", "off", "true", "false");

    @Override
    Optional<Boolean> parse(String text) {
      return WORDS.contains(text)
          ? Optional.of(text.equals("on") || text.equals("true"))
          : Optional.empty();
    }

    @Override
    String allowed() {
      return "on or off";
    }

    @Override
    String show(Boolean value) {
      return value ? "on" : "off";
    }

    @Override
    List<String> words() {
      return WORDS;
    }
  }

  /** One of some words. */
  static final class Choice extends ValueType<String> {
    private final List<String> words;

    Choice(List<String> words) {
      this.words = List.copyOf(words);
    }

    @Override
    Optional<String> parse(String text) {
      return words.contains(text) ? Optional.of(text) : Optional.empty();
    }

    @Override
    String allowed() {
      return "one of " + String.join(", ", words);
    }

    @Override
    List<String> words() {
      return words;
    }
  }

  /** Any text, or one of a form. */
  static final class Text extends ValueType<String> {
    static final Text ANY = new Text(".*", "a text");

    private final String form;
    private final String allowed;

    /** A regular expression, and what it means. */
    Text(String form, String allowed) {
      this.form = form;
      this.allowed = allowed;
    }

    @Override
    Optional<String> parse(String text) {
      // Most have no form; patterns that are not needed are not compiled.
      return this == ANY || text.matches(form) ? Optional.of(text) : Optional.empty();
    }

    @Override
    String allowed() {
      return allowed;
    }
  }

  /** Texts that a class of its own reads, whose form no regular expression says. */
  static final class Read extends ValueType<String> {
    private final Consumer<String> reader;
    private final String allowed;

    Read(Consumer<String> reader, String allowed) {
      this.reader = reader;
      this.allowed = allowed;
    }

    @Override
    Optional<String> parse(String text) {
      try {
        reader.accept(text);
        return Optional.of(text);
      } catch (IllegalArgumentException e) { // what is allowed is told in words of the setting
        return Optional.empty();
      }
    }

    @Override
    String allowed() {
      return allowed;
    }
  }

  /** A base URL, as it was written. */
  static final class Url extends ValueType<String> {
    @Override
    Optional<String> parse(String text) {
      return ServiceAddress.parse(text).map(address -> text);
    }

    @Override
    String allowed() {
      return "like https://host or http://host:port";
    }
  }

  /** Texts of a form, separated by commas. */
  static final class Items extends ValueType<List<String>> {
    private final Text item;

    Items(Text item) {
      this.item = item;
    }

    @Override
    Optional<List<String>> parse(String text) {
      List<String> items =
          Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
      return items.stream().allMatch(each -> item.parse(each).isPresent())
          ? Optional.of(items)
          : Optional.empty();
    }

    @Override
    String allowed() {
      return item == Text.ANY
          ? "texts, separated by commas"
          : item.allowed() + ", separated by commas";
    }

    @Override
    String show(List<String> value) {
      return String.join(",", value);
    }
  }
}
