package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.WordMark;
import org.jspecify.annotations.Nullable;

/** The events of a turn, from its owner. {@link Ended} comes once, last. */
public sealed interface TurnEvent {

  /** Text, as it was streamed. */
  record Text(String text) implements TurnEvent {}

  /**
   * What was streamed behind this place, in UTF-16 units, is taken back: the text goes on there.
   */
  record TextCut(long at) implements TurnEvent {}

  /** A chunk was made. */
  record Caption(ChunkCaption chunk) implements TurnEvent {}

  /** Playback has wholly received a chunk. */
  record Spoken(ChunkSpoken chunk) implements TurnEvent {}

  /** A chunk is left out. */
  record Skipped(ChunkSkipped chunk) implements TurnEvent {}

  /** A part of the answer is not spoken, and no chunk has it. */
  record Unspoken(UnspokenText text) implements TurnEvent {}

  /** Where the playout stands. */
  record Mark(PlayoutMark mark) implements TurnEvent {}

  /** So much of a chunk has been spoken, as its engine tells or as it is reckoned. */
  record Word(WordMark word) implements TurnEvent {}

  /**
   * When a word is spoken, on the playout's clock: nanoseconds from the turn's first sample.
   *
   * @param chunk whose word it is
   * @param text as it is read, with the marks around it
   * @param spaced whether a blank is between it and the word before
   * @param sourceStart the first UTF-16 unit of the turn's text that it says
   * @param sourceEnd the unit after the last
   * @param fromNanos when it begins
   * @param toNanos when it ends
   * @param estimated whether these times are reckoned from the length of the words around it, since
   *     its engine does not tell them
   */
  record SpokenWord(
      int chunk,
      String text,
      boolean spaced,
      long sourceStart,
      long sourceEnd,
      long fromNanos,
      long toNanos,
      boolean estimated)
      implements TurnEvent {}

  /** It is spoken otherwise than it should be; once for each kind. */
  record Notice(SpeechNotice notice) implements TurnEvent {}

  /**
   * Only the latest of the audio is kept from now on: who comes late does not get all of it.
   *
   * @param fromSample the first sample that is kept now
   * @param why in words, for a person
   */
  record NotKept(long fromSample, String why) implements TurnEvent {}

  /**
   * The turn is on hold: nothing more of it is sent.
   *
   * @param atSample where it would go on: the last word's end that its listener has heard
   */
  record Held(long atSample) implements TurnEvent {}

  /**
   * The turn goes on.
   *
   * @param atSample where its listener goes on
   * @param nextSample what is sent next
   */
  record Resumed(long atSample, long nextSample) implements TurnEvent {}

  /** How the model's answer ended, and what it cost. */
  record Answered(AnswerReport answer) implements TurnEvent {}

  /** A stage's own duration. */
  record Timing(Stage stage, StageTiming timing) implements TurnEvent {}

  /**
   * The turn is over.
   *
   * @param outcome how
   * @param failure why, unless it finished
   * @param timings on the owner's clock
   * @param characters what it asked engines for until now, and how much of that was heard
   * @param underruns how often its listener waited for sound
   */
  record Ended(
      Outcome outcome,
      @Nullable Failure failure,
      TurnTimings timings,
      Characters characters,
      Underruns underruns)
      implements TurnEvent {
    /** Of a turn that never kept its listener waiting. */
    public Ended(
        Outcome outcome, @Nullable Failure failure, TurnTimings timings, Characters characters) {
      this(outcome, failure, timings, characters, Underruns.NONE);
    }

    /** Whether it finished without a sound, since nothing of its text can be spoken. */
    public boolean isSilent() {
      return outcome == Outcome.FINISHED && timings.firstAudio() < 0;
    }
  }

  /** How a turn ends. */
  enum Outcome {
    /** Everything was delivered. */
    FINISHED,
    /** Somebody asked for the end, or nobody listened. */
    CANCELLED,
    /** A stage could not go on. */
    FAILED
  }
}
