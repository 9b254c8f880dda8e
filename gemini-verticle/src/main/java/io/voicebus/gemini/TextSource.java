package io.voicebus.gemini;

/** A source of answers: a model, or the {@link ReaderSource}. Bound to one context. */
public interface TextSource {
  /** The source's name in the setting {@code source}. */
  String name();

  /** The model's name, such as {@code gemini-3.5-flash-lite}; empty if no model answers. */
  default String model() {
    return "";
  }

  /** Whether a model answers; if not, the source returns the prompt itself. */
  default boolean isModel() {
    return true;
  }

  /**
   * Starts an answer.
   *
   * @param question the prompt and its context
   * @param sink receives the text as it arrives; not called before this method returns
   */
  Answer answer(Question question, TextSink sink);
}
