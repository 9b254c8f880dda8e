package io.voicebus.tts;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.voicebus.contract.Clock;
import io.voicebus.contract.FailureKind;
import java.util.List;
import java.util.Set;
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
    requests = new ServiceRequests(vertx, clock, times, client, dialect, settings.maxConcurrent());
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
