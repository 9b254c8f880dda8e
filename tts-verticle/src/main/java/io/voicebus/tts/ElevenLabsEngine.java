package io.voicebus.tts;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The voices of ElevenLabs, over WebSockets that carry many utterances, or over HTTP. It never says
 * a thing the same way twice, and tells after which words a frame ends.
 *
 * <p>Thread-safe: its state lives on the Vert.x context that made it.
 */
public final class ElevenLabsEngine implements SpeechEngine {
  public static final String NAME = "elevenlabs";

  /** What every model takes at once. */
  private static final int MAX_CHARS = 10_000;

  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(ElevenLabsEngine.class);
  private static final Pattern VOICE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final ElevenSettings settings;
  private final Context context;
  private final ElevenSocketPool pool;
  private final HttpClient httpClient;
  private final ElevenDialect dialect;
  private final ServiceRequests requests;
  private final Set<OnceSink> active = ConcurrentHashMap.newKeySet();
  private volatile boolean http;
  private volatile boolean closed;

  ElevenLabsEngine(
      Vertx vertx, Clock clock, ElevenSettings settings, ServiceTimes times, int slots) {
    this.settings = settings;
    context = vertx.getOrCreateContext();
    int perSocket = settings.contextsPerSocket();
    int warm =
        settings.warmSockets() > 0
            ? settings.warmSockets()
            : Math.max(1, (slots + perSocket - 1) / perSocket);
    httpClient = SpeechRequest.client(vertx, settings.baseUrl());
    dialect = new ElevenDialect(settings);
    ServiceLimit limit = new ServiceLimit(times, settings.maxConcurrent());
    pool =
        new ElevenSocketPool(
            vertx, clock, settings, times, client(vertx, times), warm, limit, new OverHttp());
    requests = new ServiceRequests(vertx, clock, times, httpClient, dialect, limit);
    http = settings.startsWithHttp();
    if (!http) {
      context.runOnContext(go -> pool.open());
    }
  }

  /** What the service will not say over WebSockets, if it is not to be said over these only. */
  private final class OverHttp implements ElevenSocketPool.Elsewhere {
    @Override
    public boolean takesOver(Failure why) {
      if (settings.transport() == ElevenSettings.Transport.AUTO && ElevenFailures.isOfModel(why)) {
        http = true;
      }
      return http;
    }

    @Override
    public void speak(ServiceUtterance utterance) {
      requests.speak(utterance);
    }
  }

  private static WebSocketClient client(Vertx vertx, ServiceTimes times) {
    return vertx.createWebSocketClient(
        new WebSocketClientOptions()
            .setMaxConnections(1_000) // the pool has its own bound, and must not wait for this one
            .setMaxFrameSize(MAX_MESSAGE_BYTES)
            .setMaxMessageSize(MAX_MESSAGE_BYTES)
            .setTryUsePerFrameCompression(false)
            .setTryUsePerMessageCompression(false)
            .setClosingTimeout(1) // what is left may be dead and answer no close
            .setTcpNoDelay(true)
            .setConnectTimeout((int) times.connect().toMillis()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return new EngineTraits(false, settings.sampleRateHz(), Set.of(), settings.maxConcurrent());
  }

  @Override
  public String setup() {
    return settings + " " + settings.language() + " " + settings.voiceSettings().encode();
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice(settings.voice(), "the ElevenLabs default voice", ""));
  }

  @Override
  public CompletionStage<Void> warm() {
    return http
        ? Future.<Void>future(warm -> context.runOnContext(go -> warmHttp().onComplete(warm)))
            .toCompletionStage()
        : pool.warm().toCompletionStage();
  }

  /**
   * Opens a connection, so that the first utterance need not, with a question that costs nothing.
   *
   * @return fails if the service does not accept the key
   */
  private Future<Void> warmHttp() {
    return ask("models")
        .<Void>mapEmpty()
        .recover(
            why -> {
              Failure failure = Failure.of(Stage.SPEECH, why);
              if (failure.kind() == FailureKind.UNAUTHENTICATED
                  && ElevenFailures.isOfKey(failure)) {
                return Future.failedFuture(why);
              }
              if (failure.kind() == FailureKind.UNAVAILABLE) {
                LOG.warn("ElevenLabs is not ready: {}", failure.detail());
              }
              return Future.succeededFuture();
            });
  }

  @Override
  public CompletionStage<List<Voice>> offered() {
    return Future.<String>future(
            answer -> context.runOnContext(go -> ask("voices").onComplete(answer)))
        .map(ElevenLabsEngine::readVoices)
        .toCompletionStage();
  }

  private static List<Voice> readVoices(String body) {
    List<Voice> voices = new ArrayList<>();
    for (Object each : new JsonObject(body).getJsonArray("voices", new JsonArray())) {
      if (each instanceof JsonObject voice && voice.getValue("voice_id") instanceof String id) {
        voices.add(new Voice(id, voice.getString("name", id), ""));
      }
    }
    return voices;
  }

  /** Asks for something that costs nothing; fails with what the answer means. */
  private Future<String> ask(String path) {
    return httpClient
        .request(dialect.options(HttpMethod.GET, settings.path(path)))
        .compose(request -> request.send())
        .compose(
            response ->
                response
                    .body()
                    .compose(
                        body ->
                            response.statusCode() == 200
                                ? Future.succeededFuture(body.toString())
                                : Future.failedFuture(
                                    ElevenFailures.ofStatus(response.statusCode(), body.toString())
                                        .toException())))
        .recover(
            why ->
                Future.failedFuture(
                    why instanceof VoicebusException
                        ? why
                        : ElevenFailures.unreachable().toException()));
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    Closing closing = new Closing();
    OnceSink once = new OnceSink(sink, closing);
    closing.sink = once;
    active.add(once);
    String voice = utterance.voice().isEmpty() ? settings.voice() : utterance.voice();
    if (closed) {
      once.fail(FailureKind.UNAVAILABLE, "the ElevenLabs engine was closed");
    } else if (utterance.text().isBlank()) {
      once.end();
    } else if (utterance.text().length() > MAX_CHARS) {
      once.fail(
          FailureKind.TOO_LARGE,
          "ElevenLabs speaks at most " + MAX_CHARS + " characters at once; send less");
    } else if (!VOICE_ID.matcher(voice).matches()) {
      once.fail(
          FailureKind.NOT_FOUND, "that is no ElevenLabs voice: give a voice id (elevenlabs-voice)");
    } else {
      ServiceUtterance spoken =
          new ServiceUtterance(voice, utterance, settings.sampleRateHz(), once);
      context.runOnContext(
          go -> {
            if (!spoken.over()) {
              if (http || settings.prefersHttp(utterance)) {
                requests.speak(spoken);
              } else {
                pool.speak(spoken);
              }
            }
          });
    }
    return once;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    active.forEach(sink -> sink.fail(FailureKind.UNAVAILABLE, "the ElevenLabs engine was closed"));
    context.runOnContext(
        go -> {
          pool.close();
          requests.close();
          httpClient.close();
        });
  }

  /** Forgets a speech that is over; its context is left to come to its end. */
  private final class Closing implements Runnable {
    @Nullable OnceSink sink;

    @Override
    public void run() {
      if (sink != null) {
        active.remove(sink);
      }
    }
  }
}
