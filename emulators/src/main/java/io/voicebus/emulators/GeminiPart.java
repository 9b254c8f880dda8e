package io.voicebus.emulators;

/**
 * A stretch of an emulated answer.
 *
 * @param text any length: the {@link TextPace} decides how much of it one event carries
 * @param thought whether it is a summary of the reasoning, not part of the answer
 */
public record GeminiPart(String text, boolean thought) {

  /** Text of the answer. */
  public static GeminiPart text(String text) {
    return new GeminiPart(text, false);
  }

  /** A summary of the reasoning. */
  public static GeminiPart thought(String text) {
    return new GeminiPart(text, true);
  }
}
