package io.voicebus.tts.service;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on loopback that answers each request as a test says. */
public final class ScriptedServer implements AutoCloseable {
  /** A request that came. */
  public record Asked(String method, String uri, Map<String, String> headers, JsonObject body) {}

  /** How a body ends. */
  public enum Ending {
    WELL,
    CUT,
    NEVER
  }

  /** What a request gets. */
  public record Answer(
      int status, Map<String, String> headers, List<byte[]> pieces, Ending ending) {
    public static Answer of(int status, String type, String body) {
      return new Answer(
          status,
          Map.of("content-type", type),
          List.of(body.getBytes(StandardCharsets.UTF_8)),
          Ending.WELL);
    }

    public static Answer audio(String type, byte[]... pieces) {
      return new Answer(200, Map.of("content-type", type), List.of(pieces), Ending.WELL);
    }

    public Answer ending(Ending other) {
      return new Answer(status, headers, pieces, other);
    }

    public Answer with(String header, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(header, value);
      return new Answer(status, more, pieces, ending);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Promise<Void> left = Promise.promise();

  public ScriptedServer(Function<Asked, Answer> answers) {
    server =
        ServiceStage.await(
            vertx
                .createHttpServer()
                .requestHandler(request -> request(request, answers))
                .listen(0, "127.0.0.1"));
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The requests to speak, in order. */
  public List<Asked> asked() {
    return asked.stream().filter(one -> one.method().equals("POST")).toList();
  }

  /** The texts that it was to speak, in order, as soon as there are so many. */
  public List<String> awaitAsked(int count) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    synchronized (asked) {
      try {
        while (asked().size() < count && System.nanoTime() < until) {
          asked.wait(100);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return asked().stream().map(one -> one.body().getString("input")).toList();
  }

  /** Waits until a client has gone before its answer's end. */
  public void awaitLeft() {
    ServiceStage.await(left.future());
  }

  private void request(HttpServerRequest request, Function<Asked, Answer> answers) {
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, String> headers = new HashMap<>();
              request.headers().forEach(one -> headers.put(one.getKey(), one.getValue()));
              Asked one =
                  new Asked(
                      request.method().name(),
                      request.uri(),
                      headers,
                      body.length() == 0 ? new JsonObject() : new JsonObject(body));
              asked.add(one);
              synchronized (asked) {
                asked.notifyAll();
              }
              answer(request, answers.apply(one));
            });
  }

  private void answer(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.setChunked(true);
    response.closeHandler(gone -> left.tryComplete());
    write(request, answer, 0);
  }

  /** One piece after another is on the wire, so that they arrive as they were cut. */
  private void write(HttpServerRequest request, Answer answer, int index) {
    HttpServerResponse response = request.response();
    if (index < answer.pieces().size()) {
      response
          .write(Buffer.buffer(answer.pieces().get(index)))
          .onSuccess(written -> write(request, answer, index + 1));
    } else if (answer.ending() == Ending.WELL) {
      response.end();
    } else if (answer.ending() == Ending.CUT) {
      request.connection().close();
    }
  }

  @Override
  public void close() {
    ServiceStage.await(vertx.close());
  }
}
