package io.voicebus.http.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Has a connection closed in a way that its client sees the last answer. The system answers bytes
 * that nobody has read with a reset when a socket is closed, and the client then loses what it has
 * not read yet. So the server ends its own direction, discards what the client still sends, and
 * closes when the client has closed, or {@link #PATIENCE} later.
 */
final class LingeringClose extends ChannelDuplexHandler {
  /** How long a client may take to read the answer and to close. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String NAME = "voicebus-linger";

  private boolean closing;

  private LingeringClose() {}

  /** For a connection that is closed next, while its client may be sending. */
  static void install(ChannelPipeline pipeline) {
    // At the socket's end: behind TLS, which has its own last message.
    if (pipeline.get(NAME) == null) {
      pipeline.addFirst(NAME, new LingeringClose());
    }
  }

  @Override
  public void close(ChannelHandlerContext channel, ChannelPromise promise) {
    if (closing || !channel.channel().isActive()) {
      channel.close(promise);
      return;
    }
    closing = true;
    // A client that is not read any more would not be read now, either.
    channel.channel().config().setAutoRead(true);
    Future<?> late =
        channel
            .executor()
            // Not with the promise, which is kept when the channel is closed.
            .schedule(() -> channel.close(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    channel.channel().closeFuture().addListener(closed -> over(late, promise));
    // Behind all that was written, flushed or not.
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (channel.channel() instanceof DuplexChannel socket && socket.isActive()) {
                socket.shutdownOutput();
              }
            });
  }

  private static void over(Future<?> late, ChannelPromise promise) {
    late.cancel(false);
    promise.trySuccess();
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (closing && message instanceof ByteBuf) {
      ReferenceCountUtil.release(message);
    } else {
      channel.fireChannelRead(message);
    }
  }
}
