package io.voicebus.contract;

/**
 * A voice that an engine offers.
 *
 * @param id what a turn names it by, alone or after the engine's name and a slash
 * @param name for people
 * @param language ISO 639-1 code; empty if it speaks many, or has not said
 */
public record EngineVoice(String id, String name, String language) {

  /** What it takes in a message, in bytes at most. */
  public int weight() {
    return 16 + 3 * (id.length() + name.length() + language.length());
  }
}
