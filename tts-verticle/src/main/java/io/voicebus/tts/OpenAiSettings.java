package io.voicebus.tts;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import java.util.List;

/**
 * What the settings say about a speech server that speaks OpenAI's protocol.
 *
 * @param apiKey empty to send none
 * @param baseUrl mostly ends in {@code /v1}
 * @param named whether the settings name the server or have a key
 * @param model its id
 * @param voice the default one's id
 * @param format {@code pcm}, {@code wav}, or {@code sse} for PCM in events
 * @param sampleRateHz of what comes
 * @param fields of each request's body, beyond text and voice
 * @param maxConcurrent utterances at once; 0 to learn it from refusals
 * @param timings whether a server that can tell the times of its words is asked for them
 */
record OpenAiSettings(
    String apiKey,
    ServiceUrl baseUrl,
    boolean named,
    String model,
    String voice,
    String format,
    int sampleRateHz,
    JsonObject fields,
    int maxConcurrent,
    boolean timings) {
  private static final String PUBLIC = "https://api.openai.com/v1";
  private static final List<String> FORMATS = List.of("pcm", "wav", "sse");

  /**
   * @throws IllegalArgumentException if a value is wrong
   */
  static OpenAiSettings read(Settings settings) {
    String key = settings.text("openai-speech-api-key", "");
    String url = settings.text("openai-speech-base-url", "");
    String model = settings.text("openai-speech-model", "tts-1");
    String format = settings.choice("openai-speech-format", "pcm", FORMATS);
    return new OpenAiSettings(
        key,
        ServiceUrl.read(settings, "openai-speech-base-url", PUBLIC),
        !key.isEmpty() || !url.isEmpty(),
        model,
        settings.text("openai-speech-voice", "alloy"),
        format,
        settings.integer("openai-speech-rate", 24_000, 8_000, 48_000),
        fields(settings, model, format),
        settings.integer("openai-speech-concurrency", 0, 0, 1_000),
        settings.flag("openai-speech-timings", true));
  }

  private static JsonObject fields(Settings settings, String model, String format) {
    JsonObject fields =
        new JsonObject()
            .put("model", model)
            .put("response_format", format.equals("wav") ? "wav" : "pcm");
    if (format.equals("sse")) {
      fields.put("stream_format", "sse");
    }
    ElevenSettings.decimal(settings, fields, "openai-speech-speed", "speed", 0.25, 4);
    String instructions = settings.text("openai-speech-instructions", "");
    if (!instructions.isEmpty()) {
      fields.put("instructions", instructions);
    }
    return fields.mergeIn(
        ServiceFields.extra(settings, "openai-speech-extra", "{\"lang_code\": \"e\"}"));
  }

  /** Whether a server that is not OpenAI's may tell the times of its words. */
  boolean mayHaveTimings() {
    return timings && format.equals("pcm") && !baseUrl.host().endsWith("openai.com");
  }

  /** Where Kokoro-FastAPI speaks and tells the times of its words: beside {@code /v1}. */
  String captionedPath() {
    String below = baseUrl.path("dev/captioned_speech");
    return below.replace("/v1/dev/", "/dev/");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "speech at " + baseUrl + ", " + model + ", voice " + voice + ", " + format;
  }
}
