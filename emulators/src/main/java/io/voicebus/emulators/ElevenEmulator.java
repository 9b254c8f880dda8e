package io.voicebus.emulators;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ElevenLabs' speech, as strict and as nasty as the real one, on loopback: WebSockets {@code
 * stream-input} and {@code multi-stream-input}, and HTTP. What it says is {@link EmulatedSpeech}.
 * Thread-safe; everything happens on one event loop.
 */
public final class ElevenEmulator {
  private static final String DIALOGUE = "/v1/text-to-dialogue/multi-stream-input";

  private static final Pattern PATH =
      Pattern.compile(
          "/v1/text-to-speech/([^/]+)(/stream-input|/multi-stream-input|/stream"
              + "|/stream/with-timestamps)?");

  private final Vertx vertx;
  private final ElevenOptions options;
  private final ElevenUsage usage;
  private final ElevenHttp http;
  private final HttpServer server;
  private final AtomicInteger requestIds = new AtomicInteger();
  private final AtomicReference<Refusing> refusing = new AtomicReference<>(Refusing.NOTHING);

  /** So many upgrades more get this. */
  private record Refusing(int upgrades, ElevenRefusal refusal) {
    static final Refusing NOTHING = new Refusing(0, ElevenRefusal.tooManyAtOnce());

    Refusing less() {
      return upgrades <= 1 ? NOTHING : new Refusing(upgrades - 1, refusal);
    }
  }

  private ElevenEmulator(Vertx vertx, ElevenOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.usage = new ElevenUsage(options.maxConcurrent(), options.credits());
    this.http = new ElevenHttp(vertx, options, usage);
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false));
  }

  /** Completes once it listens. */
  public static Future<ElevenEmulator> start(Vertx vertx, ElevenOptions options) {
    ElevenEmulator emulator = new ElevenEmulator(vertx, options);
    Promise<ElevenEmulator> listening = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        go ->
            emulator
                .server
                .requestHandler(emulator::request)
                .listen()
                .map(emulator)
                .onComplete(listening));
    return listening.future();
  }

  /** What a client takes for {@code https://api.elevenlabs.io}. */
  public String baseUrl() {
    return "http://" + options.host() + ":" + server.actualPort();
  }

  public ElevenCounters counters() {
    return usage.counters();
  }

  /** Completes as soon as the counters are as wished. */
  public Future<ElevenCounters> when(Predicate<ElevenCounters> wish) {
    return usage.when(wish);
  }

  /**
   * Refuses the next upgrades.
   *
   * @param status of HTTP; 429 comes with the headers that tell the limit
   * @param code the error's name
   */
  public void refuseUpgrades(int upgrades, int status, String code) {
    refusing.set(
        new Refusing(
            upgrades, ElevenRefusal.of(status, "emulated_error", code, "Refused as told.")));
  }

  /** Closes every connection. */
  public Future<Void> stop() {
    return server.close();
  }

  private void request(HttpServerRequest request) {
    String requestId = "emulated-" + requestIds.incrementAndGet();
    HttpServerResponse response = request.response();
    if (request.path().equals("/v1/voices") && request.method().equals(HttpMethod.GET)) {
      http.voices(request, requestId);
      return;
    }
    if (request.path().equals(DIALOGUE)) {
      upgrade(request, ElevenSpec.ofDialogue(request), requestId);
      return;
    }
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      ElevenRefusal.of(404, "not_found", "not_found", "Not Found").send(response, usage, requestId);
      return;
    }
    String voice = path.group(1);
    switch (ElevenSpec.or(path.group(2), "")) {
      case "/stream-input" -> upgrade(request, ElevenSpec.of(request, voice, false), requestId);
      case "/multi-stream-input" ->
          upgrade(request, ElevenSpec.of(request, voice, true), requestId);
      case "/stream" -> http.handle(request, voice, ElevenHttp.Shape.STREAM, requestId);
      case "/stream/with-timestamps" ->
          http.handle(request, voice, ElevenHttp.Shape.TIMESTAMPS, requestId);
      default -> http.handle(request, voice, ElevenHttp.Shape.WHOLE, requestId);
    }
  }

  private void upgrade(HttpServerRequest request, ElevenSpec spec, String requestId) {
    Refusing told = refusing.getAndUpdate(Refusing::less);
    Optional<ElevenRefusal> refusal =
        told.upgrades() > 0
            ? Optional.of(told.refusal())
            : !spec.takesModel()
                ? Optional.of(ElevenRefusal.unsupportedModel(spec.model()))
                : ElevenFormat.refusal(spec.format())
                    .or(
                        () ->
                            usage.full()
                                ? Optional.of(ElevenRefusal.tooManyAtOnce())
                                : Optional.empty());
    if (refusal.isPresent()) {
      refusal.get().send(request.response(), usage, requestId);
      return;
    }
    String key = ElevenKeys.of(request);
    request
        .toWebSocket()
        .onSuccess(
            ws -> {
              ElevenSocket socket =
                  new ElevenSocket(
                      vertx,
                      ws,
                      () -> request.connection().close(),
                      spec,
                      options,
                      usage,
                      ElevenKeys.accepts(options, key));
              socket.open();
              if (!key.isEmpty() && !ElevenKeys.accepts(options, key)) {
                socket.fail(ElevenError.of("invalid_api_key"), null);
              }
            });
  }
}
