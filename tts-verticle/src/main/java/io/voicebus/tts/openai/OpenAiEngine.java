package io.voicebus.tts.openai;

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
import io.voicebus.tts.engine.SpeedRange;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with a server that has OpenAI's protocol: OpenAI's own, or one on a machine of the user's.
 * It is not deterministic, and reports no progress within the text.
 *
 * <p>Thread-safe: its state belongs to the Vert.x context that created it.
 */
public final class OpenAiEngine implements SpeechEngine {
  public static final String NAME = "openai";

  /** What OpenAI takes at once. */
  private static final int MAX_CHARS = 4_096;

  /** A refusal costs a request and nothing else. */
  private static final int FIRST_TRY = 16;

  /** Requests at once for an unknown server on this machine: they slow each other down. */
  private static final int FIRST_TRY_AT_HOME = 2;

  private static final Logger LOG = LoggerFactory.getLogger(OpenAiEngine.class);

  private final OpenAiSettings settings;
  private final ServiceLimit limit;
  private final Context context;
  private final HttpClient client;
  private final OpenAiDialect dialect;
  private final ServiceRequests requests;
  private final ServiceQuestion question;
  private final EngineSpeeches speeches =
      new EngineSpeeches("the speech server's engine", "the speech server", MAX_CHARS);
  private volatile boolean closed;

  /** The server was asked for them, and was not there. Used on the context only. */
  private boolean captionsUnanswered;

  OpenAiEngine(
      Vertx vertx, Clock clock, OpenAiSettings settings, ServiceTimes times, Outbound outbound) {
    this.settings = settings;
    context = vertx.getOrCreateContext();
    ServiceReach reach = new ServiceReach(outbound, settings.baseUrl().address());
    client = SpeechRequest.client(vertx, reach, times.connect());
    dialect = new OpenAiDialect(settings, reach);
    boolean home = settings.baseUrl().atHome();
    limit =
        new ServiceLimit(
            times, settings.maxConcurrent(), home ? FIRST_TRY_AT_HOME : FIRST_TRY, home);
    requests = new ServiceRequests(vertx, clock, times, client, dialect, limit);
    question = new ServiceQuestion(client, dialect, times.connect());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return new EngineTraits(
        false, settings.sampleRateHz(), Set.of(), settings.maxConcurrent(), SpeedRange.ANY);
  }

  @Override
  public int slots() {
    return limit.slots();
  }

  @Override
  public boolean behind() {
    return requests.behind();
  }

  @Override
  public void onSlots(Runnable more) {
    limit.onMore(more);
  }

  @Override
  public String setup() {
    return settings + " " + settings.sampleRateHz() + " " + settings.fields().encode();
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice(settings.voice(), "the speech server's default voice", ""));
  }

  /**
   * Opens a connection with a request that costs nothing, so that the first utterance finds it
   * open. A server that does not answer, or is still starting, is no failure.
   */
  @Override
  public CompletionStage<Void> warm() {
    return Future.<Void>future(
            warm ->
                context.runOnContext(
                    go ->
                        ask("models")
                            .onFailure(OpenAiEngine::notReady)
                            .<Void>mapEmpty()
                            .otherwiseEmpty()
                            .compose(asked -> findCaptions())
                            .onComplete(warm)))
        .toCompletionStage();
  }

  /** Asks once whether the server tells the times of its words. */
  private Future<Void> findCaptions() {
    if (!dialect.asksForCaptions()) {
      return Future.succeededFuture();
    }
    return question
        .status(dialect.captionsProbe())
        .onSuccess(dialect::captionsProbed)
        .onComplete(asked -> captionsUnanswered = asked.failed())
        .<Void>mapEmpty()
        .otherwiseEmpty(); // a server that comes later is asked then
  }

  private static void notReady(Throwable why) {
    Failure failure = Failure.of(Stage.SPEECH, why);
    boolean mayHaveNoList =
        failure.kind() != FailureKind.UNAVAILABLE && failure.kind() != FailureKind.UNAUTHENTICATED;
    if (!mayHaveNoList) {
      LOG.warn("not ready: {}", failure.detail());
    }
  }

  /** Asks the server for its voices, or for its models if it does not list voices. */
  @Override
  public CompletionStage<List<Voice>> offered() {
    return Future.<List<Voice>>future(
            answer ->
                context.runOnContext(
                    go ->
                        ask("audio/voices")
                            .map(OpenAiEngine::readVoices)
                            .map(found -> found.isEmpty() ? voices() : found)
                            .recover(why -> ask("models").map(body -> voices()))
                            .onComplete(answer)))
        .toCompletionStage();
  }

  private Future<String> ask(String path) {
    return question.ask(dialect.options(HttpMethod.GET, path));
  }

  /** Objects with an id and a name, or bare names. */
  static List<Voice> readVoices(String body) {
    List<Voice> voices = new ArrayList<>();
    Object listed = new JsonObject(body).getValue("voices");
    for (Object each : listed instanceof JsonArray all ? all : new JsonArray()) {
      if (each instanceof JsonObject voice && voice.getValue("id") instanceof String id) {
        voices.add(new Voice(id, voice.getValue("name") instanceof String name ? name : id, ""));
      } else if (each instanceof String name) {
        voices.add(new Voice(name, name, ""));
      }
    }
    return voices;
  }

  /** Reports to the sink when the server is asked, and the characters that it is given. */
  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    OnceSink once = speeches.begin(utterance, sink);
    String voice = utterance.voice().isEmpty() ? settings.voice() : utterance.voice();
    if (!once.closed()) {
      ServiceUtterance spoken =
          new ServiceUtterance(voice, utterance, settings.sampleRateHz(), once);
      context.runOnContext(
          go -> {
            if (spoken.over()) {
              return;
            }
            requests.speak(spoken);
            if (captionsUnanswered) {
              captionsUnanswered = false;
              findCaptions();
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
          requests.close();
          client.close();
        });
  }
}
