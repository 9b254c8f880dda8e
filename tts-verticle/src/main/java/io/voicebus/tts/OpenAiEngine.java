package io.voicebus.tts;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The voices of a server that speaks OpenAI's protocol: OpenAI's own, or one of many on a machine
 * of the user's. It never says a thing the same way twice, and does not tell where it is.
 *
 * <p>Thread-safe: its state lives on the Vert.x context that made it.
 */
public final class OpenAiEngine implements SpeechEngine {
  public static final String NAME = "openai";

  /** What OpenAI takes at once. */
  private static final int MAX_CHARS = 4_096;

  private final OpenAiSettings settings;
  private final Context context;
  private final HttpClient client;
  private final OpenAiDialect dialect;
  private final ServiceRequests requests;
  private final Set<OnceSink> active = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  OpenAiEngine(Vertx vertx, Clock clock, OpenAiSettings settings, ServiceTimes times) {
    this.settings = settings;
    context = vertx.getOrCreateContext();
    client = SpeechRequest.client(vertx, settings.baseUrl());
    dialect = new OpenAiDialect(settings);
    requests =
        new ServiceRequests(
            vertx,
            clock,
            times,
            client,
            dialect,
            new ServiceLimit(times, settings.maxConcurrent()));
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
    return settings + " " + settings.sampleRateHz() + " " + settings.fields().encode();
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice(settings.voice(), "the speech server's default voice", ""));
  }

  /** Some servers list their voices; one that does not is asked for its models instead. */
  @Override
  public CompletionStage<List<Voice>> offered() {
    return Future.<List<Voice>>future(
            answer ->
                context.runOnContext(
                    go ->
                        ask("audio/voices")
                            .map(this::readVoices)
                            .recover(why -> ask("models").map(body -> voices()))
                            .onComplete(answer)))
        .toCompletionStage();
  }

  private Future<String> ask(String path) {
    return client
        .request(dialect.options(HttpMethod.GET, path))
        .compose(HttpClientRequest::send)
        .recover(why -> Future.failedFuture(OpenAiFailures.unreachable().toException()))
        .compose(
            response ->
                response
                    .body()
                    .compose(
                        body ->
                            response.statusCode() == 200
                                ? Future.succeededFuture(body.toString())
                                : Future.failedFuture(
                                    OpenAiFailures.ofStatus(response.statusCode(), body.toString())
                                        .toException())));
  }

  /** Objects with an id and a name, or bare names. */
  private List<Voice> readVoices(String body) {
    List<Voice> voices = new ArrayList<>();
    for (Object each : new JsonObject(body).getJsonArray("voices", new JsonArray())) {
      if (each instanceof JsonObject voice && voice.getValue("id") instanceof String id) {
        voices.add(new Voice(id, voice.getString("name", id), ""));
      } else if (each instanceof String name) {
        voices.add(new Voice(name, name, ""));
      }
    }
    return voices.isEmpty() ? voices() : voices;
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    OnceSink once = new OnceSink(sink, () -> {});
    active.add(once);
    once.onClosed(() -> active.remove(once));
    String voice = utterance.voice().isEmpty() ? settings.voice() : utterance.voice();
    if (closed) {
      once.fail(FailureKind.UNAVAILABLE, "the speech server's engine was closed");
    } else if (utterance.text().isBlank()) {
      once.end();
    } else if (utterance.text().length() > MAX_CHARS) {
      once.fail(
          FailureKind.TOO_LARGE,
          "the speech server takes at most " + MAX_CHARS + " characters at once; send less");
    } else {
      ServiceUtterance spoken =
          new ServiceUtterance(voice, utterance, settings.sampleRateHz(), once);
      context.runOnContext(
          go -> {
            if (!spoken.over()) {
              requests.speak(spoken);
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
    active.forEach(
        sink -> sink.fail(FailureKind.UNAVAILABLE, "the speech server's engine was closed"));
    context.runOnContext(
        go -> {
          requests.close();
          client.close();
        });
  }
}
