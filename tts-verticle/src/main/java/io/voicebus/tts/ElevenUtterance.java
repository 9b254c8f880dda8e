package io.voicebus.tts;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Failure;
import java.util.List;
import java.util.Optional;

/** One utterance on its way through one context after another, mostly one. Lives on one context. */
final class ElevenUtterance {
  /** How often it is moved to another WebSocket when one dies before its first sound. */
  private static final int MAX_MOVES = 2;

  private final String voice;
  private final String text;
  private final Utterance asked;
  private final OnceSink sink;
  private final WordFrames frames;
  private boolean sounded;
  private int moves;

  /**
   * @param voice the id that the service knows
   * @param asked of which the text is not blank
   */
  ElevenUtterance(String voice, Utterance asked, int sampleRateHz, OnceSink sink) {
    this.voice = voice;
    this.asked = asked;
    this.text = asked.text();
    this.sink = sink;
    this.frames = new WordFrames(text, sampleRateHz, sink);
  }

  String voice() {
    return voice;
  }

  /** Whether nobody waits for it any more. */
  boolean over() {
    return sink.closed();
  }

  /**
   * All that the service must be told, at once: so nothing needs to be said when it is cancelled,
   * and the context ends as soon as it can.
   */
  List<JsonObject> messages(String contextId, JsonObject voiceSettings) {
    JsonObject init = new JsonObject().put("text", " ").put("context_id", contextId);
    if (!voiceSettings.isEmpty()) {
      init.put("voice_settings", voiceSettings);
    }
    boolean complete = Character.isWhitespace(text.charAt(text.length() - 1));
    return List.of(
        init,
        new JsonObject()
            .put("text", complete ? text : text + " ")
            .put("context_id", contextId)
            .put("flush", true),
        new JsonObject().put("context_id", contextId).put("close_context", true));
  }

  /** All that the service must be told over HTTP, where it speaks one utterance a request. */
  JsonObject body(ElevenSettings settings) {
    JsonObject body = new JsonObject().put("text", text).put("model_id", settings.model());
    settings.languageForModel().ifPresent(code -> body.put("language_code", code));
    if (!settings.voiceSettings().isEmpty()) {
      body.put("voice_settings", settings.voiceSettings());
    }
    if (settings.takesContext()) {
      if (!asked.previousText().isBlank()) {
        body.put("previous_text", asked.previousText());
      }
      if (!asked.nextText().isBlank()) {
        body.put("next_text", asked.nextText());
      }
    }
    return body;
  }

  /** Runs a task when nobody waits for it any more. */
  void onOver(Runnable task) {
    sink.onClosed(task);
  }

  void accept(ElevenMessage message) {
    accept(message.audio(), message.timing());
  }

  /**
   * The next bytes.
   *
   * @param timing of the segment that begins with them, if one does
   */
  void accept(byte[] audio, Optional<ElevenTiming> timing) {
    sounded |= audio.length > 0;
    frames.accept(audio, timing);
  }

  void end() {
    sink.end();
  }

  void fail(Failure why) {
    sink.fail(why.kind(), why.detail());
  }

  /** Whether all of it was said, whatever comes after. */
  boolean complete() {
    return frames.complete();
  }

  /** Whether it can begin again without being heard twice. */
  boolean fresh() {
    return !sounded && !over();
  }

  /** Whether it may be tried on another WebSocket once more. */
  boolean move() {
    return fresh() && moves++ < MAX_MOVES;
  }
}
