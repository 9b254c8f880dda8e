package io.voicebus.http;

import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import io.voicebus.http.wire.StreamedBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one turn's playout as a response's body, as it comes. Audio that ends before its time is
 * broken off, never ended: what is cut short must not look complete.
 */
final class AudioResponse implements TurnClient {
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
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final AudioRange range;
  private @Nullable TurnConnection connection;
  private Future<Void> written = Future.succeededFuture();
  private int skip;
  private boolean over;

  AudioResponse(
      Vertx vertx,
      ConnectionWatch connections,
      Duration patience,
      HttpServerRequest request,
      AudioRange range) {
    this.vertx = vertx;
    this.connections = connections;
    this.patience = patience;
    this.request = request;
    this.response = request.response();
    this.range = range;
    this.skip = range.skippedBytes();
  }

  /** The client is served; it may have gone meanwhile. */
  void begin(TurnConnection served) {
    connection = served;
    if (response.closed()) {
      gone();
      return;
    }
    if (range.isPartial() && served.accepted().complete()) {
      over = true;
      served.gone();
      ProblemResponse.send(request, range.nothingLeft(served.accepted().length()));
      return;
    }
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(ignored -> served.drained());
    response.closeHandler(ignored -> gone());
    // A broken pipe is told to the close handler as well.
    response.exceptionHandler(ignored -> {});
    served.start();
  }

  private void gone() {
    if (!over) {
      over = true;
      tellGone();
    }
  }

  private void tellGone() {
    if (connection != null) {
      connection.gone();
    }
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void format(int sampleRateHz) {
    if (over) {
      return;
    }
    if (range.isPartial() && connection != null) {
      response.setStatusCode(206);
      response.putHeader("Content-Range", range.contentRange(connection.accepted().length()));
    }
    StreamedBody.begin(response, range.format().contentType(sampleRateHz));
    if (range.hasHead()) {
      write(range.format().head(sampleRateHz));
    }
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over) {
      write(pcm);
    }
  }

  private void write(byte[] bytes) {
    int from = Math.min(skip, bytes.length);
    skip -= from;
    if (from < bytes.length) {
      Buffer buffer = Buffer.buffer(bytes);
      written = response.write(from == 0 ? buffer : buffer.slice(from, bytes.length));
    }
  }

  @Override
  public void event(long dropped, long id, EventJson event) {}

  @Override
  public void ended(@Nullable Failure why) {
    if (over) {
      return;
    }
    over = true;
    if (!response.headWritten()) {
      sendWithoutAudio(range.format(), why);
    } else if (why == null) {
      finish(response::end);
    } else if (why.kind() == FailureKind.CANCELLED) {
      ConnectionWatch.abort(request.connection());
    } else {
      finish(() -> written.onComplete(sent -> ConnectionWatch.abort(request.connection())));
    }
  }

  @Override
  public void lost() {
    dismissed();
  }

  @Override
  public void dismissed() {
    if (!over) {
      over = true;
      ConnectionWatch.abort(request.connection());
    }
  }

  /** What has been written may still wait for the client, but not forever. */
  private void finish(Supplier<Future<Void>> last) {
    connections.busy(request.connection());
    Future<Void> sent = last.get();
    long timer = vertx.setPeriodic(patience.toMillis(), ignored -> breakOffUnlessPaused());
    sent.onFailure(lost -> tellGone())
        .onComplete(
            result -> {
              vertx.cancelTimer(timer);
              connections.idle(request.connection());
            });
  }

  private void breakOffUnlessPaused() {
    if (connection == null || !connection.paused()) {
      ConnectionWatch.abort(request.connection());
    }
  }

  /** The response for a turn that ended before it had any audio. */
  private void sendWithoutAudio(AudioFormat format, @Nullable Failure failure) {
    if (failure == null) {
      response.putHeader("Content-Type", format.contentType(EMPTY_RATE_HZ));
      Body.end(response, Buffer.buffer(format.empty(EMPTY_RATE_HZ)));
    } else {
      ProblemResponse.send(request, ProblemMapping.of(failure));
    }
  }
}
