package io.voicebus.emulators;

import io.vertx.core.Vertx;
import java.util.function.IntPredicate;

/** Says one text, piece by piece, at a pace. Lives on one context. */
final class SpeechRun {
  private static final long NOT_SET = -1;

  /** Shorter waits are none. */
  private static final double LEAST_MS = 0.5;

  private final Vertx vertx;
  private final String text;
  private final int sampleRateHz;
  private final SpeechPace pace;
  private final IntPredicate faultDue;
  private final Listener listener;
  private final int length;
  private int sent;
  private int pieces;
  private long steps;
  private long ticks;
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
    after(pace.firstByte().toNanos() / 1e6, this::begin);
  }

  void stop() {
    stopped = true;
    rest();
  }

  private void begin() {
    double stepMs = pace.millis(pace.pieceBytes(sampleRateHz), sampleRateHz);
    if (stepMs < LEAST_MS) {
      while (!stopped) {
        step();
      }
      return;
    }
    step();
    if (!stopped && sent < length) {
      // At a fixed rate, so that a timer that is late delays nothing that follows.
      int tickMs = Math.max(1, (int) stepMs);
      timer = vertx.setPeriodic(tickMs, id -> tick(tickMs / stepMs));
    }
  }

  /**
   * Says what has become due.
   *
   * @param share of a piece that one tick is worth
   */
  private void tick(double share) {
    ticks++;
    while (!stopped && sent < length && steps < 1 + (long) (ticks * share)) {
      step();
    }
  }

  private void step() {
    if (faultDue.test(pieces)) {
      stop();
      listener.fault();
    } else if (sent == length) {
      stop();
      listener.done();
    } else {
      int end = Math.min(length, sent + pace.pieceBytes(sampleRateHz));
      byte[] audio = EmulatedSpeech.slice(text, sampleRateHz, sent, end);
      boolean first = sent == 0;
      double ms = pace.millis(end - sent, sampleRateHz);
      sent = end;
      steps++;
      pieces++;
      listener.piece(audio, first);
      if (sent == length && !stopped) {
        rest();
        after(ms, this::step);
      }
    }
  }

  private void after(double ms, Runnable next) {
    if (ms < LEAST_MS) {
      next.run();
    } else {
      timer =
          vertx.setTimer(
              Math.round(ms),
              id -> {
                timer = NOT_SET;
                next.run();
              });
    }
  }

  private void rest() {
    if (timer != NOT_SET) {
      vertx.cancelTimer(timer);
      timer = NOT_SET;
    }
  }
}
