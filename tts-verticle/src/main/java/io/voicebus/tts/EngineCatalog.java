package io.voicebus.tts;

import io.voicebus.contract.FailureKind;
import io.voicebus.contract.Stage;
import io.voicebus.contract.VoicebusException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The engines there are, chosen by the setting {@code engine}. Immutable. */
public final class EngineCatalog {
  /** The setting that names the engine; {@code embedded} if it is not set. */
  public static final String ENGINE = "engine";

  /** How many utterances the embedded voice speaks at once; 2 if it is not set. */
  public static final String EMBEDDED_THREADS = "embedded-threads";

  /** Opens an engine from all settings; throws {@link VoicebusException} if they are wrong. */
  @FunctionalInterface
  public interface Opener extends Function<Map<String, String>, SpeechEngine> {}

  private final SortedMap<String, Opener> openers;

  private EngineCatalog(SortedMap<String, Opener> openers) {
    this.openers = openers;
  }

  /** The engines that need no network. */
  public static EngineCatalog local() {
    return new EngineCatalog(new TreeMap<>())
        .with(
            EmbeddedVoice.NAME,
            settings -> new EmbeddedVoice(positive(settings, EMBEDDED_THREADS, 2)))
        .with(ScriptedVoice.NAME, settings -> ScriptedVoice.of(Script.plain(), Delays.real()));
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
   * @throws VoicebusException if there is no such engine, or its settings are wrong
   */
  public SpeechEngine open(Map<String, String> settings) {
    String name = settings.getOrDefault(ENGINE, EmbeddedVoice.NAME);
    Opener opener = openers.get(name);
    if (opener == null) {
      throw wrong(
          ENGINE + " is '" + name + "', but must be one of " + String.join(", ", openers.keySet()));
    }
    return opener.apply(settings);
  }

  private static int positive(Map<String, String> settings, String key, int otherwise) {
    String value = settings.getOrDefault(key, Integer.toString(otherwise));
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw wrong(key + " is '" + value + "', but must be a whole number from 1 to 9999");
    }
    return Integer.parseInt(value);
  }

  private static VoicebusException wrong(String detail) {
    return new VoicebusException(Stage.SPEECH, FailureKind.INVALID_REQUEST, detail);
  }
}
