package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Head, owner to playback: play this turn. {@link ChunkCaption}s, the {@link TextLength} and {@link
 * Position}s follow; the audio, and reports about it, come back.
 *
 * @param turn the turn
 * @param sink where the audio goes
 * @param path the file to write, for {@link Sink#FILE}; else empty
 * @param resume where it begins
 * @param pieces whether the owner wants to have each {@link SpeechPiece}, too
 */
public record PlayoutRequest(
    TurnContext turn, Sink sink, String path, PlayoutResume resume, boolean pieces)
    implements Message {
  /** Of which the owner wants nothing but the playout. */
  public PlayoutRequest(TurnContext turn, Sink sink, String path, PlayoutResume resume) {
    this(turn, sink, path, resume, false);
  }

  /** From the beginning. */
  public PlayoutRequest(TurnContext turn, Sink sink, String path) {
    this(turn, sink, path, PlayoutResume.START);
  }

  /** Files and the sound card belong to the process. */
  @Override
  public @Nullable Failure refusedFromElsewhere() {
    return sink == Sink.BUS
        ? null
        : new Failure(
            Stage.PLAYBACK,
            FailureKind.INVALID_REQUEST,
            "files and the sound card are only for turns of the same process: start the turn where"
                + " playback runs, or take its audio over the bus");
  }
}
