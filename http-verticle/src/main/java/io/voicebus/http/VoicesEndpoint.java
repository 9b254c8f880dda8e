package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.turn.Voices;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /v1/voices}: the engines and voices that can be used, and why others cannot. */
final class VoicesEndpoint {
  /** How long an answer is good for all who ask: services are not asked more often. */
  static final Duration KEPT = Duration.ofSeconds(10);

  private final Voices voices;
  private final Clock clock;

  /** Asked for, or the last answer. */
  private @Nullable Future<List<EngineVoices>> known;

  private long askedAt;

  VoicesEndpoint(Voices voices, Clock clock) {
    this.voices = voices;
    this.clock = clock;
  }

  void get(RoutingContext context) {
    find()
        .compose(
            all ->
                context
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end(json(all).toString()))
        .onFailure(context::fail);
  }

  private Future<List<EngineVoices>> find() {
    Future<List<EngineVoices>> last = known;
    boolean good = last != null && !last.failed() && clock.nanoTime() - askedAt < KEPT.toNanos();
    if (last == null || !good) {
      last = voices.ask();
      known = last;
      askedAt = clock.nanoTime();
    }
    return last;
  }

  private static JsonText json(List<EngineVoices> engines) {
    return JsonText.object()
        .putJson(
            "engines",
            engines.stream()
                .map(engine -> json(engine).toString())
                .collect(Collectors.joining(",", "[", "]")));
  }

  private static JsonText json(EngineVoices engine) {
    JsonText json = JsonText.object().put("engine", engine.engine()).put("usable", engine.usable());
    if (!engine.usable()) {
      json.put("reason", engine.reason());
    }
    return json.putJson(
        "voices",
        engine.voices().stream()
            .map(voice -> json(voice).toString())
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static JsonText json(EngineVoice voice) {
    return JsonText.object()
        .put("id", voice.id())
        .put("name", voice.name())
        .put("language", voice.language());
  }
}
