package io.voicebus.tts.engine;

/**
 * A voice of an engine.
 *
 * @param id the id that utterances use
 * @param name the name for people
 * @param language ISO 639-1 code; empty if it speaks several languages
 */
public record Voice(String id, String name, String language) {

  /** Removes the engine's name from a voice such as {@code embedded/kevin16}, if it is there. */
  public static String local(String voice, String engine) {
    return voice.startsWith(engine + "/") ? voice.substring(engine.length() + 1) : voice;
  }
}
