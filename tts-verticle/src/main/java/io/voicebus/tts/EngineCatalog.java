package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.voicebus.contract.Clock;
import io.voicebus.contract.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The engines there are, chosen by the setting {@code engine}. Immutable. */
public final class EngineCatalog {
  /**
   * The setting that names the engine. If it is not set: a service that has its key, else {@code
   * embedded}.
   */
  public static final String ENGINE = "engine";

  private static final int LOCAL_SLOTS = 2;
  private static final int SERVICE_SLOTS = 16;

  /** Opens an engine from the worker's settings, for so many utterances at once. */
  @FunctionalInterface
  public interface Opener extends BiFunction<Settings, Integer, SpeechEngine> {}

  /** An engine with settings of its own, which are known whatever engine is chosen. */
  public interface Service extends Opener {
    /**
     * Reads all of them.
     *
     * @return whether they ask for this engine, as a key does
     * @throws IllegalArgumentException if one is wrong
     */
    boolean wanted(Settings settings);
  }

  private final SortedMap<String, Opener> openers;

  private EngineCatalog(SortedMap<String, Opener> openers) {
    this.openers = openers;
  }

  /** The engines that need no network. */
  public static EngineCatalog local() {
    return new EngineCatalog(new TreeMap<>())
        .with(EmbeddedVoice.NAME, (settings, slots) -> new EmbeddedVoice(slots))
        .with(ScriptedVoice.NAME, (settings, slots) -> scripted(settings));
  }

  /** As slow as a service is, if the settings say so, and with nothing for the CPU to do. */
  private static SpeechEngine scripted(Settings settings) {
    Duration first = settings.millis("scripted-first-ms", Duration.ZERO, 0, 600_000);
    Duration frame = settings.millis("scripted-frame-ms", Duration.ZERO, 0, 600_000);
    return ScriptedVoice.of(Script.plain().delayed(first, frame), Delays.real());
  }

  /** All that come with Voicebus; the services use this Vert.x. */
  public static EngineCatalog all(Vertx vertx, Clock clock) {
    return local().with(ElevenLabsEngine.NAME, new ElevenLabsService(vertx, clock));
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
    return chosen(settings).apply(settings, slots);
  }

  /**
   * How many utterances at once make sense: a service waits most of the time, a voice here works.
   */
  int defaultSlots(Settings settings) {
    return chosen(settings) instanceof Service ? SERVICE_SLOTS : LOCAL_SLOTS;
  }

  private Opener chosen(Settings settings) {
    String unnamed = EmbeddedVoice.NAME;
    for (Map.Entry<String, Opener> entry : openers.entrySet()) {
      if (entry.getValue() instanceof Service service && service.wanted(settings)) {
        unnamed = entry.getKey();
      }
    }
    String name = settings.choice(ENGINE, unnamed, List.copyOf(openers.keySet()));
    Opener opener = openers.get(name);
    if (opener == null) {
      throw new IllegalStateException("settings allowed an engine that is not there: " + name);
    }
    return opener;
  }
}
