package io.voicebus.http.door;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.voicebus.http.wire.ErrorDialect;
import io.voicebus.http.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Answers requests of other versions than HTTP/1.0 and 1.1 with 505. Vert.x would answer them with
 * 501, without a body, and in their own version, before any of its handlers sees them.
 */
final class HttpVersionCheck extends ChannelInboundHandlerAdapter {
  /** Vert.x calls its own last handler so; where it does not, there is no check. */
  private static final String NEXT = "handler";

  private static final Set<HttpVersion> SPOKEN = Set.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

  private boolean refused;

  private HttpVersionCheck() {}

  /** Looks at all that comes through here. */
  static void install(ChannelPipeline pipeline) {
    if (pipeline.get(NEXT) != null) {
      pipeline.addBefore(NEXT, "voicebus-version", new HttpVersionCheck());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (!refused
        && message instanceof HttpRequest request
        && request.decoderResult().isSuccess()
        && !SPOKEN.contains(request.protocolVersion())) {
      refused = true;
      refuse(channel.pipeline().firstContext());
    }
    if (refused) {
      ReferenceCountUtil.release(message);
    } else {
      channel.fireChannelRead(message);
    }
  }

  /** As bytes, past the encoder, which has seen no request that this would be the answer to. */
  private static void refuse(ChannelHandlerContext first) {
    String body =
        ErrorDialect.PROBLEM_JSON.body(
            new Problem(
                "http-version", "There is no such version of HTTP here", 505, "send HTTP/1.1"));
    String head =
        "HTTP/1.1 505 HTTP Version Not Supported\r\nConnection: close\r\nContent-Type: "
            + ErrorDialect.PROBLEM_JSON.contentType()
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    first
        .writeAndFlush(Unpooled.copiedBuffer(head + body, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
