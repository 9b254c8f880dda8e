package io.voicebus.gemini;

/** A source of answers: a model, or the {@link ReaderSource}. Bound to one context. */
public interface TextSource {
  /** The source's name in the setting {@code source} and in {@code GET /v1/source}. */
  String name();

  /** The model's name, such as {@code gemini-3.5-flash-lite}; empty if no model answers. */
  default String model() {
    return "";
  }

  /**
   * Whether it answers. If not, the source returns the prompt itself, and a caller that needs an
   * answer ({@code TextMode.ASK}) gets a failure in its place.
   */
  default boolean isModel() {
    return true;
  }

  /**
   * Starts an answer. If {@link Question#said} is not empty, the answer continues behind it.
   *
   * @param question the prompt and its context
   * @param sink receives the text as it arrives; not called before this method returns
   */
  Answer answer(Question question, TextSink sink);
}
