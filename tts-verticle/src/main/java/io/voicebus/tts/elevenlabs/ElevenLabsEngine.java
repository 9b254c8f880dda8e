package io.voicebus.tts.elevenlabs;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Outbound;
import io.voicebus.tts.engine.EngineSpeeches;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.service.ServiceLimit;
import io.voicebus.tts.service.ServiceQuestion;
import io.voicebus.tts.service.ServiceReach;
import io.voicebus.tts.service.ServiceRequests;
import io.voicebus.tts.service.ServiceTimes;
import io.voicebus.tts.service.ServiceUtterance;
import io.voicebus.tts.service.SpeechRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with ElevenLabs, over WebSockets that carry several utterances each, or over HTTP. It is
 * not deterministic, and reports the words that each frame completes.
 *
 * <p>Thread-safe: its state belongs to the Vert.x context that created it.
 */
public final class ElevenLabsEngine implements SpeechEngine {
  public static final String NAME = "elevenlabs";

  /** What every model takes at once. */
  private static final int MAX_CHARS = 10_000;

  /** What is tried first where the plan's limit is not known: the least that a plan has. */
  private static final int FIRST_TRY = 4;

  /** WebSockets kept open where that is not set: they cost nothing, and bring 16 utterances. */
  private static final int WARM_SOCKETS = 4;

  /** The list of voices is not waited for longer. */
  private static final int VOICES_SECONDS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(ElevenLabsEngine.class);
  private static final Pattern VOICE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final ElevenSettings settings;
  private final Clock clock;
  private final Context context;
  private final ServiceLimit limit;
  private final ElevenSocketPool pool;
  private final HttpClient httpClient;
  private final ElevenDialect dialect;
  private final ServiceRequests requests;
  private final ServiceQuestion question;
  private final EngineSpeeches speeches =
      new EngineSpeeches("the ElevenLabs engine", "ElevenLabs", MAX_CHARS);
  private volatile String defaultVoice;
  private volatile boolean http;
  private volatile boolean closed;

  /** Bound to the context. */
  private boolean opened;

  ElevenLabsEngine(
      Vertx vertx, Clock clock, ElevenSettings settings, ServiceTimes times, Outbound outbound) {
    this.settings = settings;
    this.defaultVoice = settings.voice();
    this.clock = clock;
    context = vertx.getOrCreateContext();
    int warm = settings.warmSockets();
    if (warm == 0) {
      int perSocket = settings.contextsPerSocket();
      int needed = (settings.maxConcurrent() + perSocket - 1) / perSocket;
      warm = needed == 0 ? WARM_SOCKETS : Math.min(WARM_SOCKETS, needed);
    }
    ServiceReach reach = new ServiceReach(outbound, settings.baseUrl().address());
    httpClient = SpeechRequest.client(vertx, reach, times.connect());
    dialect = new ElevenDialect(settings, reach);
    limit = new ServiceLimit(times, settings.maxConcurrent(), FIRST_TRY, false);
    pool =
        new ElevenSocketPool(
            vertx,
            clock,
            settings,
            times,
            new ElevenConnections(vertx, reach, times),
            warm,
            limit,
            new OverHttp());
    requests = new ServiceRequests(vertx, clock, times, httpClient, dialect, limit);
    question = new ServiceQuestion(httpClient, dialect, times.connect());
    http = settings.startsWithHttp();
  }

  /**
   * Opens WebSockets for what is to be spoken, on the context. An engine that is only asked for its
   * voices, as for each check of the server's health, opens none.
   */
  private ElevenSocketPool opened() {
    if (!opened && !http && !closed) {
      opened = true;
      pool.open();
    }
    return pool;
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

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return new EngineTraits(
        false, settings.sampleRateHz(), Set.of(), settings.maxConcurrent(), settings.speeds());
  }

  /**
   * At most what its WebSockets can carry now, so that a worker accepts no chunk that would wait.
   */
  @Override
  public int slots() {
    boolean told = settings.maxConcurrent() > 0;
    return http || told ? limit.slots() : Math.min(limit.slots(), pool.mostContexts());
  }

  @Override
  public boolean behind() {
    return pool.behind() || requests.behind();
  }

  @Override
  public void onSlots(Runnable more) {
    limit.onMore(more);
  }

  @Override
  public String setup() {
    return String.join(
        " ",
        settings.toString(),
        settings.language(),
        settings.voiceSettings().encode(),
        settings.extra().encode(),
        settings.query().toString());
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice(defaultVoice, "the ElevenLabs default voice", ""));
  }

  @Override
  public CompletionStage<Void> warm() {
    return Future.<Void>future(
            warm ->
                context.runOnContext(
                    go ->
                        (http ? warmHttp() : opened().warm())
                            .compose(ready -> settings.stock() ? findVoice() : ended())
                            .onComplete(warm)))
        .toCompletionStage();
  }

  private static Future<Void> ended() {
    return Future.succeededFuture();
  }

  /** A stock voice that the account does not have is replaced by one that it has. */
  private Future<Void> findVoice() {
    return ask("voices")
        .map(ElevenLabsEngine::readVoices)
        .timeout(VOICES_SECONDS, TimeUnit.SECONDS)
        .<Void>map(
            voices -> {
              boolean there = voices.stream().anyMatch(one -> one.id().equals(settings.voice()));
              if (!there && !voices.isEmpty()) {
                Voice other = voices.get(0);
                LOG.warn(
                    "this ElevenLabs account has no voice {}: {} ({}) speaks instead; choose one"
                        + " with elevenlabs-voice",
                    settings.voice(),
                    other.name(),
                    other.id());
                defaultVoice = other.id();
                if (!http) {
                  pool.keepWarm(other.id());
                }
              }
              return null;
            })
        .otherwiseEmpty(); // a key for speech alone may not ask
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

  /** The voices that have an id; one without a name gets its id as name. */
  static List<Voice> readVoices(String body) {
    List<Voice> voices = new ArrayList<>();
    Object listed = new JsonObject(body).getValue("voices");
    for (Object each : listed instanceof JsonArray all ? all : new JsonArray()) {
      if (each instanceof JsonObject voice && voice.getValue("voice_id") instanceof String id) {
        voices.add(new Voice(id, voice.getValue("name") instanceof String name ? name : id, ""));
      }
    }
    return voices;
  }

  private Future<String> ask(String path) {
    return question.ask(dialect.options(HttpMethod.GET, settings.path(path)));
  }

  /** Reports to the sink when the service is asked, and the characters that it is given. */
  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    OnceSink once = speeches.begin(utterance, sink);
    String voice = utterance.voice().isEmpty() ? defaultVoice : utterance.voice();
    if (once.closed()) {
      return once;
    }
    if (!VOICE_ID.matcher(voice).matches()) {
      once.fail(
          FailureKind.NOT_FOUND, "that is no ElevenLabs voice: give a voice id (elevenlabs-voice)");
    } else {
      ServiceUtterance spoken =
          new ServiceUtterance(voice, utterance, settings.sampleRateHz(), once);
      context.runOnContext(
          go -> {
            if (!spoken.over()) {
              spoken.dueAt(clock.nanoTime());
              if (http || settings.prefersHttp(utterance)) {
                requests.speak(spoken);
              } else {
                opened().speak(spoken);
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
    speeches.close();
    context.runOnContext(
        go -> {
          pool.close();
          requests.close();
          httpClient.close();
        });
  }
}
