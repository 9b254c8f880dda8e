package io.voicebus.tts;

import io.voicebus.contract.Settings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The engines there are, chosen by the setting {@code engine}. Immutable. */
public final class EngineCatalog {
  /** The setting that names the engine; {@code embedded} if it is not set. */
  public static final String ENGINE = "engine";

  /** Opens an engine from the worker's settings, for so many utterances at once. */
  @FunctionalInterface
  public interface Opener extends BiFunction<Settings, Integer, SpeechEngine> {}

  private final SortedMap<String, Opener> openers;

  private EngineCatalog(SortedMap<String, Opener> openers) {
    this.openers = openers;
  }

  /** The engines that need no network. */
  public static EngineCatalog local() {
    return new EngineCatalog(new TreeMap<>())
        .with(EmbeddedVoice.NAME, (settings, slots) -> new EmbeddedVoice(slots))
        .with(
            ScriptedVoice.NAME,
            (settings, slots) -> ScriptedVoice.of(Script.plain(), Delays.real()));
  }

  /** This catalog and one more engine. */
  public EngineCatalog with(String name, Opener opener) {
    SortedMap<String, Opener> more = new TreeMap<>(openers);
    more.put(name, opener);
    return new EngineCatalog(more);
  }

  /**
   * Opens the engine that the settings name.
   *
   * @param slots how many utterances it is asked for at once
   * @throws IllegalArgumentException if there is no such engine, or its settings are wrong
   */
  public SpeechEngine open(Settings settings, int slots) {
    String name = settings.choice(ENGINE, EmbeddedVoice.NAME, List.copyOf(openers.keySet()));
    Opener opener = openers.get(name);
    if (opener == null) {
      throw new IllegalStateException("settings allowed an engine that is not there: " + name);
    }
    return opener.apply(settings, slots);
  }
}
