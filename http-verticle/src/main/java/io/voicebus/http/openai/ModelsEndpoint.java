package io.voicebus.http.openai;

import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.VoiceAliases;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /v1/models}, {@code /v1/audio/models} and {@code /v1/audio/voices}: what clients offer
 * in their menus. Any other model's name is taken as well.
 */
final class ModelsEndpoint {
  /** The names that most clients use without asking. */
  private static final List<String> ALWAYS =
      List.of("voicebus", "tts-1", "tts-1-hd", "gpt-4o-mini-tts");

  private final VoiceDirectory voices;

  ModelsEndpoint(VoiceDirectory voices) {
    this.voices = voices;
  }

  void list(RoutingContext context) {
    voices
        .get()
        .compose(
            known ->
                Body.json(
                    context.response(),
                    JsonText.object()
                        .put("object", "list")
                        .putJson("data", list(models(known).map(ModelsEndpoint::model)))))
        .onFailure(context::fail);
  }

  void one(RoutingContext context) {
    String id = context.pathParam("id");
    voices
        .get()
        .compose(
            known -> {
              if (models(known).noneMatch(id::equals)) {
                throw Invalid.notFound("model", "there is no model " + JsonFields.show(id));
              }
              return Body.json(context.response(), model(id));
            })
        .onFailure(context::fail);
  }

  /** As Open WebUI asks for them. */
  void speechModels(RoutingContext context) {
    voices
        .get()
        .compose(
            known ->
                Body.json(
                    context.response(),
                    JsonText.object()
                        .putJson("models", list(models(known).map(ModelsEndpoint::model)))))
        .onFailure(context::fail);
  }

  void voices(RoutingContext context) {
    voices
        .now()
        .compose(
            known ->
                Body.json(
                    context.response(), JsonText.object().putJson("voices", list(voices(known)))))
        .onFailure(context::fail);
  }

  private static Stream<String> models(KnownVoices known) {
    return Stream.concat(
        ALWAYS.stream(),
        known.engines().stream().filter(EngineVoices::usable).map(EngineVoices::engine));
  }

  private static JsonText model(String id) {
    return JsonText.object()
        .put("id", id)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "voicebus");
  }

  private static Stream<JsonText> voices(KnownVoices known) {
    Stream<JsonText> ours =
        known.engines().stream()
            .flatMap(
                engine ->
                    engine.voices().stream()
                        .map(voice -> voice(engine.engine() + "/" + voice.id(), voice.name())));
    Map<String, String> aliases = known.aliases().voices();
    Stream<JsonText> others =
        Stream.concat(
                VoiceAliases.OPENAI.stream().filter(name -> !aliases.containsKey(name)),
                aliases.keySet().stream())
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .map(name -> voice(name, name));
    return Stream.concat(ours, others);
  }

  private static JsonText voice(String id, String name) {
    return JsonText.object().put("id", id).put("name", name);
  }

  private static String list(Stream<JsonText> items) {
    return items.map(JsonText::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
