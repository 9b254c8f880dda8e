package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which models and audio formats there are, and what they cost. */
final class ElevenFormat {
  private static final Map<String, Integer> RATES =
      Map.of("pcm_16000", 16_000, "pcm_22050", 22_050, "pcm_24000", 24_000);

  private static final Set<String> DEARER =
      Set.of("pcm_44100", "mp3_44100_192", "wav_44100", "pcm_48000");

  private static final Set<String> SOCKET_MODELS =
      Set.of(
          "eleven_flash_v2_5",
          "eleven_flash_v2",
          "eleven_turbo_v2_5",
          "eleven_turbo_v2",
          "eleven_multilingual_v2");

  private static final Set<String> DIALOGUE_MODELS =
      Set.of("eleven_v3", "eleven_v3_conversational", "eleven_v4", "eleven_v4_turbo");

  private static final Set<String> MODELS_WITH_LANGUAGE =
      Set.of("eleven_flash_v2_5", "eleven_turbo_v2_5", "eleven_v3");

  private static final List<String> AROUND =
      List.of("previous_text", "next_text", "previous_request_ids", "next_request_ids");

  private ElevenFormat() {}

  /** A field that the model does not take. */
  static Optional<ElevenRefusal> refusedField(
      JsonObject body, String model, ElevenOptions options) {
    for (String name : body.fieldNames()) {
      boolean around = model.equals("eleven_v3") && AROUND.contains(name);
      boolean language = name.equals("language_code") && !MODELS_WITH_LANGUAGE.contains(model);
      if (around || language || options.refusedFields().contains(name)) {
        return Optional.of(
            ElevenRefusal.of(
                400,
                "validation_error",
                around ? "unsupported_model" : "invalid_parameters",
                "invalid_parameters",
                "The model '" + model + "' does not take " + name + ".",
                name));
      }
    }
    return Optional.empty();
  }

  /** Whether a model speaks over the WebSockets for dialogues. */
  static boolean inDialogues(String model) {
    return DIALOGUE_MODELS.contains(model);
  }

  /** Samples per second; 0 if this format is refused. */
  static int rate(String format) {
    return RATES.getOrDefault(format, 0);
  }

  static Optional<ElevenRefusal> refusal(String format) {
    if (rate(format) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        DEARER.contains(format)
            ? ElevenRefusal.of(
                403,
                "authorization_error",
                "subscription_required",
                "output_format_not_allowed",
                "Your plan does not allow this output format.",
                "output_format")
            : ElevenRefusal.of(
                400,
                "validation_error",
                "invalid_parameters",
                "invalid_output_format",
                "This emulator speaks pcm_16000, pcm_22050 and pcm_24000 only.",
                "output_format"));
  }

  static boolean onSockets(String model) {
    return SOCKET_MODELS.contains(model);
  }

  static boolean exists(String model) {
    return onSockets(model) || model.equals("eleven_v3");
  }
}
