package io.voicebus.tts.elevenlabs;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What is sent over one kind of ElevenLabs' WebSockets that carry many contexts. */
interface ElevenWire {
  /** The path and query of a WebSocket for a voice. */
  String uri(String voice);

  /**
   * All that is to be said in a new context, with a flush: nothing waits for more text.
   *
   * @param text not blank
   * @param speed of it; 0 for what was set
   */
  List<JsonObject> utterance(String context, String voice, String text, double speed);

  /** The message that the text of a context is complete. */
  JsonObject close(String context);

  /** The message that keeps a WebSocket open. */
  JsonObject keepAlive();

  /** The one on which the model speaks. */
  static ElevenWire of(ElevenSettings settings) {
    return settings.dialogue() ? new Dialogue(settings) : new Speech(settings);
  }

  /** A text that ends with a blank: only then its last word is known to be whole. */
  private static String whole(String text) {
    return Character.isWhitespace(text.charAt(text.length() - 1)) ? text : text + " ";
  }

  /** {@code text-to-speech}. */
  record Speech(ElevenSettings settings) implements ElevenWire {
    @Override
    public String uri(String voice) {
      return settings.socketUri(voice);
    }

    @Override
    public List<JsonObject> utterance(String context, String voice, String text, double speed) {
      JsonObject init = new JsonObject().put("text", " ").put("context_id", context);
      JsonObject sound = settings.voiceSettings(speed);
      if (!sound.isEmpty()) {
        init.put("voice_settings", sound);
      }
      return List.of(
          init.mergeIn(settings.extra()),
          new JsonObject().put("text", whole(text)).put("context_id", context).put("flush", true));
    }

    @Override
    public JsonObject close(String context) {
      return new JsonObject().put("context_id", context).put("close_context", true);
    }

    @Override
    public JsonObject keepAlive() {
      return new JsonObject().put("text", "");
    }
  }

  /** {@code text-to-dialogue}, of which each context here has one voice. */
  record Dialogue(ElevenSettings settings) implements ElevenWire {
    @Override
    public String uri(String voice) {
      return settings.dialogueUri();
    }

    @Override
    public List<JsonObject> utterance(String context, String voice, String text, double speed) {
      JsonObject message =
          new JsonObject().put("context_id", context).put("voices", List.of(voice));
      // Of the settings of a voice there is this one only.
      Object stability = settings.voiceSettings().getValue("stability");
      if (stability != null) {
        message.put("voice_settings", new JsonObject().put("stability", stability));
      }
      JsonObject input = new JsonObject().put("text", whole(text)).put("voice_id", voice);
      return List.of(
          message.mergeIn(settings.extra()).put("inputs", List.of(input)).put("flush", true));
    }

    @Override
    public JsonObject close(String context) {
      return new JsonObject().put("context_id", context).put("close_context", true);
    }

    @Override
    public JsonObject keepAlive() {
      return new JsonObject().put("keep_alive", true);
    }
  }
}
