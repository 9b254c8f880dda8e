package io.voicebus.emulators;

import io.vertx.core.Vertx;
import java.util.function.IntPredicate;

/** Says one text, piece by piece, at a pace. Lives on one context. */
final class SpeechRun {
  private static final long NOT_SET = -1;

  private final Vertx vertx;
  private final String text;
  private final int sampleRateHz;
  private final SpeechPace pace;
  private final IntPredicate faultDue;
  private final Listener listener;
  private final int length;
  private int sent;
  private int pieces;
  private boolean stopped;
  private long timer = NOT_SET;

  /** Who takes the audio. */
  interface Listener {
    /** Some bytes; the text's first ones if {@code first}. */
    void piece(byte[] audio, boolean first);

    /** It is all said. */
    void done();

    /** This happens instead of anything else. */
    void fault();
  }

  /**
   * @param faultDue whether something goes wrong after so many pieces of the request
   * @param piecesBefore how many pieces the request has had already
   */
  SpeechRun(
      Vertx vertx,
      String text,
      int sampleRateHz,
      SpeechPace pace,
      IntPredicate faultDue,
      int piecesBefore,
      Listener listener) {
    this.vertx = vertx;
    this.text = text;
    this.sampleRateHz = sampleRateHz;
    this.pace = pace;
    this.faultDue = faultDue;
    this.pieces = piecesBefore;
    this.listener = listener;
    this.length = EmulatedSpeech.length(text, sampleRateHz);
  }

  void start() {
    after(pace.firstByte().toNanos() / 1e6);
  }

  void stop() {
    stopped = true;
    if (timer != NOT_SET) {
      vertx.cancelTimer(timer);
      timer = NOT_SET;
    }
  }

  int pieces() {
    return pieces;
  }

  private void after(double ms) {
    if (ms < 0.5) {
      go();
    } else {
      timer =
          vertx.setTimer(
              Math.round(ms),
              id -> {
                timer = NOT_SET;
                go();
              });
    }
  }

  private void go() {
    while (!stopped) {
      if (faultDue.test(pieces)) {
        stopped = true;
        listener.fault();
      } else if (sent == length) {
        stopped = true;
        listener.done();
      } else {
        int end = Math.min(length, sent + pace.pieceBytes(sampleRateHz));
        byte[] audio = EmulatedSpeech.slice(text, sampleRateHz, sent, end);
        boolean first = sent == 0;
        double ms = 500.0 * (end - sent) / sampleRateHz * pace.realTimeFactor();
        sent = end;
        pieces++;
        listener.piece(audio, first);
        if (ms >= 0.5) {
          if (!stopped) {
            after(ms);
          }
          return;
        }
      }
    }
  }
}
