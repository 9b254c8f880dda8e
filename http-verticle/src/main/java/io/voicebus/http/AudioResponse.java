package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.api.Ignored;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import io.voicebus.http.wire.SharedBytes;
import io.voicebus.http.wire.StreamedBody;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one turn's playout as a response's body, as it comes. Audio that ends before its time is
 * broken off, never ended: what is cut short must not look complete.
 */
final class AudioResponse implements TurnClient, AsyncEncoder.Listener {
  /**
   * What may wait in this process for the client to read: little, so that the flow stops when the
   * client stops. 0.7 s of speech at 24 kHz.
   */
  static final int QUEUE_BYTES = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(AudioResponse.class);

  private final ConnectionWatch connections;
  private final Duration patience;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final AudioRange range;
  private final AsyncEncoder encoder;
  private @Nullable TurnConnection connection;
  private @Nullable Failure failure;
  private Future<Void> written = Future.succeededFuture();
  private int skip;

  /** How many bytes it has at most; behind them the client leaves. */
  private long left;

  private boolean over;

  /**
   * A response.
   *
   * @throws UnsupportedAudioException there are too many of this coding already
   */
  AudioResponse(
      Vertx vertx,
      ConnectionWatch connections,
      Duration patience,
      HttpServerRequest request,
      AudioRange range) {
    this.connections = connections;
    this.patience = patience;
    this.request = request;
    this.response = request.response();
    this.range = range;
    this.skip = range.skippedBytes();
    this.left = range.most();
    this.encoder = new AsyncEncoder(vertx, range.encoded(), this);
  }

  /** The client is served; it may have gone meanwhile. */
  void begin(TurnConnection served) {
    connection = served;
    if (response.closed()) {
      gone();
      return;
    }
    if (range.bytes() > 0 && served.accepted().complete()) {
      over = true;
      discard();
      served.gone();
      ProblemResponse.send(request, range.nothingLeft(served.accepted().length()));
      return;
    }
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(ignored -> drained());
    response.closeHandler(ignored -> gone());
    // A broken pipe is told to the close handler as well.
    response.exceptionHandler(ignored -> {});
    served.start();
  }

  private void gone() {
    if (!over) {
      over = true;
      discard();
      tellGone();
    }
  }

  /** Releases the audio that waits to be sent; none is sent. */
  void discard() {
    encoder.close();
  }

  private void tellGone() {
    if (connection != null) {
      connection.gone();
    }
  }

  @Override
  public boolean full() {
    // With its last byte the response has ended, and cannot be asked.
    return left == 0 || response.writeQueueFull() || encoder.full();
  }

  @Override
  public void format(int sampleRateHz) {
    if (over) {
      return;
    }
    if (range.isPartial() && connection != null) {
      response.setStatusCode(206);
      // Only who has asked for a part is told that there are parts: ffmpeg would seek the end of a
      // WAV file that has none yet, and lose its place.
      response.putHeader("Accept-Ranges", "bytes");
      response.putHeader("Content-Range", range.contentRange(connection.accepted().length()));
    }
    String type = range.coding().contentType(sampleRateHz);
    if (range.isInHead()) {
      response.putHeader("Content-Type", type);
      response.putHeader("Content-Length", String.valueOf(range.most()));
    } else {
      StreamedBody.begin(response, type);
    }
    encoder.begin(sampleRateHz);
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over) {
      encoder.encode(pcm);
    }
  }

  @Override
  public void encoded(byte[] bytes) {
    int from = Math.min(skip, bytes.length);
    skip -= from;
    int size = (int) Math.min(bytes.length - from, left);
    left -= size;
    if (size > 0) {
      Buffer buffer = SharedBytes.buffer(bytes);
      written = response.write(size == bytes.length ? buffer : buffer.slice(from, from + size));
    }
    if (left == 0) {
      over = true;
      discard();
      finish(response::end);
      // Not within the turn's call: what it hands over next is not for this client.
      written.onComplete(sent -> tellGone());
    }
  }

  @Override
  public void drained() {
    if (connection != null && !over) {
      connection.drained();
    }
  }

  @Override
  public void failed(Throwable why) {
    LOG.error("a turn cannot be encoded as {}", range.coding().format().id(), why);
    boolean ended = over;
    over = true;
    if (connection != null && !ended) {
      connection.cancel("its audio cannot be encoded");
    }
    ConnectionWatch.abort(request.connection());
  }

  @Override
  public void event(long dropped, long id, EventJson event) {}

  @Override
  public void ended(@Nullable Failure why) {
    if (over) {
      return;
    }
    over = true;
    failure = why;
    if (!response.headWritten()) {
      endWithoutAudio(why);
    } else if (why != null && why.kind() == FailureKind.CANCELLED) {
      discard();
      ConnectionWatch.abort(request.connection());
    } else {
      encoder.end();
    }
  }

  /** Everything that was given has been written, though the client may not have it yet. */
  @Override
  public void finished() {
    discard();
    if (failure == null) {
      finish(response::end);
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
      discard();
      ConnectionWatch.abort(request.connection());
    }
  }

  private void finish(Supplier<Future<Void>> last) {
    connections
        .awaitLast(request.connection(), patience, this::isPaused, last)
        .onFailure(lost -> tellGone());
  }

  private boolean isPaused() {
    return connection != null && connection.paused();
  }

  /** The response for a turn that ended before it had any audio. */
  private void endWithoutAudio(@Nullable Failure why) {
    int rateHz = AudioCoding.EMPTY_RATE_HZ;
    AudioCoding coding = range.coding();
    if (why != null) {
      discard();
      ProblemResponse.send(request, ProblemMapping.of(why));
      return;
    }
    Ignored.tell(response, "text"); // nothing in it can be spoken
    if (coding.format() == AudioFormat.WAV) {
      discard();
      response.putHeader("Content-Type", coding.contentType(rateHz));
      Body.end(response, Buffer.buffer(WavHeader.exact(coding.encodedRateHz(rateHz), 0)));
    } else {
      StreamedBody.begin(response, coding.contentType(rateHz));
      encoder.begin(rateHz);
      encoder.end();
    }
  }
}
