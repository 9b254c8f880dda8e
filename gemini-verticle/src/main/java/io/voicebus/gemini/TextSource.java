package io.voicebus.gemini;

/** Where answers come from: a model, or the {@link ReaderSource}. Bound to one context. */
public interface TextSource {
  /** What the setting {@code source} calls it. */
  String name();

  /** What it asks, such as {@code gemini-3.5-flash-lite}; empty where there is none. */
  default String model() {
    return "";
  }

  /** Whether a model answers; else the prompt itself is read. */
  default boolean isModel() {
    return true;
  }

  /**
   * Begins an answer.
   *
   * @param question the prompt, and what was said before
   * @param sink takes the text as it comes; not called before this returns
   */
  Answer answer(Question question, TextSink sink);
}
