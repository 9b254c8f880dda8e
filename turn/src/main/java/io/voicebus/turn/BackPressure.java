package io.voicebus.turn;

/**
 * Slows down a turn's text source and chunker while the stages after them have no room, or while
 * nobody listens. Playback follows the listener directly. NOT thread safe.
 */
final class BackPressure {
  /** Text that waits to be spoken, in characters, at which the text source is paused. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  /**
   * So much text that cannot be spoken, such as blanks and code, is passed over; more of it fails
   * its turn.
   */
  static final int MAX_UNCUT_CHARS = 1024 * 1024;

  /** The same, if the process has no memory for more: nine minutes of speech. */
  static final int LEAST_AHEAD_CHARS = 8 * 1024;

  private final TurnStage text;
  private final StageLink chunker;
  private final StageLink playback;
  private final TurnJournal journal;
  private final TurnAudio audio;
  private final TurnMemory memory;
  private boolean textPaused;
  private boolean chunkerPaused;

  BackPressure(
      TurnStage text,
      StageLink chunker,
      StageLink playback,
      TurnJournal journal,
      TurnAudio audio,
      TurnMemory memory) {
    this.text = text;
    this.chunker = chunker;
    this.playback = playback;
    this.journal = journal;
    this.audio = audio;
    this.memory = memory;
  }

  /** Whether there is more text that cannot be spoken than may be passed over. */
  boolean isOverrun() {
    return journal.aheadChars() == 0 && journal.uncutChars() > MAX_UNCUT_CHARS;
  }

  /** Pauses or resumes both, as the present state requires. */
  void apply() {
    memory.text(journal.bytes());
    long chars = journal.waitingChars();
    // Where nothing is left to be spoken, nothing would ever make room: more text must come.
    boolean ahead =
        journal.aheadChars() > 0
            && (chars > MAX_AHEAD_CHARS || (chars > LEAST_AHEAD_CHARS && !memory.hasRoom()));
    // The journal could not keep all of a long text for a chunker that opens later.
    boolean nobodyTakesIt = !chunker.isOpen() && !chunker.hasEnded();
    boolean pauseText = ahead || nobodyTakesIt || audio.isAway() || chunker.isFull();
    if (pauseText != textPaused) {
      textPaused = pauseText;
      if (pauseText) {
        text.pause();
      } else {
        text.resume();
      }
    }
    boolean pauseChunker = audio.isAway() || playback.isFull();
    if (pauseChunker != chunkerPaused) {
      chunkerPaused = pauseChunker;
      if (pauseChunker) {
        chunker.pause();
      } else {
        chunker.resume();
      }
    }
  }
}
