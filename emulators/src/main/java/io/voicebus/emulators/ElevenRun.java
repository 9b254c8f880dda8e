package io.voicebus.emulators;

import io.vertx.core.Vertx;

/** Says one segment, piece by piece, at a script's pace. Lives on one context. */
final class ElevenRun {
  private static final long NOT_SET = -1;

  private final Vertx vertx;
  private final String text;
  private final int sampleRateHz;
  private final ElevenScript script;
  private final Listener listener;
  private final int length;
  private int sent;
  private int pieces;
  private boolean stopped;
  private long timer = NOT_SET;

  /** Who takes the audio. */
  interface Listener {
    /** Some bytes; the segment's first ones if {@code first}. */
    void piece(byte[] audio, boolean first);

    /** It is all said. */
    void done();

    /** This happens instead of anything else. */
    void fault(ElevenFault fault);
  }

  /**
   * @param piecesBefore how many pieces the request has had already
   */
  ElevenRun(
      Vertx vertx,
      String text,
      int sampleRateHz,
      ElevenScript script,
      int piecesBefore,
      Listener listener) {
    this.vertx = vertx;
    this.text = text;
    this.sampleRateHz = sampleRateHz;
    this.script = script;
    this.pieces = piecesBefore;
    this.listener = listener;
    this.length = EmulatedSpeech.length(text, sampleRateHz);
  }

  void start() {
    after(script.firstByte().toNanos() / 1e6);
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
      if (script.fault().dueAfter(pieces)) {
        stopped = true;
        listener.fault(script.fault());
      } else if (sent == length) {
        stopped = true;
        listener.done();
      } else {
        int end = Math.min(length, sent + script.pieceBytes(sampleRateHz));
        byte[] audio = EmulatedSpeech.slice(text, sampleRateHz, sent, end);
        boolean first = sent == 0;
        double ms = 500.0 * (end - sent) / sampleRateHz * script.realTimeFactor();
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
