package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks OpenAI's chat completions and speech, as strict and as nasty as the real
 * ones, on loopback. What it does with a request that obeys the rules is an {@link
 * OpenAiChatScript} or an {@link OpenAiSpeechScript}; what it says is {@link EmulatedSpeech}.
 * Thread-safe; everything happens on one context.
 */
public final class OpenAiEmulator {
  private static final String CAPTIONED = "POST /dev/captioned_speech";
  private static final String CAPTIONS_PROBE = "GET /dev/captioned_speech";

  /** Longer bodies are refused. */
  private static final int MAX_BODY_BYTES = 20 * 1024 * 1024;

  private static final String BASE = "/v1";
  private static final String BEARER = "Bearer ";

  private final Vertx vertx;
  private final OpenAiOptions options;
  private final OpenAiUsage usage = new OpenAiUsage();
  private final AtomicLong sentBytes = new AtomicLong();
  private final HttpServer server;
  private long chats;
  private long speeches;
  private volatile boolean loading;

  private OpenAiEmulator(Vertx vertx, OpenAiOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::take)
            .connectionHandler(
                connection -> {
                  usage.connected();
                  connection.closeHandler(closed -> usage.disconnected());
                });
  }

  /** Starts one; ready once the future completes. */
  public static Future<OpenAiEmulator> start(Vertx vertx, OpenAiOptions options) {
    Promise<OpenAiEmulator> started = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            go -> {
              OpenAiEmulator emulator = new OpenAiEmulator(vertx, options);
              emulator
                  .server
                  .listen(options.port(), options.host())
                  .map(emulator)
                  .onComplete(started);
            });
    return started.future();
  }

  /** What clients call the base URL: with {@code /v1}, without a slash at its end. */
  public String baseUrl() {
    return rootUrl() + BASE;
  }

  /** Scheme, host and port. */
  public String rootUrl() {
    return "http://" + options.host() + ":" + server.actualPort();
  }

  public OpenAiCounters counters() {
    return usage.counters();
  }

  /** Completes as soon as the counters are as wished. */
  public Future<OpenAiCounters> when(Predicate<OpenAiCounters> wish) {
    return usage.when(wish);
  }

  /** Bytes of streams of text so far, as far as sockets took them. */
  public long sentBytes() {
    return sentBytes.get();
  }

  /** Whether it says that it is still loading its model, as llama.cpp does. */
  public void setLoading(boolean still) {
    loading = still;
  }

  /** Closes it, and every connection to it. */
  public Future<Void> close() {
    return server.close();
  }

  private void take(HttpServerRequest request) {
    String what = request.method().name() + " " + request.path();
    try {
      if (what.equals("GET /health")) {
        checkLoading();
        send(request, new JsonObject().put("status", "ok"));
        return;
      }
      switch (what) {
        case "GET /v1/models", "GET /v1/audio/voices" -> {
          checkKey(request);
          send(request, what.endsWith("voices") ? voices() : models());
        }
        case "POST /v1/chat/completions" -> new Exchange(request, false, false).begin();
        case "POST /v1/audio/speech" -> new Exchange(request, true, false).begin();
        case CAPTIONED -> captioned(request);
        case CAPTIONS_PROBE -> throw new OpenAiRejection(noCaptions());
        default ->
            throw new OpenAiRejection(
                new OpenAiError(
                    404, "invalid_request_error", null, null, "Invalid URL (" + what + ")"));
      }
    } catch (OpenAiRejection e) {
      refuse(request, OpenAiRefusal.of(e.error()));
    }
  }

  /** Kokoro-FastAPI's own; other servers have nothing there. */
  private void captioned(HttpServerRequest request) {
    if (options.flavor() != OpenAiFlavor.FASTAPI) {
      throw new OpenAiRejection(noCaptions());
    }
    new Exchange(request, true, true).begin();
  }

  private OpenAiError noCaptions() {
    return options.flavor() == OpenAiFlavor.FASTAPI
        ? new OpenAiError(405, "invalid_request_error", null, null, "Method Not Allowed")
        : new OpenAiError(404, "invalid_request_error", null, null, "Not Found");
  }

  private JsonObject models() {
    JsonArray data = new JsonArray();
    options.models().stream()
        .sorted()
        .forEach(
            id ->
                data.add(
                    new JsonObject()
                        .put("id", id)
                        .put("object", "model")
                        .put("created", OpenAiChat.CREATED)
                        .put("owned_by", "emulated")));
    return new JsonObject().put("object", "list").put("data", data);
  }

  /** Old servers list names, newer ones objects. */
  private JsonObject voices() {
    JsonArray voices = new JsonArray();
    options.voices().stream()
        .sorted()
        .forEach(
            id ->
                voices.add(
                    options.flavor() == OpenAiFlavor.PLAIN
                        ? id
                        : new JsonObject().put("id", id).put("name", id)));
    return new JsonObject().put("voices", voices);
  }

  private void checkLoading() {
    if (loading) {
      throw new OpenAiRejection(OpenAiError.loading());
    }
  }

  private void checkKey(HttpServerRequest request) {
    if (options.key().isEmpty()) {
      return;
    }
    @Nullable String authorization = request.getHeader("authorization");
    if (authorization == null || authorization.isBlank()) {
      throw new OpenAiRejection(OpenAiError.noKey());
    }
    if (!authorization.equals(BEARER + options.key())) {
      throw new OpenAiRejection(OpenAiError.badKey());
    }
  }

  private static void checkType(HttpServerRequest request) {
    String type = request.getHeader("content-type");
    if (type == null
        || !type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw new OpenAiRejection(
          OpenAiError.invalid("Content-Type must be application/json, not " + type + "."));
    }
  }

  private static Map<String, String> headers(HttpServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    headers.remove("authorization");
    return Map.copyOf(headers);
  }

  private static void send(HttpServerRequest request, JsonObject body) {
    request
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("x-request-id", "req_emulated")
        .end(body.toBuffer());
  }

  private void refuse(HttpServerRequest request, OpenAiRefusal refusal) {
    usage.refused();
    HttpServerResponse response = request.response();
    response.putHeader("content-type", refusal.contentType());
    refusal.headers().forEach(response::putHeader);
    OpenAiError error = refusal.error();
    if (error == null) {
      response.setStatusCode(refusal.status()).end(refusal.body());
    } else {
      response
          .setStatusCode(error.status(options.flavor()))
          .end(error.json(options.flavor()).toBuffer());
    }
  }

  /** One request and what becomes of it. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final boolean speech;
    private final boolean captioned;
    private final Buffer body = Buffer.buffer();
    private Runnable onGone = () -> {};
    private boolean over;

    Exchange(HttpServerRequest request, boolean speech, boolean captioned) {
      this.request = request;
      this.speech = speech;
      this.captioned = captioned;
    }

    void begin() {
      usage.begun(speech);
      request.response().endHandler(ended -> over(true));
      request.response().closeHandler(gone -> over(false));
      request.response().exceptionHandler(broken -> over(false));
      request.exceptionHandler(broken -> over(false));
      try {
        checkKey(request);
        checkType(request);
        checkLoading();
      } catch (OpenAiRejection e) {
        refuse(request, OpenAiRefusal.of(e.error()));
        return;
      }
      request.handler(this::collect);
      request.endHandler(ended -> answer());
    }

    private void collect(Buffer piece) {
      if (body.length() <= MAX_BODY_BYTES) {
        body.appendBuffer(piece);
      }
    }

    private void answer() {
      try {
        if (body.length() > MAX_BODY_BYTES) {
          throw new OpenAiRejection(OpenAiError.invalid("The request is too large."));
        }
        OpenAiFields fields = OpenAiFields.parse(body);
        if (speech) {
          speak(fields);
        } else {
          chat(fields);
        }
      } catch (OpenAiRejection e) {
        refuse(request, OpenAiRefusal.of(e.error()));
      }
    }

    private void chat(OpenAiFields fields) {
      String prompt = OpenAiChatRules.check(fields, options);
      OpenAiChatCall call =
          new OpenAiChatCall(
              chats++,
              usage.counters().openChats(),
              fields.requiredText("model"),
              prompt,
              fields.values(),
              headers(request));
      OpenAiChatScript script = options.chat().apply(call);
      if (script.refusal() != null) {
        refuse(request, script.refusal());
        return;
      }
      if (script.style().usage() == OpenAiStyle.Usage.REFUSED) {
        OpenAiChatRules.refuseStreamOptions(call.body());
      }
      if (script.style().shape() == OpenAiStyle.Shape.JSON_AND_DONE) {
        String whole = OpenAiChat.completion(script, call).encodePrettily();
        request.response().putHeader("content-type", "text/event-stream");
        request.response().end(whole + "\n\ndata: [DONE]\n\n");
        return;
      }
      if (!call.stream() || script.style().shape() == OpenAiStyle.Shape.JSON) {
        JsonObject whole = OpenAiChat.completion(script, call);
        int ms = Math.max(1, script.pace().wholeMs(OpenAiChat.text(script)));
        long timer = vertx.setTimer(ms, due -> send(request, whole));
        onGone = () -> vertx.cancelTimer(timer);
        return;
      }
      EventStream stream =
          new EventStream(
              vertx,
              request.response(),
              script.pace(),
              script.framing().cutBytes(),
              new OpenAiChatEvents(script, call, options.flavor()),
              sentBytes);
      onGone = stream::gone;
      stream.begin();
    }

    private void speak(OpenAiFields fields) {
      OpenAiSpeechRules.Speech asked = OpenAiSpeechRules.check(fields, options);
      OpenAiSpeechCall call =
          new OpenAiSpeechCall(
              speeches++,
              usage.counters().openSpeeches(),
              asked.model(),
              asked.voice(),
              asked.input(),
              asked.format(),
              asked.sse(),
              captioned,
              fields.values(),
              headers(request));
      OpenAiSpeechScript script = options.speech().apply(call);
      if (script.refusal() != null) {
        refuse(request, script.refusal());
        return;
      }
      usage.spoken(asked.input().length());
      OpenAiSpeech answer = new OpenAiSpeech(vertx, request, call, script, options.flavor());
      onGone = answer::gone;
      answer.begin();
    }

    private void over(boolean whole) {
      if (!over) {
        over = true;
        onGone.run();
        usage.finished(speech, whole);
      }
    }
  }
}
