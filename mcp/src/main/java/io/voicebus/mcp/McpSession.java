package io.voicebus.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * One client's messages, over one connection. What takes time is done beside the event loop. Bound
 * to the context of its turns.
 */
public final class McpSession {
  private static final Logger LOG = LoggerFactory.getLogger(McpSession.class);
  private static final String CANCELLED = "notifications/cancelled";
  private static final String UNREADABLE =
      "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"this is no message"
          + " of JSON-RPC 2.0\"}}";

  /**
   * What a message is answered with.
   *
   * @param json empty for nothing
   * @param understood whether it was a message at all
   */
  public record Answer(String json, boolean understood) {
    static final Answer NONE = new Answer("", true);
  }

  private record UnderWay(Disposable request, Promise<Answer> answer) {
    void cancel() {
      request.dispose();
      answer.tryComplete(Answer.NONE);
    }
  }

  private final McpServer server;
  private final McpTurns turns;
  private final Context context;

  /** Those that are not answered yet, by the client's ids. */
  private final Map<Object, UnderWay> underWay = new HashMap<>();

  private boolean closed;

  /** Begins. */
  public McpSession(McpServer server, McpTurns turns) {
    this.server = server;
    this.turns = turns;
    this.context = turns.context();
  }

  /**
   * Handles a message.
   *
   * @return completes on the context; with nothing for a request that the client cancels
   */
  public Future<Answer> handle(String message) {
    return work(() -> McpSchema.deserializeJsonRpcMessage(server.core().json(), message))
        .transform(
            read ->
                read.succeeded()
                    ? handle(read.result())
                    : Future.succeededFuture(new Answer(UNREADABLE, false)));
  }

  private Future<Answer> handle(JSONRPCMessage message) {
    if (message instanceof JSONRPCRequest request) {
      return request(request);
    }
    if (message instanceof JSONRPCNotification notification) {
      if (notification.method().equals(CANCELLED)) {
        cancel(notification);
      }
      // None of the others asks for anything.
    }
    return Future.succeededFuture(Answer.NONE);
  }

  private Future<Answer> request(JSONRPCRequest request) {
    Promise<Answer> answer = Promise.promise();
    McpTransportContext here = McpTransportContext.create(Map.of(McpTools.TURNS, turns));
    work(() ->
            server
                .core()
                .handler()
                .handleRequest(here, request)
                .subscribe(
                    response ->
                        work(() -> server.core().json().writeValueAsString(response))
                            .onSuccess(json -> answer(request, answer, json))
                            .onFailure(answer::tryFail),
                    answer::tryFail))
        .onSuccess(
            subscribed -> {
              UnderWay begun = new UnderWay(subscribed, answer);
              if (closed) {
                begun.cancel();
              } else if (!answer.future().isComplete()) {
                underWay.put(request.id(), begun);
              }
            })
        .onFailure(answer::tryFail);
    return answer.future().onFailure(why -> LOG.error("a message of MCP failed", why));
  }

  private void answer(JSONRPCRequest request, Promise<Answer> answer, String json) {
    underWay.remove(request.id());
    answer.tryComplete(new Answer(json, true));
  }

  /** The client does not want an answer any more. */
  private void cancel(JSONRPCNotification notification) {
    if (notification.params() instanceof Map<?, ?> params) {
      UnderWay cancelled = underWay.remove(params.get("requestId"));
      if (cancelled != null) {
        cancelled.cancel();
      }
    }
  }

  /** The client has gone: what it waits for is not wanted. */
  public void close() {
    closed = true;
    List.copyOf(underWay.values()).forEach(UnderWay::cancel);
    underWay.clear();
  }

  /** Work that needs the SDK. */
  private interface Work<T> {
    T call() throws IOException;
  }

  private <T> Future<T> work(Work<T> work) {
    // From other threads, too: what comes of it comes on the context.
    Promise<T> done = Promise.promise();
    context.runOnContext(ignored -> context.executeBlocking(work::call, false).onComplete(done));
    return done.future();
  }
}
