package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to an {@code http} instance of another process: keep a copy of this turn's journal,
 * so that its client may come back there when the owner is lost. {@link CopiedFacts} follow. The
 * end of the link says that the turn has finished; a failure as {@code CANCELLED} that the copy is
 * not needed any more. Refused as {@code CANCELLED} when another node owns the turn already.
 *
 * @param turn the turn
 * @param prompt unchanged
 * @param generation how often the turn has changed its owner: who comes with a smaller number than
 *     is known is not the owner any more
 * @param process names the owner's process
 * @param background what its caller tells before the prompt
 */
public record CopyOpen(
    TurnContext turn, String prompt, int generation, String process, Background background)
    implements Message {
  @Override
  public int weight() {
    return 64 + prompt.length() + background.chars();
  }
}
