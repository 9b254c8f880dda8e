package io.voicebus.chunker;

import java.time.Duration;

/**
 * How one turn is cut.
 *
 * @param clauses whether the first chunk may be a clause, which is heard earlier than a sentence;
 *     else only sentences are cut, save where they are over {@code maxChars}
 * @param maxChars the longest chunk, in UTF-16 units, {@link #MIN_MAX_CHARS} or more
 * @param stallNanos how long after the last delta a held-back mark counts as the end of its
 *     sentence, in ns
 * @param codeRemark what is said in place of a fenced code block; empty for nothing
 */
record ChunkerOptions(boolean clauses, int maxChars, long stallNanos, String codeRemark) {
  /** Under this a chunk could not hold a long word. */
  static final int MIN_MAX_CHARS = 40;

  /** An early first clause, 400 units, 700 ms, and silence about code. */
  static final ChunkerOptions DEFAULT =
      new ChunkerOptions(true, 400, Duration.ofMillis(700).toNanos(), "");

  ChunkerOptions {
    if (maxChars < MIN_MAX_CHARS) {
      throw new IllegalArgumentException("maxChars " + maxChars + " is under " + MIN_MAX_CHARS);
    }
    if (stallNanos <= 0) {
      throw new IllegalArgumentException("stallNanos " + stallNanos + " is not positive");
    }
  }

  ChunkerOptions withClauses(boolean on) {
    return new ChunkerOptions(on, maxChars, stallNanos, codeRemark);
  }

  ChunkerOptions withMaxChars(int units) {
    return new ChunkerOptions(clauses, units, stallNanos, codeRemark);
  }

  ChunkerOptions withCodeRemark(String remark) {
    return new ChunkerOptions(clauses, maxChars, stallNanos, remark);
  }
}
