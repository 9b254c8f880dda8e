package io.voicebus.emulators;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bare client: asks, and keeps what came. */
final class GeminiProbe {
  static final String LITE = "/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent?alt=sse";
  static final String HELLO =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";

  private final Context context;
  private final HttpClient client;
  private final RequestOptions options;

  GeminiProbe(Vertx vertx, GeminiEmulator emulator) {
    this.context = vertx.getOrCreateContext();
    this.client = vertx.createHttpClient();
    this.options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(emulator.baseUrl() + LITE)
            .putHeader("content-type", "application/json")
            .putHeader("x-goog-api-key", "emulated-key");
  }

  record Reply(int status, String type, List<Buffer> pieces) {
    String body() {
      Buffer all = Buffer.buffer();
      pieces.forEach(all::appendBuffer);
      return all.toString();
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
                .compose(GeminiProbe::collect)
                .onComplete(reply));
    try {
      return await(reply.future());
    } finally {
      // A client that nobody refers to is closed, with all its connections.
      Reference.reachabilityFence(client);
    }
  }

  private static Future<Reply> collect(HttpClientResponse response) {
    List<Buffer> pieces = new ArrayList<>();
    response.handler(pieces::add);
    Reply reply = new Reply(response.statusCode(), response.getHeader("content-type"), pieces);
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
