package io.voicebus.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  private static final String INITIALIZE = "initialize";

  /** Of JSON-RPC. */
  private static final String VERSION = "2.0";

  /** JSON-RPC's codes of what is no JSON, and of JSON that is no message. */
  private static final int NOT_JSON = -32700;

  private static final int NO_REQUEST = -32600;

  /** And of params that are not the method's, and of what has broken. */
  private static final int WRONG_PARAMS = -32602;

  private static final int BROKEN = -32603;

  /**
   * What a message is answered with.
   *
   * @param json empty for nothing
   * @param understood whether it was a message at all
   * @param first whether it is the first one to a client, which may be given a name with it
   */
  public record Answer(String json, boolean understood, boolean first) {
    static final Answer NONE = new Answer("", true, false);

    /**
     * To what cannot be read at all.
     *
     * @param why what is wrong with it
     */
    public static Answer unreadable(String why) {
      return refusal(null, NOT_JSON, why);
    }

    private static Answer refusal(@Nullable Object id, int code, String why) {
      JsonObject error = new JsonObject().put("code", code).put("message", why);
      JsonObject answer =
          new JsonObject().put("jsonrpc", VERSION).put("id", id).put("error", error);
      return new Answer(answer.encode(), false, false);
    }
  }

  /** A request that is not answered yet; it may be cancelled before the SDK has it. */
  private static final class UnderWay {
    private final Promise<Answer> answer;
    private @Nullable Disposable request;
    private boolean cancelled;

    UnderWay(Promise<Answer> answer) {
      this.answer = answer;
    }

    void began(Disposable subscribed) {
      request = subscribed;
      if (cancelled) {
        subscribed.dispose();
      }
    }

    void cancel() {
      cancelled = true;
      if (request != null) {
        request.dispose();
      }
      answer.tryComplete(Answer.NONE);
    }
  }

  private final McpServer server;
  private final McpTurns turns;
  private final String client;
  private final Context context;

  /** Those that are not answered yet, by the client's ids. */
  private final Map<Object, UnderWay> underWay = new HashMap<>();

  /** What the latest message asks for has begun. */
  private Future<Void> begun = Future.succeededFuture();

  private boolean closed;

  /** Of a client whose messages all come over this connection. */
  public McpSession(McpServer server, McpTurns turns) {
    this(server, turns, "");
  }

  /**
   * Of a client whose messages come over any connection.
   *
   * @param client what it is known by, and nobody else; empty where that is not known: it cannot
   *     cancel what it asked for over another connection
   */
  public McpSession(McpServer server, McpTurns turns, String client) {
    this.server = server;
    this.turns = turns;
    this.client = client;
    this.context = turns.context();
  }

  /**
   * Handles a message: after those that came before it have begun.
   *
   * @return completes on the context; with nothing for a request that the client cancels
   */
  public Future<Answer> handle(String message) {
    Promise<Answer> answer = Promise.promise();
    begun = begun.transform(before -> begin(message, answer));
    return answer.future().onFailure(why -> LOG.error("a message of MCP failed", why));
  }

  /** Completes as soon as what the message asks for has begun. */
  private Future<Void> begin(String message, Promise<Answer> answer) {
    return work(() -> read(message))
        .transform(
            read -> {
              if (read.failed()) {
                answer.complete(refusal(message));
              } else if (read.result() instanceof JSONRPCRequest request) {
                return request(request, answer);
              } else {
                tell(read.result());
                answer.complete(Answer.NONE);
              }
              return Future.succeededFuture();
            });
  }

  /**
   * The SDK neither looks behind the first value, where another request may be, nor at the version.
   */
  private JSONRPCMessage read(String message) throws IOException {
    if (!(Json.decodeValue(message) instanceof JsonObject json)
        || !VERSION.equals(json.getValue("jsonrpc"))) {
      throw new IOException("no message of JSON-RPC " + VERSION);
    }
    return McpSchema.deserializeJsonRpcMessage(server.core().json(), message);
  }

  /** With the id that the message has, if it has one: its sender waits for an answer to that. */
  private static Answer refusal(String message) {
    Object json;
    try {
      json = Json.decodeValue(message);
    } catch (DecodeException notJson) {
      return Answer.unreadable(
          "this is no message of JSON-RPC 2.0, since it is not one value of JSON");
    }
    if (json instanceof JsonArray) {
      return Answer.refusal(null, NO_REQUEST, "batches are not read: send one message at a time");
    }
    Object id = json instanceof JsonObject object ? object.getValue("id") : null;
    return Answer.refusal(
        id instanceof String || id instanceof Number ? id : null,
        NO_REQUEST,
        "this is no message of JSON-RPC 2.0: one has jsonrpc \"2.0\", a method and, if it is to be"
            + " answered, an id, a string or a number");
  }

  /** Of what needs no answer only one thing is of interest. */
  private void tell(JSONRPCMessage message) {
    if (message instanceof JSONRPCNotification notification
        && notification.method().equals(CANCELLED)) {
      cancel(notification);
    }
  }

  private Future<Void> request(JSONRPCRequest request, Promise<Answer> answer) {
    McpTransportContext here = McpTransportContext.create(Map.of(McpTools.TURNS, turns));
    UnderWay under = new UnderWay(answer);
    begun(request.id(), under);
    if (closed) {
      cancel(request.id());
    }
    return work(() ->
            server
                .core()
                .handler()
                .handleRequest(here, withParams(request))
                .subscribe(
                    response ->
                        work(() -> server.core().json().writeValueAsString(response))
                            .onSuccess(json -> answer(request, answer, json))
                            .onFailure(why -> failed(request, answer, why)),
                    why -> failed(request, answer, why)))
        .onSuccess(under::began)
        .onFailure(why -> failed(request, answer, why))
        .mapEmpty();
  }

  /** The SDK breaks where a tool is called without any. */
  private static JSONRPCRequest withParams(JSONRPCRequest request) {
    return request.params() == null
        ? new JSONRPCRequest(request.jsonrpc(), request.method(), request.id(), Map.of())
        : request;
  }

  private void begun(Object id, UnderWay request) {
    underWay.put(id, request);
    if (!client.isEmpty()) {
      server.requests().put(client, id, () -> context.runOnContext(ignored -> cancel(id)));
    }
  }

  private @Nullable UnderWay over(Object id) {
    if (!client.isEmpty()) {
      server.requests().remove(client, id);
    }
    return underWay.remove(id);
  }

  /** Whatever it is, the client waits for an answer. */
  private void failed(JSONRPCRequest request, Promise<Answer> answer, Throwable why) {
    boolean unreadable = why instanceof IllegalArgumentException;
    if (!unreadable) {
      LOG.error("a message of MCP failed", why);
    }
    answer.tryComplete(
        Answer.refusal(
            request.id(),
            unreadable ? WRONG_PARAMS : BROKEN,
            unreadable
                ? "the params are not those of " + request.method()
                : "a fault of Voicebus, of which its log says more"));
    context.runOnContext(ignored -> over(request.id()));
  }

  private void answer(JSONRPCRequest request, Promise<Answer> answer, String json) {
    over(request.id());
    answer.tryComplete(new Answer(json, true, request.method().equals(INITIALIZE)));
  }

  /** The client does not want an answer any more. */
  private void cancel(JSONRPCNotification notification) {
    Object id = notification.params() instanceof Map<?, ?> params ? params.get("requestId") : null;
    if (id == null) {
      return;
    }
    if (underWay.containsKey(id) || client.isEmpty()) {
      cancel(id);
    } else if (!server.requests().cancel(client, McpRequests.name(id))) {
      turns.cancelElsewhere(client, McpRequests.name(id));
    }
  }

  private void cancel(Object id) {
    UnderWay cancelled = over(id);
    if (cancelled != null) {
      cancelled.cancel();
    }
  }

  /** The client has gone: what it waits for is not wanted. */
  public void close() {
    closed = true;
    List.copyOf(underWay.keySet()).forEach(this::cancel);
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
