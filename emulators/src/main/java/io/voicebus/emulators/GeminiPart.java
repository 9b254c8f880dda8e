package io.voicebus.emulators;

/**
 * A stretch of an emulated answer.
 *
 * @param kind what it is
 * @param text any length: the {@link TextPace} decides how much of it one event carries
 */
public record GeminiPart(Kind kind, String text) {

  /** What a stretch is. */
  public enum Kind {
    /** Text of the answer. */
    TEXT,
    /** A summary of the reasoning, not part of the answer. */
    THOUGHT,
    /** A function's name, in a part with a call of it. */
    CALL
  }

  /** Text of the answer. */
  public static GeminiPart text(String text) {
    return new GeminiPart(Kind.TEXT, text);
  }

  /** A summary of the reasoning. */
  public static GeminiPart thought(String text) {
    return new GeminiPart(Kind.THOUGHT, text);
  }

  /** A call of a function, with its name as text beside it. */
  public static GeminiPart call(String name) {
    return new GeminiPart(Kind.CALL, name);
  }
}
