package io.voicebus.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Failure;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.SharedBytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of the audio of a turn that has ended, of which the length is known. What cannot be
 * sent wholly is broken off.
 */
final class RecordedResponse implements TurnClient {
  private final ConnectionWatch connections;
  private final Duration patience;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final byte[] head;
  private @Nullable TurnConnection connection;
  private int skip;
  private long left;
  private boolean over;

  /**
   * A response, of which the head is set.
   *
   * @param head what is sent first
   * @param skip how many bytes of the audio are not
   * @param left how many bytes of the audio are sent behind that
   */
  RecordedResponse(
      ConnectionWatch connections,
      Duration patience,
      HttpServerRequest request,
      byte[] head,
      int skip,
      long left) {
    this.connections = connections;
    this.patience = patience;
    this.request = request;
    this.response = request.response();
    this.head = head;
    this.skip = skip;
    this.left = left;
  }

  /** The audio is there; the client may have gone meanwhile. */
  void begin(TurnConnection served) {
    connection = served;
    if (response.closed()) {
      gone();
      return;
    }
    response.setWriteQueueMaxSize(AudioResponse.QUEUE_BYTES);
    response.drainHandler(ignored -> served.drained());
    response.closeHandler(ignored -> gone());
    // A broken pipe is told to the close handler as well.
    response.exceptionHandler(ignored -> {});
    if (head.length > 0) {
      response.write(Buffer.buffer(head));
    }
    served.start();
  }

  private void gone() {
    if (!over) {
      over = true;
      leave();
    }
  }

  private void leave() {
    if (connection != null) {
      connection.gone();
    }
  }

  @Override
  public boolean full() {
    return !over && response.writeQueueFull();
  }

  @Override
  public void format(int sampleRateHz) {}

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (over) {
      return;
    }
    int from = Math.min(skip, pcm.length);
    skip -= from;
    int size = (int) Math.min(left, pcm.length - from);
    left -= size;
    Buffer bytes = SharedBytes.buffer(pcm).slice(from, from + size);
    if (left > 0) {
      response.write(bytes);
      return;
    }
    over = true;
    leave();
    connections.awaitLast(request.connection(), patience, () -> false, () -> response.end(bytes));
  }

  @Override
  public void event(long dropped, long id, EventJson event) {}

  @Override
  public void ended(@Nullable Failure why) {
    breakOff();
  }

  @Override
  public void dismissed() {
    breakOff();
  }

  @Override
  public void lost() {
    breakOff();
  }

  private void breakOff() {
    if (!over) {
      over = true;
      ConnectionWatch.abort(request.connection());
    }
  }
}
