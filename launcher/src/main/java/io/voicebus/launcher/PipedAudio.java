package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.contract.WavHeader;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.Turn;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a turn's audio to a blocking stream as WAV, in order, with bounded memory. */
final class PipedAudio implements AudioListener {
  /** Unwritten bytes at which the turn is paused. */
  private static final int HIGH_WATER = 256 * 1024;

  private final Vertx vertx;
  private final OutputStream out;
  private @Nullable Turn turn;
  private Future<Void> last = Future.succeededFuture();
  private int unwritten;

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
                  out.write(bytes);
                  out.flush();
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
                    turn.cancel(
                        why instanceof IOException
                            ? "standard output was closed"
                            : "standard output failed: " + why);
                  }
                });
  }
}
