package io.voicebus.turn;

import io.voicebus.contract.MemoryBudget;

/**
 * Counts the memory that one turn takes at its owner, and that other roles take for its text. NOT
 * thread safe.
 */
final class TurnMemory {
  /** At the owner, at the text source, and on the way there. */
  private static final int BYTES_OF_PROMPT_CHAR = 3;

  /** What text that waits to be spoken may come to, before it is asked whether there is room. */
  private static final long NEXT_TEXT_BYTES = 32 * 1024;

  private final MemoryBudget.Share share;
  private final long prompt;
  private long text;
  private long kept;

  private TurnMemory(MemoryBudget.Share share, long prompt) {
    this.share = share;
    this.prompt = prompt;
  }

  /** That of a turn which has begun to hold what was asked, for which the share was taken. */
  static TurnMemory of(MemoryBudget.Share share, TurnRequest request) {
    TurnMemory memory = new TurnMemory(share, ofPrompt(request));
    memory.tell();
    return memory;
  }

  /** What a turn holds from its beginning, in bytes. */
  static long ofStart(TurnRequest request) {
    return MemoryBudget.OWNER_AUDIO_BYTES + ofPrompt(request);
  }

  private static long ofPrompt(TurnRequest request) {
    return BYTES_OF_PROMPT_CHAR * ((long) request.prompt().length() + request.background().chars());
  }

  /** The share that it was taken from. */
  MemoryBudget.Share share() {
    return share;
  }

  /** So many bytes are held of the turn's text now. */
  void text(long bytes) {
    text = bytes;
    tell();
  }

  /** So many bytes are held now by who has started the turn; whether there is room for them. */
  boolean keeps(long bytes) {
    kept = bytes;
    boolean allowed = share.allows(sum(), MemoryBudget.Need.AHEAD);
    tell();
    return allowed;
  }

  /** Whether there is room for more text. */
  boolean hasRoom() {
    return share.allows(sum() + NEXT_TEXT_BYTES, MemoryBudget.Need.AHEAD);
  }

  private void tell() {
    share.holds(sum());
  }

  private long sum() {
    return MemoryBudget.OWNER_AUDIO_BYTES + prompt + text + kept;
  }
}
