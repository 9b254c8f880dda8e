package io.voicebus.http.door;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.voicebus.http.wire.ErrorDialect;
import io.voicebus.http.wire.Problem;
import java.nio.charset.StandardCharsets;

/** The last answer of a connection, for a request that Vert.x has not seen. */
final class RawAnswer {
  private RawAnswer() {}

  /**
   * Sends a problem and closes the connection: as bytes, past the encoder, which has seen no
   * request that this would be the answer to.
   *
   * @param base as {@link ErrorDialect#body} has it
   */
  static void send(ChannelPipeline pipeline, Problem problem, ErrorDialect dialect, String base) {
    byte[] body = dialect.body(problem, base).getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + HttpResponseStatus.valueOf(problem.status())
            + "\r\nConnection: close\r\nContent-Type: "
            + dialect.contentType()
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    LingeringClose.install(pipeline);
    // Behind TLS, and before the encoder.
    pipeline
        .context(HttpRequestDecoder.class)
        .writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
