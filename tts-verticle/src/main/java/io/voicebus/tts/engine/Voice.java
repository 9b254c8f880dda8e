package io.voicebus.tts.engine;

/**
 * A voice of an engine.
 *
 * @param id what an utterance names it by
 * @param name for people
 * @param language ISO 639-1 code; empty if it speaks many
 */
public record Voice(String id, String name, String language) {

  /** The name by which an engine knows a voice that may have the engine's name before it. */
  public static String local(String voice, String engine) {
    return voice.startsWith(engine + "/") ? voice.substring(engine.length() + 1) : voice;
  }
}
