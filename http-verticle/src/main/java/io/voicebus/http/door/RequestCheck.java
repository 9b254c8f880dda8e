package io.voicebus.http.door;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Vert.x answers badly before any of its handlers sees it. A request of another
 * version than HTTP/1.0 and 1.1 gets 505; Vert.x would send 501, without a body, and in that
 * version. A body whose chunks are not well-formed gets 400; Vert.x would close the connection
 * without an answer.
 */
final class RequestCheck extends ChannelDuplexHandler {
  /** Vert.x calls its own last handler so; where it does not, there is no check. */
  private static final String NEXT = "handler";

  private static final Set<HttpVersion> SPOKEN = Set.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

  private static final Problem VERSION =
      new Problem("http-version", "There is no such version of HTTP here", 505, "send HTTP/1.1");
  private static final Problem CHUNKS =
      ProblemMapping.of(FailureKind.INVALID_REQUEST, "the chunks of the body are not well-formed");

  private final String base;
  private @Nullable HttpRequest latest;

  /** Requests whose answers have not ended. */
  private int unanswered;

  /** Whether the first of them is being answered. */
  private boolean answering;

  private boolean refused;

  private RequestCheck(String base) {
    this.base = base;
  }

  /**
   * Looks at all that comes through here.
   *
   * @param base the path of a proxy before the server's own, without a slash at its end
   */
  static void install(ChannelPipeline pipeline, String base) {
    if (pipeline.get(NEXT) != null) {
      pipeline.addBefore(NEXT, "voicebus-request", new RequestCheck(base));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (!refused) {
      if (message instanceof HttpRequest request) {
        latest = request;
        unanswered++;
        if (request.decoderResult().isSuccess() && !SPOKEN.contains(request.protocolVersion())) {
          refuse(channel, VERSION);
        }
      } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
        if (unanswered == 1 && !answering) {
          refuse(channel, CHUNKS);
        } else {
          // Vert.x closes the connection now, and what it has not flushed would be lost.
          channel.flush();
        }
      }
    }
    if (refused) {
      ReferenceCountUtil.release(message);
    } else {
      channel.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (!interim) {
      answering |= message instanceof HttpResponse;
      if (message instanceof LastHttpContent) {
        unanswered--;
        answering = false;
      }
    }
    channel.write(message, promise);
  }

  private void refuse(ChannelHandlerContext channel, Problem problem) {
    refused = true;
    HttpRequest request = latest;
    if (request != null) {
      RawAnswer.send(
          channel.pipeline(),
          problem,
          ProblemResponse.dialect(request.uri(), request.headers().contains("xi-api-key")),
          base);
    }
  }
}
