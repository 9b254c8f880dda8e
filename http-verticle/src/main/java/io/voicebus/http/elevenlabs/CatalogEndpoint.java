package io.voicebus.http.elevenlabs;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.OfferedLanguages;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.QueryParameter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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

  /**
   * A voice as its clients are told of it.
   *
   * @param name for people
   * @param voice what speaks
   */
  private record Listed(String engine, String id, String name, EngineVoice voice) {
    boolean isCalled(String name) {
      return id.equalsIgnoreCase(name)
          || name.equals(engine + "/" + voice.id())
          || name.equals(engine + ":" + voice.id());
    }

    boolean matches(String search) {
      String plain = KnownVoices.plain(search);
      return Stream.of(id, name, voice.language(), engine)
          .anyMatch(each -> KnownVoices.plain(each).contains(plain));
    }

    String json() {
      JsonText labels = JsonText.object().put("engine", engine);
      if (!voice.language().isEmpty()) {
        labels.put("language", voice.language());
      }
      return JsonText.object()
          .put("voice_id", id)
          .put("name", name)
          .put("category", "premade")
          .put("labels", labels)
          .put("description", "a voice of the engine " + engine)
          .putJson("preview_url", "null")
          .putJson("available_for_tiers", "[]")
          .put("settings", SETTINGS)
          .toString();
    }
  }

  /**
   * With {@code show_legacy=true} also the stock voices that stand for the default voice: the
   * clients that ask so look for the id of a name, such as Sarah, and fail without it.
   */
  void voices(RoutingContext context) {
    boolean legacy = "true".equals(QueryParameter.of(context.request(), "show_legacy"));
    voices
        .now()
        .compose(
            known -> {
              Stream<Listed> listed = legacy ? Stream.concat(all(known), stock(known)) : all(known);
              return Body.json(
                  context.response(),
                  JsonText.object().putJson("voices", list(listed.map(Listed::json))));
            })
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
                Stream.concat(all(known), stock(known))
                    .filter(one -> one.isCalled(id))
                    .findFirst()
                    .or(() -> standIn(known, id, id).filter(one -> VoiceIds.isTheirs(id)))
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

  /** The voices of the engines, and their further names. */
  private static Stream<Listed> all(KnownVoices known) {
    return Stream.concat(ours(known), aliases(known));
  }

  private static Stream<Listed> ours(KnownVoices known) {
    return usable(known)
        .flatMap(
            engine ->
                engine.voices().stream()
                    .map(
                        voice ->
                            new Listed(
                                engine.engine(),
                                VoiceIds.of(known.engines(), engine, voice),
                                voice.name(),
                                voice)));
  }

  /** The names of the settings, of voices that can be used. */
  private static Stream<Listed> aliases(KnownVoices known) {
    return known.aliases().voices().keySet().stream()
        .flatMap(name -> meant(known, name, known.voice("", name, VoiceIds.PARAM)).stream());
  }

  /**
   * What a further name means.
   *
   * @param voice with its engine; empty, or without one, for what speaks by default
   */
  private static Optional<Listed> meant(KnownVoices known, String name, String voice) {
    int slash = voice.indexOf('/');
    return slash <= 0
        ? standIn(known, name, name)
        : usable(known)
            .filter(engine -> engine.engine().equals(voice.substring(0, slash)))
            .findFirst()
            .map(engine -> listed(engine, voice.substring(slash + 1), name, name));
  }

  /** ElevenLabs' own voices, where they stand for the default voice. */
  private static Stream<Listed> stock(KnownVoices known) {
    return VoiceIds.isServed(known)
        ? Stream.empty()
        : StockVoices.all().entrySet().stream()
            .flatMap(one -> standIn(known, one.getValue(), one.getKey()).stream());
  }

  /** The default voice under another name. */
  private static Optional<Listed> standIn(KnownVoices known, String id, String name) {
    return usable(known)
        .min(Comparator.comparingInt(CatalogEndpoint::place))
        .map(engine -> listed(engine, engine.defaultVoice(), id, name));
  }

  private static int place(EngineVoices engine) {
    return engine.order() == 0 ? Integer.MAX_VALUE : engine.order();
  }

  /** A voice under another name; one that its engine has not told of speaks many languages. */
  private static Listed listed(EngineVoices engine, String voice, String id, String name) {
    return new Listed(
        engine.engine(),
        id,
        name,
        engine.voices().stream()
            .filter(one -> one.id().equals(voice))
            .findFirst()
            .orElseGet(() -> new EngineVoice(voice, name, "")));
  }

  private static String languages(KnownVoices known) {
    List<String> codes =
        OfferedLanguages.of(usable(known).flatMap(engine -> engine.voices().stream()));
    return list(
        codes.stream()
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
