package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.Underrun;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn that has ended, as its owner saw it, for figures and traces. It has nothing of the
 * turn's text. Times are nanoseconds from the turn's acceptance, on its owner's clock; -1 where
 * they are not known.
 *
 * @param turn which one
 * @param generation how often it had changed its owner before
 * @param feed whether its text came from the caller
 * @param callersTrace the {@code traceparent} of its caller; empty for none
 * @param trace the {@code traceparent} of the turn; empty where nothing is traced
 * @param outcome how it ended
 * @param failure why, unless it finished
 * @param timings its milestones
 * @param characters what it asked engines for
 * @param textChars UTF-16 units of its text
 * @param answer how the model's answer ended; null without a model, or where it did not say
 * @param textEnd when all of its text had come
 * @param chunks what is known of its first {@link #MAX_CHUNKS} chunks, in order
 * @param chunkCount how many chunks were made
 * @param underruns the first {@link #MAX_UNDERRUNS} waits of its listener for sound
 * @param takeovers how often a stage was taken over because its node was lost, by stage
 */
public record TurnSummary(
    TurnId turn,
    int generation,
    boolean feed,
    String callersTrace,
    String trace,
    Outcome outcome,
    @Nullable Failure failure,
    TurnTimings timings,
    Characters characters,
    long textChars,
    @Nullable AnswerReport answer,
    long textEnd,
    List<Chunk> chunks,
    int chunkCount,
    List<TimedUnderrun> underruns,
    Map<Stage, Integer> takeovers) {
  /** Of a longer turn the later chunks are only counted. */
  public static final int MAX_CHUNKS = 256;

  /** Of a turn that stutters for ever the later ones are left out. */
  public static final int MAX_UNDERRUNS = 64;

  public TurnSummary {
    chunks = List.copyOf(chunks);
    underruns = List.copyOf(underruns);
    takeovers = Map.copyOf(takeovers);
  }

  /**
   * A chunk.
   *
   * @param chunk its index in the turn
   * @param chars UTF-16 units that the voice was given
   * @param madeAt when it was made
   * @param engine the engine that spoke it first; empty if it did not sound
   * @param startedAt when its first sample came from playback
   * @param spokenAt when playback had all of it, or left it out
   * @param attempts how many it took; 0 if it was not spoken
   * @param waitNanos until a worker took it, at playback
   * @param firstFrameNanos from then to the engine's first frame, at the worker
   * @param speechNanos from then to the last frame, at the worker
   * @param skipped why it was left out; null if it was spoken
   */
  public record Chunk(
      int chunk,
      int chars,
      long madeAt,
      String engine,
      long startedAt,
      long spokenAt,
      int attempts,
      long waitNanos,
      long firstFrameNanos,
      long speechNanos,
      @Nullable FailureKind skipped) {}

  /**
   * The listener has waited for sound.
   *
   * @param at since when
   * @param underrun how long, and who owed it
   */
  public record TimedUnderrun(long at, Underrun underrun) {}
}
