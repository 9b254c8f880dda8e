package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Failure;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;

/**
 * Sends one turn's playout as a response's body, as it comes. Audio that ends before its time is
 * broken off, never ended: what is cut short must not look complete.
 */
final class AudioResponse implements AudioListener {
  /**
   * What may wait in this process for the client to read: little, so that the flow stops when the
   * client stops. 0.7 s of speech at 24 kHz.
   */
  static final int QUEUE_BYTES = 32 * 1024;

  /** The rate of a playout without samples, which nobody has fixed. */
  static final int EMPTY_RATE_HZ = 24_000;

  private final Vertx vertx;
  private final ConnectionWatch connections;
  private final Duration patience;
  private final TurnSession session;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final AudioFormat format;
  private boolean over;

  AudioResponse(
      Vertx vertx,
      ConnectionWatch connections,
      Duration patience,
      TurnSession session,
      HttpServerRequest request,
      AudioFormat format) {
    this.vertx = vertx;
    this.connections = connections;
    this.patience = patience;
    this.session = session;
    this.request = request;
    this.response = request.response();
    this.format = format;
  }

  /** Attaches to the turn, which has no listener yet. */
  void begin() {
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(ignored -> session.resumeAudio());
    response.closeHandler(ignored -> gone());
    // A broken pipe is told to the close handler as well.
    response.exceptionHandler(ignored -> {});
    session.onEnd(this::ended);
    session.listen(this);
  }

  private void gone() {
    if (!over) {
      over = true;
      session.cancel("the listener has gone");
    }
  }

  @Override
  public void format(int sampleRateHz) {
    if (!over) {
      StreamedBody.begin(response, format.contentType(sampleRateHz));
      write(format.head(sampleRateHz));
    }
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over) {
      write(pcm);
    }
  }

  private void write(byte[] bytes) {
    if (bytes.length > 0) {
      response.write(Buffer.buffer(bytes));
      if (response.writeQueueFull()) {
        session.pauseAudio();
      }
    }
  }

  private void ended(TurnEvent.Ended end) {
    if (over) {
      return;
    }
    over = true;
    if (!response.headWritten()) {
      sendWithoutAudio(response, format, end);
    } else if (end.outcome() == Outcome.FINISHED) {
      finish();
    } else {
      ConnectionWatch.abort(request.connection());
    }
  }

  /** What has been written may still wait for the client, but not forever. */
  private void finish() {
    connections.busy(request.connection());
    Future<Void> written = response.end();
    long timer = vertx.setPeriodic(patience.toMillis(), ignored -> breakOffUnlessPaused());
    written.onComplete(
        result -> {
          vertx.cancelTimer(timer);
          connections.idle(request.connection());
        });
  }

  private void breakOffUnlessPaused() {
    if (!session.paused()) {
      ConnectionWatch.abort(request.connection());
    }
  }

  /** The response for a turn that ended before it had any audio. */
  static void sendWithoutAudio(
      HttpServerResponse response, AudioFormat format, TurnEvent.Ended end) {
    Failure failure = end.failure();
    if (failure == null) {
      response.putHeader("Content-Type", format.contentType(EMPTY_RATE_HZ));
      Body.end(response, Buffer.buffer(format.empty(EMPTY_RATE_HZ)));
    } else {
      ProblemResponse.send(response, ProblemMapping.of(failure));
    }
  }
}
