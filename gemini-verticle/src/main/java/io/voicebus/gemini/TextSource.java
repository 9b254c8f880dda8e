package io.voicebus.gemini;

import io.voicebus.contract.TurnContext;

/** Where answers come from: a model, or the {@link ReaderSource}. Bound to one context. */
public interface TextSource {
  /** What the settings and the banner call it. */
  String name();

  /**
   * Begins an answer.
   *
   * @param turn whose it is
   * @param prompt unchanged
   * @param sink takes the text as it comes; not called before this returns
   */
  Answer answer(TurnContext turn, String prompt, TextSink sink);
}
