package io.voicebus.tts.embedded;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is made of another one by replacing parts of it, and still tells how much of that
 * other one has been said. NOT thread-safe.
 */
final class RewrittenText {
  private String text;

  /** For each length of a beginning of the text: how much of the original one that says. */
  private int[] said;

  /** A text without changes. */
  RewrittenText(String original) {
    text = original;
    said = new int[original.length() + 1];
    Arrays.setAll(said, i -> i);
  }

  String text() {
    return text;
  }

  /**
   * How much of the original text has been said once so much of this one has: a replaced part
   * counts when it is said to its end, but for blanks.
   */
  int saidAt(int length) {
    return said[length];
  }

  /**
   * Replaces what matches.
   *
   * @param replacement as {@link Matcher#appendReplacement} has it
   */
  void replaceAll(Pattern pattern, String replacement) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return;
    }
    Rewriting next = new Rewriting();
    do {
      StringBuilder before = new StringBuilder();
      int from = next.from;
      matcher.appendReplacement(before, replacement);
      next.replace(matcher.start(), matcher.end(), before.substring(matcher.start() - from));
    } while (matcher.find());
    next.end();
  }

  /** Begins to replace parts of it, one after the other. */
  Rewriting rewrite() {
    return new Rewriting();
  }

  /** The text with some parts replaced, which takes its place at the {@link #end}. */
  final class Rewriting {
    private final StringBuilder out = new StringBuilder(text.length() + 16);
    private int[] outSaid = new int[text.length() + 16];
    private int from;

    /** Replaces a part behind all before; what is between stays as it is. */
    void replace(int start, int end, String replacement) {
      keep(start);
      int sounding = replacement.stripTrailing().length();
      for (int i = 0; i < replacement.length(); i++) {
        out.append(replacement.charAt(i));
        said(i + 1 < sounding ? said[start] : said[end]);
      }
      from = end;
      set(out.length(), said[end]);
    }

    private void keep(int to) {
      for (int i = from; i < to; i++) {
        out.append(text.charAt(i));
        said(said[i + 1]);
      }
      from = to;
    }

    private void said(int original) {
      set(out.length(), original);
    }

    private void set(int length, int original) {
      if (length == outSaid.length) {
        outSaid = Arrays.copyOf(outSaid, 2 * length);
      }
      outSaid[length] = original;
    }

    void end() {
      keep(text.length());
      text = out.toString();
      said = Arrays.copyOf(outSaid, out.length() + 1);
    }
  }
}
