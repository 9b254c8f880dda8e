package io.voicebus.tts.elevenlabs;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceFields;
import io.voicebus.tts.service.ServiceUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the settings say about ElevenLabs.
 *
 * @param apiKey empty if there is none
 * @param baseUrl where the service is
 * @param voice the default one's id
 * @param model its id
 * @param format of the audio, {@code pcm_} and a sample rate
 * @param language ISO 639-1; empty to let the model find out
 * @param voiceSettings how the voice sounds, as the service names it; perhaps empty
 * @param contextsPerSocket utterances at once on one WebSocket
 * @param warmSockets WebSockets kept open for the default voice; 0 for what the slots need
 * @param maxConcurrent utterances at once that the plan allows; 0 to learn it from refusals
 * @param transport how the service is asked
 * @param timings whether it is asked over HTTP when the words are said
 * @param stock whether the voice was not chosen, so that another one does as well
 * @param extra further fields of a request, or of a context's first message
 * @param query further parameters of the address
 */
record ElevenSettings(
    String apiKey,
    ServiceUrl baseUrl,
    String voice,
    String model,
    String format,
    String language,
    JsonObject voiceSettings,
    int contextsPerSocket,
    int warmSockets,
    int maxConcurrent,
    Transport transport,
    boolean timings,
    boolean stock,
    JsonObject extra,
    Map<String, String> query) {
  /** How the service is asked. */
  enum Transport {
    /** Each utterance as its listener needs it; over HTTP the models that WebSockets refuse. */
    AUTO,
    /** Many utterances over one WebSocket. */
    SOCKET,
    /** A request for each utterance. */
    HTTP
  }

  /** These alone take a language, and v3 and what follows; for others it may be an error. */
  private static final Set<String> MODELS_WITH_LANGUAGE =
      Set.of("eleven_flash_v2_5", "eleven_turbo_v2_5");

  /** What other settings say already. */
  private static final Set<String> OWN_PARAMETERS =
      Set.of("model_id", "output_format", "language_code", "auto_mode", "inactivity_timeout");

  /** What is due later may take the time of a request. */
  private static final long NOT_URGENT_MS = 1_500;

  /** The service takes at most this; the tick comes well before. */
  private static final int INACTIVITY_SECONDS = 60;

  /** A stock voice, George. */
  static final String STOCK_VOICE = "JBFqnCBsd6RMkjVDRZzb";

  /**
   * @throws IllegalArgumentException if a value is wrong
   */
  static ElevenSettings read(Settings settings) {
    JsonObject voice = new JsonObject();
    settings.find(ElevenConfig.STABILITY).ifPresent(value -> voice.put("stability", value));
    settings.find(ElevenConfig.SIMILARITY).ifPresent(value -> voice.put("similarity_boost", value));
    settings.find(ElevenConfig.STYLE).ifPresent(value -> voice.put("style", value));
    settings.find(ElevenConfig.SPEED).ifPresent(value -> voice.put("speed", value));
    settings
        .find(ElevenConfig.SPEAKER_BOOST)
        .ifPresent(value -> voice.put("use_speaker_boost", value));
    return new ElevenSettings(
        settings.get(ElevenConfig.API_KEY),
        ServiceUrl.of(settings.get(ElevenConfig.BASE_URL)),
        settings.get(ElevenConfig.VOICE),
        settings.get(ElevenConfig.MODEL),
        settings.get(ElevenConfig.FORMAT),
        settings.get(ElevenConfig.LANGUAGE),
        voice,
        settings.get(ElevenConfig.CONTEXTS),
        settings.get(ElevenConfig.SOCKETS),
        settings.get(ElevenConfig.CONCURRENCY),
        transport(settings.get(ElevenConfig.TRANSPORT)),
        settings.get(ElevenConfig.TIMINGS),
        !settings.has(ElevenConfig.VOICE),
        ServiceFields.extra(settings, ElevenConfig.EXTRA),
        query(settings));
  }

  private static Map<String, String> query(Settings settings) {
    Map<String, String> query = ServiceFields.query(settings, ElevenConfig.QUERY);
    query.keySet().stream()
        .filter(OWN_PARAMETERS::contains)
        .findFirst()
        .ifPresent(
            own -> {
              throw new IllegalArgumentException(
                  "tts setting 'elevenlabs-query' cannot set "
                      + own
                      + ": there are elevenlabs-model, elevenlabs-format and elevenlabs-language");
            });
    return query;
  }

  private static Transport transport(String word) {
    return Transport.valueOf(word.toUpperCase(Locale.ROOT));
  }

  int sampleRateHz() {
    return Integer.parseInt(format.substring(format.indexOf('_') + 1));
  }

  /**
   * The language in requests: the one that was set, else that of the text; empty if neither is
   * known, or the model accepts none.
   */
  Optional<String> languageFor(String ofText) {
    String known = language.isEmpty() ? ofText : language;
    boolean takes = MODELS_WITH_LANGUAGE.contains(model) || third();
    return !known.isEmpty() && takes ? Optional.of(known) : Optional.empty();
  }

  /** The language that was set, if the model takes one. */
  Optional<String> languageForModel() {
    return languageFor("");
  }

  /**
   * How the voice sounds in an utterance; perhaps empty.
   *
   * @param speed of it; 0 for what was set
   */
  JsonObject voiceSettings(double speed) {
    double nearest = speeds().nearest(speed);
    return nearest == 0 ? voiceSettings : voiceSettings.copy().put("speed", nearest);
  }

  /** How fast the model can speak. */
  SpeedRange speeds() {
    return dialogue()
        ? SpeedRange.NONE
        : new SpeedRange(ElevenConfig.LEAST_SPEED, ElevenConfig.MOST_SPEED);
  }

  /** The third generation of models, or a later one. */
  private boolean third() {
    return model.startsWith("eleven_v3") || model.startsWith("eleven_v4");
  }

  /** Whether the model speaks over the WebSockets for dialogues, and over no others. */
  boolean dialogue() {
    return third() && !model.equals("eleven_v3");
  }

  /** Whether the model takes the text before and after. */
  boolean takesContext() {
    return !third();
  }

  /** Whether utterances go out as requests from the start. */
  boolean startsWithHttp() {
    return transport == Transport.HTTP || (transport == Transport.AUTO && third() && !dialogue());
  }

  /**
   * Whether an utterance is better sent as an HTTP request, if both are allowed: its first sound is
   * not urgent, and a request, unlike a WebSocket, accepts the text around it.
   */
  boolean prefersHttp(Utterance utterance) {
    return transport == Transport.AUTO
        && !utterance.first()
        && (utterance.place().pace() == Pace.ASAP || utterance.dueInMs() > NOT_URGENT_MS)
        && takesContext()
        && !(utterance.previousText().isBlank() && utterance.nextText().isBlank());
  }

  /** The path of something that is asked for without a voice. */
  String path(String name) {
    return baseUrl.path("v1/" + name);
  }

  /** The path and query of the request that speaks with a voice. */
  String httpUri(String voiceId) {
    return path("text-to-speech/" + encoded(voiceId))
        + (timings ? "/stream/with-timestamps" : "/stream")
        + "?output_format="
        + format
        + furtherQuery();
  }

  /** The path and query of the WebSocket that speaks with a voice. */
  String socketUri(String voiceId) {
    return path("text-to-speech/" + encoded(voiceId))
        + "/multi-stream-input?"
        + socketQuery()
        + "&auto_mode=true&inactivity_timeout="
        + INACTIVITY_SECONDS
        + furtherQuery();
  }

  /** The path and query of the WebSocket for dialogues. */
  String dialogueUri() {
    return path("text-to-dialogue/multi-stream-input")
        + "?"
        + socketQuery()
        + "&sync_alignment=true"
        + furtherQuery();
  }

  private String socketQuery() {
    return "model_id="
        + encoded(model)
        + "&output_format="
        + format
        + languageForModel().map(code -> "&language_code=" + encoded(code)).orElse("");
  }

  private String furtherQuery() {
    StringBuilder further = new StringBuilder();
    query.forEach(
        (name, value) ->
            further.append('&').append(encoded(name)).append('=').append(encoded(value)));
    return further.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ElevenLabs at " + baseUrl + ", " + model + ", voice " + voice + ", " + format;
  }
}
