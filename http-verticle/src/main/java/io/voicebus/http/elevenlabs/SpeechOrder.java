package io.voicebus.http.elevenlabs;

import io.voicebus.audio.AudioCoding;
import io.voicebus.contract.LanguageTag;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.SpokenSpeed;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;

/**
 * What {@code POST /v1/text-to-speech/…} asks for.
 *
 * @param text what is to be said
 * @param model any name
 * @param language two letters; empty to find out
 * @param coding of the audio
 * @param speed as {@link io.voicebus.contract.TurnOptions#speed} has it
 */
record SpeechOrder(String text, String model, String language, AudioCoding coding, int speed) {

  /**
   * Reads the body. What is not asked for here is ignored.
   *
   * @param coding by the query
   * @throws ProblemException 413, 422
   */
  static SpeechOrder parse(String body, AudioCoding coding, int maxTextBytes) {
    try {
      RequestJson json = RequestJson.parse(body);
      if (json.value("text").isEmpty()) {
        throw Refusal.field("text", "missing", "Field required");
      }
      String text = json.text("text");
      if (text.isBlank()) {
        throw Refusal.field("text", "value_error", "there is nothing to say: 'text' is empty");
      }
      if (StrictUtf8.length(text) > maxTextBytes) {
        throw Refusal.textTooLong(
            "'text' has "
                + StrictUtf8.length(text)
                + " bytes; max-prompt-bytes allows "
                + maxTextBytes);
      }
      return new SpeechOrder(
          text, json.text("model_id"), language(json.text("language_code")), coding, speed(json));
    } catch (ProblemException e) {
      throw Refusal.schema(e);
    }
  }

  private static int speed(RequestJson json) {
    try {
      return SpokenSpeed.of(
          json.object("voice_settings").flatMap(sound -> sound.value(SpokenSpeed.PARAM)));
    } catch (IllegalArgumentException wrong) {
      throw Refusal.field(
          "voice_settings.speed", "value_error", String.valueOf(wrong.getMessage()));
    }
  }

  /** Two letters; empty where the tag is none, since the text tells its language as well. */
  static String language(String tag) {
    return LanguageTag.code(tag).orElse("");
  }
}
