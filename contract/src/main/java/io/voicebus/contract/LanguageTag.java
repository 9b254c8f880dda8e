package io.voicebus.contract;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A language as callers write it, such as {@code en}, {@code pt-BR} or {@code zh_Hans}. */
public final class LanguageTag {
  /** What to tell the caller of one that is none. */
  public static final String EXPECTED = "a code such as en or pt-BR";

  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*+");

  private LanguageTag() {}

  /** Its two letters, as {@link TurnOptions#language} has them; empty where it is no such tag. */
  public static Optional<String> code(String tag) {
    return TAG.matcher(tag).matches()
        ? Optional.of(tag.substring(0, 2).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
