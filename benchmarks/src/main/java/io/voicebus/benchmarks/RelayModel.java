package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import io.voicebus.emulators.GeminiEmulatorOptions;
import java.util.function.Consumer;

/** The model's answer as the relay reads it: events of the one framing that the emulator uses. */
final class RelayModel {
  private static final int MAX_CONNECTIONS = 2_000;
  private static final int KEEP_ALIVE_SECONDS = 240;
  private static final String PATH =
      "/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent?alt=sse";

  private final HttpClient client;
  private final RequestOptions stream;

  RelayModel(Vertx vertx, String baseUrl) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
    stream =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(baseUrl + PATH)
            .putHeader("x-goog-api-key", GeminiEmulatorOptions.DEFAULTS.key())
            .putHeader("content-type", "application/json");
  }

  /** Asks, and passes the answer on as it is written. */
  void ask(String prompt, Consumer<String> text, Runnable end, Consumer<Throwable> failed) {
    JsonObject part = new JsonObject().put("text", prompt);
    JsonObject content =
        new JsonObject().put("role", "user").put("parts", new JsonArray().add(part));
    Buffer body = new JsonObject().put("contents", new JsonArray().add(content)).toBuffer();
    client
        .request(stream)
        .compose(request -> request.send(body))
        .onSuccess(
            response -> {
              if (response.statusCode() != 200) {
                failed.accept(new IllegalStateException("model got " + response.statusCode()));
              } else {
                read(response, text, end, failed);
              }
            })
        .onFailure(failed::accept);
  }

  private static void read(
      HttpClientResponse response,
      Consumer<String> text,
      Runnable end,
      Consumer<Throwable> failed) {
    RecordParser lines = RecordParser.newDelimited("\n", line -> line(line, text));
    response.exceptionHandler(failed::accept);
    response.handler(lines);
    response.endHandler(ended -> end.run());
  }

  private static void line(Buffer line, Consumer<String> text) {
    if (line.length() < 6 || line.getByte(0) != 'd') {
      return;
    }
    JsonArray candidates =
        new JsonObject(line.getBuffer(5, line.length())).getJsonArray("candidates");
    JsonObject content =
        candidates == null ? null : candidates.getJsonObject(0).getJsonObject("content");
    JsonArray parts = content == null ? null : content.getJsonArray("parts");
    for (int i = 0; parts != null && i < parts.size(); i++) {
      String delta = parts.getJsonObject(i).getString("text", "");
      if (!delta.isEmpty()) {
        text.accept(delta);
      }
    }
  }
}
