package io.voicebus.http.openai.realtime;

import io.vertx.core.json.JsonArray;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.SpokenSpeed;
import io.voicebus.http.openai.Limits;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemException;
import java.util.Optional;

/**
 * What a client may choose, for its session or for one response.
 *
 * @param model any name; that of an engine chooses it
 * @param instructions how the model is to answer; empty for nothing
 * @param spoken whether answers are spoken, or written alone
 * @param format of the audio
 * @param voice any name, as for {@code /v1/audio/speech}
 * @param speed as {@link io.voicebus.contract.TurnOptions#speed} has it
 * @param maxTokens the most tokens of an answer; 0 for any number
 */
record RealtimeConfig(
    String model,
    String instructions,
    boolean spoken,
    RealtimeFormat format,
    String voice,
    int speed,
    int maxTokens) {
  /** What errors call the voice. */
  static final String VOICE = "audio.output.voice";

  private static final String INFINITE = "inf";

  /** As it is where nothing is chosen; OpenAI's name for the default voice. */
  static RealtimeConfig of(String model) {
    return new RealtimeConfig(
        model.isEmpty() ? "voicebus" : model, "", true, RealtimeFormat.PCM, "alloy", 0, 0);
  }

  /**
   * With what is chosen, in today's words or the beta's; all else is ignored. The model stays: it
   * is chosen with the connection.
   *
   * @throws ProblemException 400
   */
  RealtimeConfig with(RequestJson json) {
    Optional<RequestJson> output = json.object("audio").flatMap(audio -> audio.object("output"));
    String voice = output.map(RequestJson::voice).orElse("");
    String plainVoice = json.voice();
    RealtimeFormat beta = RealtimeFormat.of(json, "output_audio_format", format);
    return new RealtimeConfig(
        model,
        json.value("instructions").isPresent() ? json.text("instructions") : instructions,
        spoken(json, "output_modalities", spoken(json, "modalities", spoken)),
        output.map(audio -> RealtimeFormat.of(audio, "format", beta)).orElse(beta),
        !voice.isEmpty() ? voice : plainVoice.isEmpty() ? this.voice : plainVoice,
        output.map(audio -> speed(audio, speed)).orElse(speed),
        tokens(json, "max_output_tokens", tokens(json, "max_response_output_tokens", maxTokens)));
  }

  private static int tokens(RequestJson json, String name, int otherwise) {
    Object value = json.value(name).orElse(null);
    return value == null ? otherwise : value.equals(INFINITE) ? 0 : Limits.tokens(json, name);
  }

  /** The most tokens, as JSON has it. */
  String maxTokensJson() {
    return maxTokens == 0 ? JsonText.quoted(INFINITE) : String.valueOf(maxTokens);
  }

  private static boolean spoken(RequestJson json, String name, boolean otherwise) {
    JsonArray modalities = json.list(name);
    for (Object modality : modalities) {
      if (!"text".equals(modality) && !"audio".equals(modality)) {
        throw Invalid.field(
            json.path(name), "'" + json.path(name) + "' must be [\"audio\"] or [\"text\"]");
      }
    }
    return modalities.isEmpty() ? otherwise : modalities.contains("audio");
  }

  private static int speed(RequestJson audio, int otherwise) {
    Optional<Object> value = audio.value(SpokenSpeed.PARAM);
    try {
      return value.isEmpty() ? otherwise : SpokenSpeed.of(value);
    } catch (IllegalArgumentException wrong) {
      throw Invalid.field(audio.path(SpokenSpeed.PARAM), String.valueOf(wrong.getMessage()));
    }
  }

  /** How fast it is spoken, as JSON has it. */
  String speedJson() {
    return speed == 0 ? "1" : String.valueOf(speed / 1000.0);
  }
}
