package io.voicebus.launcher;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.WavHeader;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a turn's audio to a blocking stream as WAV, in order, with bounded memory. */
final class PipedAudio implements AudioListener {
  /** Unwritten bytes at which the turn is paused. */
  private static final int HIGH_WATER = 256 * 1024;

  /** The messages of systems about a pipe whose reader has closed it. */
  private static final Pattern CLOSED =
      Pattern.compile("broken pipe|pipe (has been ended|is being closed)|reset", CASE_INSENSITIVE);

  private final Vertx vertx;
  private final OutputStream out;
  private @Nullable Turn turn;
  private Future<Void> last = Future.succeededFuture();
  private int unwritten;
  private volatile @Nullable Failure problem;

  PipedAudio(Vertx vertx, OutputStream out) {
    this.vertx = vertx;
    this.out = out;
  }

  void pipe(Turn newTurn) {
    turn = newTurn;
    newTurn.listen(this);
  }

  /** Completes when everything so far has been written, or cannot be. */
  Future<Void> written() {
    return last.otherwiseEmpty();
  }

  @Override
  public void format(int sampleRateHz) {
    write(WavHeader.streaming(sampleRateHz));
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    write(pcm);
  }

  private void write(byte[] bytes) {
    unwritten += bytes.length;
    if (unwritten > HIGH_WATER && turn != null) {
      turn.pauseAudio();
    }
    last =
        vertx
            .<Void>executeBlocking(
                () -> {
                  writeNow(bytes);
                  return null;
                })
            .onSuccess(
                done -> {
                  unwritten -= bytes.length;
                  if (unwritten <= HIGH_WATER / 2 && turn != null) {
                    turn.resumeAudio();
                  }
                })
            .onFailure(
                why -> {
                  if (turn != null) {
                    turn.cancel(problem == null ? why.toString() : problem.detail());
                  }
                });
  }

  /** On a thread that may block, one write after another. */
  private void writeNow(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      if (problem == null) {
        problem = inWords(e);
      }
      throw e;
    }
  }

  /** Tells a reader that has closed the pipe from a failure of the disk. */
  private static Failure inWords(IOException why) {
    String message = String.valueOf(why.getMessage());
    return CLOSED.matcher(message).find()
        ? new Failure(Stage.OWNER, FailureKind.CANCELLED, "standard output was closed")
        : new Failure(
            Stage.OWNER, FailureKind.UNAVAILABLE, "cannot write to standard output: " + message);
  }

  /** What has kept the audio from being written, if anything has. */
  Optional<Failure> problem() {
    return Optional.ofNullable(problem);
  }
}
