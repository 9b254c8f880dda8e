package io.voicebus.emulators;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A bare client: asks, and keeps what came. */
final class Probe {
  static final String LITE = "/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent?alt=sse";
  static final String HELLO =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";

  private final Context context;
  private final HttpClient client;
  private final RequestOptions options;

  private Probe(Vertx vertx, String url) {
    this.context = vertx.getOrCreateContext();
    this.client = vertx.createHttpClient();
    this.options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .putHeader("content-type", "application/json");
  }

  /** Asks Gemini. */
  static Probe of(Vertx vertx, GeminiEmulator emulator) {
    Probe probe = new Probe(vertx, emulator.baseUrl() + LITE);
    probe.options.putHeader("x-goog-api-key", "emulated-key");
    return probe;
  }

  /** Asks an OpenAI-compatible server. */
  static Probe of(Vertx vertx, OpenAiEmulator emulator, String path) {
    Probe probe = new Probe(vertx, emulator.baseUrl() + path);
    probe.options.putHeader("authorization", "Bearer emulated-key");
    return probe;
  }

  record Reply(int status, MultiMap headers, List<Buffer> pieces) {
    @Nullable String type() {
      return headers.get("content-type");
    }

    byte[] bytes() {
      Buffer all = Buffer.buffer();
      pieces.forEach(all::appendBuffer);
      return all.getBytes();
    }

    String body() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }

  RequestOptions options() {
    return new RequestOptions(options);
  }

  Reply ask(String body) {
    return ask(options, body);
  }

  Reply ask(RequestOptions to, String body) {
    // All on one context: what answers at once must not end before its handlers are there.
    Promise<Reply> reply = Promise.promise();
    context.runOnContext(
        ignored ->
            client
                .request(to)
                .compose(request -> request.send(body))
                .compose(Probe::collect)
                .onComplete(reply));
    try {
      return await(reply.future());
    } finally {
      // A client that nobody refers to is closed, with all its connections.
      Reference.reachabilityFence(client);
    }
  }

  /** Asks, and leaves as soon as the answer begins. */
  void leave(String body) {
    await(
        client
            .request(options)
            .compose(request -> request.send(body))
            .compose(response -> response.request().connection().close()));
  }

  private static Future<Reply> collect(HttpClientResponse response) {
    List<Buffer> pieces = new ArrayList<>();
    response.handler(pieces::add);
    Reply reply = new Reply(response.statusCode(), response.headers(), pieces);
    return response.end().map(reply);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
