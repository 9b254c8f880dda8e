package io.voicebus.emulators;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the URL of a WebSocket fixes.
 *
 * @param voice its id, from the path
 * @param multi whether it takes many contexts
 * @param model its id
 * @param format of the audio
 * @param autoMode every message is spoken at once
 * @param inactivitySeconds without text before it ends
 * @param dialogue whether it is one for dialogues, where each context names its voices
 */
record ElevenSpec(
    String voice,
    boolean multi,
    String model,
    String format,
    boolean autoMode,
    int inactivitySeconds,
    boolean dialogue) {
  private static final int DIALOGUE_SECONDS = 20;
  private static final int MAX_INACTIVITY_SECONDS = 180;

  static ElevenSpec of(HttpServerRequest request, String voice, boolean multi) {
    return new ElevenSpec(
        voice,
        multi,
        or(request.getParam("model_id"), "eleven_multilingual_v2"),
        or(request.getParam("output_format"), "mp3_44100_128"),
        "true".equals(request.getParam("auto_mode")),
        seconds(or(request.getParam("inactivity_timeout"), "20")),
        false);
  }

  /** For dialogues, with many contexts. */
  static ElevenSpec ofDialogue(HttpServerRequest request) {
    return new ElevenSpec(
        "",
        true,
        or(request.getParam("model_id"), "eleven_v3"),
        or(request.getParam("output_format"), "mp3_44100_128"),
        true,
        DIALOGUE_SECONDS,
        true);
  }

  /** Whether its model speaks here. */
  boolean takesModel() {
    return dialogue ? ElevenFormat.inDialogues(model) : ElevenFormat.onSockets(model);
  }

  int sampleRateHz() {
    return ElevenFormat.rate(format);
  }

  private static int seconds(String value) {
    try {
      return Math.max(1, Math.min(MAX_INACTIVITY_SECONDS, Integer.parseInt(value)));
    } catch (NumberFormatException e) {
      return 20;
    }
  }

  static String or(@Nullable String value, String fallback) {
    return value == null ? fallback : value;
  }
}
