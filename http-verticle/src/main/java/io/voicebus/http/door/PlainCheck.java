package io.voicebus.http.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.ErrorDialect;
import io.voicebus.http.wire.ProblemMapping;

/**
 * Answers a client that speaks TLS to a server that does not. The decoder would wait for the end of
 * a line, which may never come in a handshake.
 */
final class PlainCheck extends ChannelInboundHandlerAdapter {
  /** The first byte of a handshake (RFC 8446, section 5.1); no request begins with it. */
  private static final byte HANDSHAKE = 22;

  private boolean refused;

  private PlainCheck() {}

  /** Looks at the first bytes that come through here. */
  static void install(ChannelPipeline pipeline) {
    pipeline.addFirst("voicebus-plain", new PlainCheck());
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (!refused && message instanceof ByteBuf bytes && bytes.isReadable()) {
      refused = bytes.getByte(bytes.readerIndex()) == HANDSHAKE;
      if (refused) {
        RawAnswer.send(
            channel.pipeline(),
            ProblemMapping.of(
                FailureKind.INVALID_REQUEST,
                "this port has no TLS: use http:// or ws://, or set tls-cert and tls-key"),
            ErrorDialect.PROBLEM_JSON,
            "");
      } else {
        channel.pipeline().remove(this);
      }
    }
    if (refused) {
      ReferenceCountUtil.release(message);
    } else {
      channel.fireChannelRead(message);
    }
  }
}
