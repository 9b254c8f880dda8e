package io.voicebus.tts.engine;

import io.voicebus.contract.Settings;
import java.util.function.BiFunction;

/**
 * Opens an engine from the worker's settings. The number is how many utterances its caller asks for
 * at once.
 */
@FunctionalInterface
public interface EngineOpener extends BiFunction<Settings, Integer, SpeechEngine> {

  /**
   * An opener whose engine has settings of its own; they are checked whichever engine is chosen.
   */
  interface Configured extends EngineOpener {
    /**
     * Reads and checks these settings.
     *
     * @return whether they choose this engine, as a key does
     * @throws IllegalArgumentException if one is wrong
     */
    boolean wanted(Settings settings);

    /** The model and the voice of these settings, for people. */
    String described(Settings settings);

    /**
     * Whether the engine can be used here and sounds better than the embedded voice; asked for the
     * engine "auto".
     */
    default boolean betterHere(Settings settings) {
      return false;
    }
  }

  /** An opener whose engine mostly waits for a service over the network. */
  interface Service extends Configured {}
}
