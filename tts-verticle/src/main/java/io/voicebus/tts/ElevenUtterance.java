package io.voicebus.tts;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Failure;
import java.util.List;

/** One utterance on its way through one context after another, mostly one. Lives on one context. */
final class ElevenUtterance {
  /** How often it is moved to another WebSocket when one dies before its first sound. */
  private static final int MAX_MOVES = 2;

  private final String voice;
  private final String text;
  private final OnceSink sink;
  private final WordFrames frames;
  private boolean sounded;
  private int moves;

  /**
   * @param text not blank
   */
  ElevenUtterance(String voice, String text, int sampleRateHz, OnceSink sink) {
    this.voice = voice;
    this.text = text;
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

  void accept(ElevenMessage message) {
    byte[] audio = message.audio();
    sounded |= audio.length > 0;
    frames.accept(audio, message.timing());
  }

  void end() {
    sink.end();
  }

  void fail(Failure why) {
    sink.fail(why.kind(), why.detail());
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
