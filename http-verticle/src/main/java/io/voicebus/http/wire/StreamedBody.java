package io.voicebus.http.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Begins bodies of unknown length. */
public final class StreamedBody {
  private StreamedBody() {}

  /** Sends the head at once: in chunks, or up to the connection's end for HTTP/1.0. */
  public static void begin(HttpServerResponse response, String contentType) {
    response.putHeader("Content-Type", contentType);
    // nginx would else gather what is to be heard at once.
    response.putHeader("X-Accel-Buffering", "no");
    response.setChunked(true);
    if (response.isChunked()) {
      response.writeHead();
    } else {
      response.write(Buffer.buffer());
    }
  }
}
