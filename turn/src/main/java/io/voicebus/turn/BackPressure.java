package io.voicebus.turn;

/**
 * Slows down a turn's text source and chunker while what comes after them has no room, or while
 * nobody listens. Playback follows the listener directly. NOT thread safe.
 */
final class BackPressure {
  /** Text that waits to be spoken, in characters, at which the text source is paused. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  private final TurnStage text;
  private final StageLink chunker;
  private final StageLink playback;
  private final TurnJournal journal;
  private final TurnAudio audio;
  private boolean textPaused;
  private boolean chunkerPaused;

  BackPressure(
      TurnStage text, StageLink chunker, StageLink playback, TurnJournal journal, TurnAudio audio) {
    this.text = text;
    this.chunker = chunker;
    this.playback = playback;
    this.journal = journal;
    this.audio = audio;
  }

  /** Pauses or resumes each of them, as things stand now. */
  void apply() {
    boolean ahead = journal.aheadChars() + journal.uncutChars() > MAX_AHEAD_CHARS;
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
