package io.voicebus.chunker;

import java.time.Duration;

/**
 * How one turn is cut.
 *
 * @param clauses whether the first chunk may be a clause, which is heard earlier than a sentence;
 *     else only sentences are cut, save where they are over {@code maxChars}
 * @param markdown whether the text is Markdown, whose marks are removed; else it is plain text
 * @param maxChars the longest chunk, in UTF-16 units, {@link #MIN_MAX_CHARS} or more
 * @param stallNanos how long after the last delta a held-back mark counts as the end of its
 *     sentence, in ns
 * @param codeRemark what is said in place of a fenced code block; empty for nothing, {@link
 *     #AUTO_REMARK} for a remark in the text's language where the code would be missed
 * @param nameEmoji whether pictures in Markdown are named, in English, instead of dropped
 * @param verbatim whether the text is cut only where its writer says so, and where it is too long;
 *     then it is no Markdown, and no clause is cut
 * @param languageKnown whether something besides the text tells its language; else a first clause
 *     with a number is not cut before a word shows it
 */
public record ChunkerOptions(
    boolean clauses,
    boolean markdown,
    int maxChars,
    long stallNanos,
    String codeRemark,
    boolean nameEmoji,
    boolean verbatim,
    boolean languageKnown) {
  /** Under this a chunk could not hold a long word. */
  public static final int MIN_MAX_CHARS = 40;

  /** Code is remarked on where a colon announces it, and where the text has nothing else to say. */
  public static final String AUTO_REMARK = CodeRemark.AUTO;

  /** Longest chunk, in UTF-16 units. */
  static final int DEFAULT_MAX_CHARS = 400;

  /** After so long without more text, in ms, what a stalled model has written is spoken. */
  static final long DEFAULT_STALL_MS = 700;

  /** An early first clause, Markdown, 400 units, 700 ms, and a remark about code that is missed. */
  public static final ChunkerOptions DEFAULT =
      new ChunkerOptions(
          true,
          true,
          DEFAULT_MAX_CHARS,
          Duration.ofMillis(DEFAULT_STALL_MS).toNanos(),
          AUTO_REMARK,
          false,
          false,
          false);

  public ChunkerOptions {
    if (maxChars < MIN_MAX_CHARS) {
      throw new IllegalArgumentException("maxChars " + maxChars + " is under " + MIN_MAX_CHARS);
    }
    if (stallNanos <= 0) {
      throw new IllegalArgumentException("stallNanos " + stallNanos + " is not positive");
    }
  }

  public ChunkerOptions withClauses(boolean on) {
    return new ChunkerOptions(
        on, markdown, maxChars, stallNanos, codeRemark, nameEmoji, verbatim, languageKnown);
  }

  public ChunkerOptions withMarkdown(boolean on) {
    return new ChunkerOptions(
        clauses, on, maxChars, stallNanos, codeRemark, nameEmoji, verbatim, languageKnown);
  }

  public ChunkerOptions withMaxChars(int units) {
    return new ChunkerOptions(
        clauses, markdown, units, stallNanos, codeRemark, nameEmoji, verbatim, languageKnown);
  }

  public ChunkerOptions withNameEmoji(boolean on) {
    return new ChunkerOptions(
        clauses, markdown, maxChars, stallNanos, codeRemark, on, verbatim, languageKnown);
  }

  public ChunkerOptions withCodeRemark(String remark) {
    return new ChunkerOptions(
        clauses, markdown, maxChars, stallNanos, remark, nameEmoji, verbatim, languageKnown);
  }

  public ChunkerOptions withLanguageKnown(boolean known) {
    return new ChunkerOptions(
        clauses, markdown, maxChars, stallNanos, codeRemark, nameEmoji, verbatim, known);
  }

  /** For a text that its writer cuts. */
  public ChunkerOptions asVerbatim() {
    return new ChunkerOptions(
        false, false, maxChars, stallNanos, codeRemark, nameEmoji, true, languageKnown);
  }
}
