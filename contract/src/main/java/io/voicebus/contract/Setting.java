package io.voicebus.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a role: its key, type, range, default and meaning, written once, in the module
 * that uses it. Flags, variables of the environment, checks and the tables of the documentation are
 * made from it; {@link Settings#get} reads its value. Immutable.
 *
 * @param <T> of its values
 */
public final class Setting<T> {
  private static final List<String> SERVICES =
      List.of("GEMINI_", "ELEVENLABS_", "OPENAI_", "OTEL_");

  /** What a person is shown of a value. */
  private enum Visibility {
    WHOLE,
    /** Without the password that an address may have in it. */
    MASKED,
    SECRET
  }

  private final String key;
  private final ValueType<T> type;
  private final @Nullable T fallback;
  private final String otherwise;
  private final String meaning;
  private final Visibility visibility;

  private Setting(
      String key,
      ValueType<T> type,
      @Nullable T fallback,
      String otherwise,
      String meaning,
      Visibility visibility) {
    this.key = key;
    this.type = type;
    this.fallback = fallback;
    this.otherwise = otherwise;
    this.meaning = meaning;
    this.visibility = visibility;
  }

  private static <T> Setting<T> of(String key, ValueType<T> type, @Nullable T fallback, String is) {
    return new Setting<>(key, type, fallback, "", is, Visibility.WHOLE);
  }

  /**
   * A whole number.
   *
   * @param key lower-case-dashed
   * @param fallback the default
   * @param meaning in one sentence, of Markdown
   */
  public static Setting<Integer> integer(
      String key, int fallback, int min, int max, String meaning) {
    return of(key, new ValueType.WholeInt(new ValueType.Whole(min, max)), fallback, meaning);
  }

  /** A whole number that has no default, or one that is worked out: see {@link #otherwise}. */
  public static Setting<Integer> integer(String key, int min, int max, String meaning) {
    return of(key, new ValueType.WholeInt(new ValueType.Whole(min, max)), null, meaning);
  }

  /** A duration, in milliseconds unless a unit is written; the key ends in {@code -ms}. */
  public static Setting<Duration> millis(
      String key, long fallbackMs, long minMs, long maxMs, String meaning) {
    Duration fallback = Duration.ofMillis(fallbackMs);
    return of(key, new ValueType.Milliseconds(minMs, maxMs), fallback, meaning);
  }

  /** A number of bytes, perhaps with a unit. */
  public static Setting<Integer> bytes(String key, int fallback, int min, int max, String meaning) {
    return of(key, new ValueType.WholeInt(new ValueType.Bytes(min, max)), fallback, meaning);
  }

  /** The same, where it may be more than 2 GiB. */
  public static Setting<Long> bytes(String key, long fallback, long min, long max, String meaning) {
    return of(key, new ValueType.Bytes(min, max), fallback, meaning);
  }

  /** A number with a point, without a default. */
  public static Setting<Double> decimal(String key, double min, double max, String meaning) {
    return of(key, new ValueType.Decimal(min, max), null, meaning);
  }

  /** On or off; {@code true} and {@code false} are the same. */
  public static Setting<Boolean> flag(String key, boolean fallback, String meaning) {
    return of(key, new ValueType.Flag(), fallback, meaning);
  }

  /** On or off, where the default is neither. */
  public static Setting<Boolean> flag(String key, String meaning) {
    return of(key, new ValueType.Flag(), null, meaning);
  }

  /** One of some words. */
  public static Setting<String> choice(
      String key, String fallback, List<String> words, String meaning) {
    return of(key, new ValueType.Choice(words), fallback, meaning);
  }

  /** One of some words, without a default. */
  public static Setting<String> choice(String key, List<String> words, String meaning) {
    return of(key, new ValueType.Choice(words), null, meaning);
  }

  /** Any text. */
  public static Setting<String> text(String key, String fallback, String meaning) {
    return of(key, ValueType.Text.ANY, fallback, meaning);
  }

  /** Any text, or none, which is read as an empty one. */
  public static Setting<String> text(String key, String meaning) {
    return text(key, "", meaning);
  }

  /**
   * A text of a form.
   *
   * @param fallback the default; empty for none, which is read as an empty text
   * @param form a regular expression
   * @param allowed what it means, as the end of "it must be …"
   */
  public static Setting<String> text(
      String key, String fallback, String form, String allowed, String meaning) {
    return of(key, new ValueType.Text(form, allowed), fallback, meaning);
  }

  /**
   * A text that a class of its own reads, or none, which is read as an empty text.
   *
   * @param reader throws an {@link IllegalArgumentException} for what it cannot read
   * @param allowed what may be written, as the end of "it must be …"
   */
  public static Setting<String> text(
      String key, Consumer<String> reader, String allowed, String meaning) {
    return of(key, new ValueType.Read(reader, allowed), "", meaning);
  }

  /** A key of a service, or none, which is read as an empty text. */
  public static Setting<String> secret(String key, String meaning) {
    return text(key, "", "[!-~]+", "a key without blanks and accents", meaning).hidden();
  }

  /** The address of a service; who is shown it is not shown a password in it. */
  public static Setting<String> url(String key, String fallback, String meaning) {
    return of(key, new ValueType.Url(), fallback, meaning).masked();
  }

  /** The address of a service, without a default. */
  public static Setting<String> url(String key, String meaning) {
    return of(key, new ValueType.Url(), (String) null, meaning).masked();
  }

  /** Texts that are separated by commas; none of them is the default. */
  public static Setting<List<String>> list(String key, String meaning) {
    return of(key, new ValueType.Items(ValueType.Text.ANY), List.of(), meaning);
  }

  /**
   * The same, where each has a form.
   *
   * @param form a regular expression
   * @param allowed what it means, in the plural
   */
  public static Setting<List<String>> list(String key, String form, String allowed, String is) {
    return of(key, new ValueType.Items(new ValueType.Text(form, allowed)), List.of(), is);
  }

  /** The same setting, which says in words what holds where it is not set. */
  public Setting<T> otherwise(String words) {
    return new Setting<>(key, type, fallback, words, meaning, visibility);
  }

  /** The same setting, of whose values nobody is shown the password that is in an address. */
  public Setting<T> masked() {
    return new Setting<>(key, type, fallback, otherwise, meaning, Visibility.MASKED);
  }

  /** The same setting, whose values nobody is shown. */
  public Setting<T> hidden() {
    return new Setting<>(key, type, fallback, otherwise, meaning, Visibility.SECRET);
  }

  /** As it is written in files and flags: lower-case-dashed. */
  public String key() {
    return key;
  }

  /** Its name in the environment; what belongs to a service is named after the service. */
  public String variable() {
    String name = key.toUpperCase(Locale.ROOT).replace('-', '_');
    return SERVICES.stream().anyMatch(name::startsWith) ? name : "VOICEBUS_" + name;
  }

  /** What it is for, in one sentence of Markdown. */
  public String meaning() {
    return meaning;
  }

  /** Whether nobody is shown its value. */
  public boolean isSecret() {
    return visibility == Visibility.SECRET;
  }

  /** Whether it is just on or off. */
  public boolean isOnOrOff() {
    return type instanceof ValueType.Flag;
  }

  /** The words that may be written, where there are only some. */
  public List<String> words() {
    return type.words();
  }

  /** What may be written, as the end of "it must be …". */
  public String allowed() {
    return type.allowed();
  }

  /** What holds where it is not set, in words. */
  public String fallbackInWords() {
    return otherwise.isEmpty() ? fallbackText().orElse("none") : otherwise;
  }

  /** The default as a file of settings would have it; empty where there is none but words. */
  public Optional<String> fallbackText() {
    return fallback().map(type::show).filter(text -> !text.isEmpty());
  }

  /** The default, where it is one value. */
  Optional<T> fallback() {
    return Optional.ofNullable(fallback);
  }

  /**
   * Reads a value.
   *
   * @return empty for one that is not allowed
   */
  Optional<T> parse(String text) {
    return type.parse(text.strip());
  }

  /**
   * What is wrong with a value.
   *
   * @param where what the message begins with: who has set it, in words
   * @return what to tell the person who wrote it; empty for a value that is allowed
   */
  public Optional<String> fault(String where, String text) {
    if (parse(text).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        isSecret()
            ? where + " must be " + allowed() + ": check how it was copied"
            : where + " is '" + shown(text) + "': it must be " + allowed());
  }

  /** A value as a person may be shown it: without what is secret in it. */
  public String shown(String text) {
    return switch (visibility) {
      case WHOLE -> text;
      case MASKED -> ServiceAddress.masked(text);
      case SECRET -> "…";
    };
  }

  @Override
  public String toString() {
    return key;
  }
}
