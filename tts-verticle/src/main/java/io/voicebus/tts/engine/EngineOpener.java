package io.voicebus.tts.engine;

import io.voicebus.contract.Settings;
import java.util.function.BiFunction;

/** Opens an engine from the worker's settings, for so many utterances at once. */
@FunctionalInterface
public interface EngineOpener extends BiFunction<Settings, Integer, SpeechEngine> {

  /** An engine with settings of its own, which are known whatever engine is chosen. */
  interface Configured extends EngineOpener {
    /**
     * Reads all of them.
     *
     * @return whether they ask for this engine, as a key does
     * @throws IllegalArgumentException if one is wrong
     */
    boolean wanted(Settings settings);

    /** What speaks with these settings, such as the model and the voice; for people. */
    String described(Settings settings);

    /** Whether it is here, and sounds better than the embedded voice, for the engine "auto". */
    default boolean betterHere(Settings settings) {
      return false;
    }
  }

  /** One that waits for somebody else most of the time. */
  interface Service extends Configured {}
}
