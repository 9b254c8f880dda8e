package io.voicebus.http.elevenlabs;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.QueryParameter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /v1/voices}, {@code /v1/voices/{id}} and its settings, {@code /v2/voices} and {@code
 * /v1/models}: what clients offer in their menus. Any other model's name is taken as well.
 */
final class CatalogEndpoint {
  /** The names that most clients use without asking. */
  private static final List<String> ALWAYS =
      List.of("voicebus", "eleven_flash_v2_5", "eleven_turbo_v2_5", "eleven_multilingual_v2");

  /**
   * What ElevenLabs itself says of a voice for which nothing was set. Only {@code speed} has an
   * effect here; some clients cannot read settings that lack a field.
   */
  private static final JsonText SETTINGS =
      JsonText.object()
          .putJson("stability", "0.5")
          .putJson("similarity_boost", "0.75")
          .putJson("style", "0.0")
          .put("use_speaker_boost", true)
          .putJson("speed", "1.0");

  private final VoiceDirectory voices;
  private final int maxTextBytes;

  CatalogEndpoint(VoiceDirectory voices, int maxTextBytes) {
    this.voices = voices;
    this.maxTextBytes = maxTextBytes;
  }

  /** A voice as its clients are told of it. */
  private record Listed(String engine, String id, EngineVoice voice) {
    boolean isCalled(String name) {
      return id.equals(name)
          || name.equals(engine + "/" + voice.id())
          || name.equals(engine + ":" + voice.id());
    }

    boolean matches(String search) {
      String plain = KnownVoices.plain(search);
      return Stream.of(id, voice.name(), voice.language(), engine)
          .anyMatch(each -> KnownVoices.plain(each).contains(plain));
    }

    String json() {
      JsonText labels = JsonText.object().put("engine", engine);
      if (!voice.language().isEmpty()) {
        labels.put("language", voice.language());
      }
      return JsonText.object()
          .put("voice_id", id)
          .put("name", voice.name())
          .put("category", "premade")
          .put("labels", labels)
          .put("description", "a voice of the engine " + engine)
          .putJson("preview_url", "null")
          .putJson("available_for_tiers", "[]")
          .put("settings", SETTINGS)
          .toString();
    }
  }

  void voices(RoutingContext context) {
    voices
        .now()
        .compose(
            known ->
                Body.json(
                    context.response(),
                    JsonText.object().putJson("voices", list(all(known).map(Listed::json)))))
        .onFailure(context::fail);
  }

  /** All on one page, whatever its size should be. */
  void search(RoutingContext context) {
    String search = Objects.requireNonNullElse(QueryParameter.of(context.request(), "search"), "");
    voices
        .now()
        .compose(
            known -> {
              List<Listed> found = all(known).filter(one -> one.matches(search)).toList();
              return Body.json(
                  context.response(),
                  JsonText.object()
                      .putJson("voices", list(found.stream().map(Listed::json)))
                      .put("has_more", false)
                      .put("total_count", found.size())
                      .putJson("next_page_token", "null"));
            })
        .onFailure(context::fail);
  }

  void voice(RoutingContext context) {
    found(context)
        .compose(found -> Body.json(context.response(), found.json()))
        .onFailure(context::fail);
  }

  void settings(RoutingContext context) {
    found(context)
        .compose(found -> Body.json(context.response(), SETTINGS))
        .onFailure(context::fail);
  }

  /** Of a voice for which nothing was set, which are all. */
  void usualSettings(RoutingContext context) {
    Body.json(context.response(), SETTINGS).onFailure(context::fail);
  }

  private Future<Listed> found(RoutingContext context) {
    String id = context.pathParam("id");
    return voices
        .now()
        .map(
            known ->
                all(known)
                    .filter(one -> one.isCalled(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Refusal.of(
                                FailureKind.NOT_FOUND,
                                VoiceIds.PARAM,
                                "voice_not_found",
                                "there is no voice " + JsonFields.show(id))));
  }

  void models(RoutingContext context) {
    voices
        .get()
        .compose(
            known -> {
              String languages = languages(known);
              Stream<String> ids =
                  Stream.concat(
                      ALWAYS.stream(), usable(known).map(EngineVoices::engine).distinct());
              return Body.json(context.response(), list(ids.map(id -> model(id, languages))));
            })
        .onFailure(context::fail);
  }

  private String model(String id, String languages) {
    return JsonText.object()
        .put("model_id", id)
        .put("name", id)
        .put("can_do_text_to_speech", true)
        .put("can_do_voice_conversion", false)
        .put("maximum_text_length_per_request", maxTextBytes)
        .putJson("languages", languages)
        .toString();
  }

  private static Stream<EngineVoices> usable(KnownVoices known) {
    return known.engines().stream().filter(EngineVoices::usable);
  }

  private static Stream<Listed> all(KnownVoices known) {
    return usable(known)
        .flatMap(
            engine ->
                engine.voices().stream()
                    .map(
                        voice ->
                            new Listed(
                                engine.engine(),
                                VoiceIds.of(known.engines(), engine, voice),
                                voice)));
  }

  private static String languages(KnownVoices known) {
    return list(
        usable(known)
            .flatMap(engine -> engine.voices().stream())
            .map(EngineVoice::language)
            .filter(code -> !code.isEmpty())
            .distinct()
            .sorted()
            .map(
                code ->
                    JsonText.object()
                        .put("language_id", code)
                        .put("name", Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH))
                        .toString()));
  }

  private static String list(Stream<String> items) {
    return items.collect(Collectors.joining(",", "[", "]"));
  }
}
