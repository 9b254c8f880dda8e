package io.voicebus.turn;

/**
 * Slows down a turn's text source and chunker while what comes after them has no room, or while
 * nobody listens. Playback follows the listener directly. NOT thread safe.
 */
final class BackPressure {
  /** Text that waits to be spoken, in characters, at which the text source is paused. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  /** The same where the process has no memory for more: nine minutes of speech. */
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

  /** Pauses or resumes each of them, as things stand now. */
  void apply() {
    memory.text(journal.bytes());
    long chars = journal.waitingChars();
    boolean ahead = chars > MAX_AHEAD_CHARS || (chars > LEAST_AHEAD_CHARS && !memory.hasRoom());
    boolean pauseText = ahead || audio.isAway() || chunker.isFull();
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
