package io.voicebus.emulators;

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

  private ElevenFormat() {}

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
