package io.voicebus.tts.openai;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.tts.service.ServiceFields;
import io.voicebus.tts.service.ServiceUrl;

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

  /**
   * @throws IllegalArgumentException if a value is wrong
   */
  static OpenAiSettings read(Settings settings) {
    String key = settings.get(OpenAiConfig.API_KEY);
    String url = settings.find(OpenAiConfig.BASE_URL).orElse("");
    String model = settings.get(OpenAiConfig.MODEL);
    String format = settings.get(OpenAiConfig.FORMAT);
    return new OpenAiSettings(
        key,
        ServiceUrl.of(url.isEmpty() ? PUBLIC : url),
        !key.isEmpty() || !url.isEmpty(),
        model,
        settings.get(OpenAiConfig.VOICE),
        format,
        settings.get(OpenAiConfig.RATE),
        fields(settings, model, format),
        settings.get(OpenAiConfig.CONCURRENCY),
        settings.get(OpenAiConfig.TIMINGS));
  }

  private static JsonObject fields(Settings settings, String model, String format) {
    JsonObject fields =
        new JsonObject()
            .put("model", model)
            .put("response_format", format.equals("wav") ? "wav" : "pcm");
    if (format.equals("sse")) {
      fields.put("stream_format", "sse");
    }
    settings.find(OpenAiConfig.SPEED).ifPresent(value -> fields.put("speed", value));
    String instructions = settings.get(OpenAiConfig.INSTRUCTIONS);
    if (!instructions.isEmpty()) {
      fields.put("instructions", instructions);
    }
    return fields.mergeIn(ServiceFields.extra(settings, OpenAiConfig.EXTRA));
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
