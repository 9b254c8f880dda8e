package io.voicebus.emulators;

/**
 * A stretch of an emulated answer.
 *
 * @param kind which field of a delta carries it
 * @param text any length: the {@link TextPace} decides how much of it one event carries
 */
public record OpenAiPart(Kind kind, String text) {

  /** What a stretch is. */
  public enum Kind {
    /** In {@code delta.content}. */
    TEXT,
    /** In {@code delta.reasoning_content} or {@code delta.reasoning}: not part of the answer. */
    REASONING,
    /** In {@code delta.refusal}. */
    REFUSAL
  }

  /** Text of the answer; some models put {@code <think>…</think>} into it. */
  public static OpenAiPart text(String text) {
    return new OpenAiPart(Kind.TEXT, text);
  }

  /** Thinking. */
  public static OpenAiPart reasoning(String text) {
    return new OpenAiPart(Kind.REASONING, text);
  }

  /** What a model says instead of an answer. */
  public static OpenAiPart refusal(String text) {
    return new OpenAiPart(Kind.REFUSAL, text);
  }
}
