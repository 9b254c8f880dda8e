package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.Voices;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /v1/voices}: the engines and voices that can be used, and why others cannot. */
final class VoicesEndpoint {
  private final Voices voices;

  VoicesEndpoint(Voices voices) {
    this.voices = voices;
  }

  /** What all engines offer, as it was some seconds ago at most. */
  Future<List<EngineVoices>> all() {
    return voices.recent();
  }

  void get(RoutingContext context) {
    voices
        .recent()
        .compose(all -> Body.json(context.response(), json(all)))
        .onFailure(context::fail);
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
    if (engine.order() > 0) {
      json.put("order", engine.order());
    }
    if (!engine.defaultVoice().isEmpty()) {
      json.put("default_voice", engine.defaultVoice());
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
