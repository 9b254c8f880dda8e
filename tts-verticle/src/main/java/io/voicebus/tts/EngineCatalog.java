package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Meters;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import io.voicebus.tts.cache.CachingEngine;
import io.voicebus.tts.cache.SpeechCache;
import io.voicebus.tts.cache.SpeechCaches;
import io.voicebus.tts.command.CommandEngine;
import io.voicebus.tts.command.CommandService;
import io.voicebus.tts.elevenlabs.ElevenLabsEngine;
import io.voicebus.tts.elevenlabs.ElevenLabsService;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.failover.FailoverEngine;
import io.voicebus.tts.failover.FailoverSettings;
import io.voicebus.tts.openai.OpenAiEngine;
import io.voicebus.tts.openai.OpenAiService;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * The available engines. The settings {@code engine} and {@code engines} choose from them.
 * Immutable.
 */
public final class EngineCatalog {
  /**
   * The value of {@code engine} that chooses the best engine here: a service that has a key, else a
   * program that sounds better than the embedded voice, else {@code embedded}.
   */
  public static final String AUTO = "auto";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*+");

  private static final int LOCAL_SLOTS = 2;

  /** More than any machine could do with. */
  static final int MOST_SLOTS = 1_000;

  /** The engines that come with Voicebus. */
  private static final List<String> OWN =
      List.of(
          CommandEngine.NAME,
          ElevenLabsEngine.NAME,
          EmbeddedVoice.NAME,
          OpenAiEngine.NAME,
          ScriptedVoice.NAME);

  private final SortedMap<String, EngineOpener> openers;
  private final Clock clock;
  private final Delays delays;
  private final Meters meters;
  private final SpeechCaches caches;

  private EngineCatalog(
      SortedMap<String, EngineOpener> openers,
      Clock clock,
      Delays delays,
      Meters meters,
      SpeechCaches caches) {
    this.meters = meters;
    this.openers = openers;
    this.clock = clock;
    this.delays = delays;
    this.caches = caches;
  }

  /** A catalog of the engines that need no network. */
  public static EngineCatalog local() {
    return new EngineCatalog(
            new TreeMap<>(), Clock.system(), Delays.real(), new Meters(), new SpeechCaches())
        .with(EmbeddedVoice.NAME, (settings, slots) -> new EmbeddedVoice(slots))
        .with(ScriptedVoice.NAME, (settings, slots) -> scripted(settings));
  }

  /** A scripted voice, which can be as slow as a service and needs no CPU. */
  private static SpeechEngine scripted(Settings settings) {
    Duration first = settings.get(TtsConfig.SCRIPTED_FIRST);
    Duration frame = settings.get(TtsConfig.SCRIPTED_FRAME);
    return ScriptedVoice.of(Script.plain().delayed(first, frame), Delays.real());
  }

  /** A catalog of all engines that come with Voicebus; those of services use this Vert.x. */
  public static EngineCatalog all(Vertx vertx, Clock clock) {
    return local()
        .within(vertx)
        .with(ElevenLabsEngine.NAME, new ElevenLabsService(vertx, clock))
        .with(OpenAiEngine.NAME, new OpenAiService(vertx, clock))
        .with(CommandEngine.NAME, new CommandService(System.getenv().getOrDefault("PATH", "")));
  }

  /**
   * Checks a value of {@link TtsConfig#ENGINE} or {@link TtsConfig#ENGINES} against the engines
   * that come with Voicebus.
   *
   * @return the allowed values, as the end of "it must be …"; empty if the value is allowed, or the
   *     setting is another one
   */
  public static Optional<String> unknownEngine(Setting<?> setting, String text) {
    if (setting == TtsConfig.ENGINE) {
      return EngineChoice.oneOf(OWN, text);
    }
    return setting == TtsConfig.ENGINES ? EngineChoice.someOf(OWN, text) : Optional.empty();
  }

  /** The names of its engines, in their order. */
  List<String> names() {
    return List.copyOf(openers.keySet());
  }

  /**
   * A copy of this catalog with one more engine, which replaces one of the same name.
   *
   * @param name the engine's {@link SpeechEngine#name}, for settings and for voices ({@code
   *     name/voice})
   * @throws IllegalArgumentException if settings and voices cannot contain the name
   */
  public EngineCatalog with(String name, EngineOpener opener) {
    if (!NAME.matcher(name).matches() || name.equals(AUTO)) {
      throw new IllegalArgumentException(
          "an engine cannot be called '"
              + name
              + "': its name has lower-case letters, digits and dashes, and is not "
              + AUTO);
    }
    SortedMap<String, EngineOpener> more = new TreeMap<>(openers);
    more.put(name, opener);
    return new EngineCatalog(more, clock, delays, meters, caches);
  }

  /** A copy of this catalog whose fail-over uses another clock and other timers. */
  public EngineCatalog at(Clock otherClock, Delays otherDelays) {
    return new EngineCatalog(openers, otherClock, otherDelays, meters, caches);
  }

  /** A copy of this catalog whose engines have the metrics and the cache of the process. */
  private EngineCatalog within(Vertx vertx) {
    return new EngineCatalog(openers, clock, delays, Meters.of(vertx), SpeechCaches.of(vertx));
  }

  /**
   * Opens the engine that the settings choose, or several with fail-over.
   *
   * @param slots how many utterances its caller asks for at once
   * @throws IllegalArgumentException if the engine does not exist, or its settings are wrong
   */
  public SpeechEngine open(Settings settings, int slots) {
    FailoverSettings failover = FailoverSettings.read(settings);
    Optional<SpeechCache> cache = caches.read(settings, delays);
    // Known and checked, whichever engine speaks.
    settings.find(TtsConfig.SCRIPTED_FIRST);
    settings.find(TtsConfig.SCRIPTED_FRAME);
    List<SpeechEngine> opened = new ArrayList<>();
    try {
      EngineChoice choice = choice(settings);
      for (String name : choice.names()) {
        EngineOpener opener = opener(name);
        // A voice of this machine that only helps out does not fill the machine.
        boolean all = choice.isService(name) || choice.names().size() == 1;
        SpeechEngine engine = counted(name, settings, all ? slots : Math.min(slots, LOCAL_SLOTS));
        // Only an engine with settings of its own is slower than the cache.
        boolean kept = opener instanceof EngineOpener.Configured && cache.isPresent();
        opened.add(kept ? new CachingEngine(engine, cache.get()) : engine);
      }
    } catch (RuntimeException e) {
      opened.forEach(SpeechEngine::close);
      throw e;
    }
    return opened.size() == 1
        ? opened.get(0)
        : new FailoverEngine(opened, failover, clock, delays, meters);
  }

  private SpeechEngine counted(String name, Settings settings, int slots) {
    SpeechEngine engine =
        Objects.requireNonNull(
            opener(name).apply(settings, slots),
            () -> "the opener of the engine " + name + " returned null");
    if (!engine.name().equals(name)) {
      engine.close();
      throw new IllegalStateException(
          "the engine that the catalog has as '"
              + name
              + "' calls itself '"
              + engine.name()
              + "': its name() and what is given to with() must be the same");
    }
    return new CountedEngine(engine, meters);
  }

  /**
   * The engines that {@link #open} opens with these settings, in the order of fail-over, each with
   * its model and voice if they are known: {@code elevenlabs: eleven_flash_v2_5, voice
   * JBFqnCBsd6RMkjVDRZzb}.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  public List<String> chosen(Settings settings) {
    return choice(settings).described();
  }

  /**
   * Whether {@link #open} opens a service with these settings.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  boolean asksServices(Settings settings) {
    return choice(settings).hasService();
  }

  /**
   * The name of the engine that {@link #AUTO} chooses.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  public String best(Settings settings) {
    return choice(settings).best();
  }

  /**
   * Asks each engine for its voices; one that cannot be used gives the reason. Engines without a
   * service or program answer at once, the others within 5 s.
   */
  public CompletionStage<List<EngineOffer>> offers(Settings settings) {
    List<String> names = new ArrayList<>(openers.keySet());
    names.remove(ScriptedVoice.NAME); // it is for tests
    return new EngineOffers(choice(settings), name -> opener(name).apply(settings, LOCAL_SLOTS))
        .of(names);
  }

  /**
   * The engine whose voice a turn has named, {@code engine/voice}, if it is none of those that
   * {@link #open} opened, and may be asked for by name.
   *
   * @return empty for a voice of those, or of none that is known
   * @throws IllegalArgumentException if it cannot be used, with what is missing
   */
  Optional<SpeechEngine> openNamed(Settings settings, String name) {
    EngineChoice choice = choice(settings);
    if (!choice.isNameable(name)) {
      return Optional.empty();
    }
    Optional<String> refusal = choice.refusal(name);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException("the engine " + name + ": " + refusal.get());
    }
    return Optional.of(counted(name, settings, LOCAL_SLOTS));
  }

  /**
   * How many utterances at once make sense where nothing else is set: a voice of this machine uses
   * its processors, and a service refuses what is too many.
   */
  int defaultSlots(Settings settings) {
    return asksServices(settings) ? MOST_SLOTS : LOCAL_SLOTS;
  }

  private EngineChoice choice(Settings settings) {
    return new EngineChoice(openers, settings);
  }

  private EngineOpener opener(String name) {
    EngineOpener opener = openers.get(name);
    if (opener == null) {
      throw new IllegalStateException("settings allowed an engine that is not there: " + name);
    }
    return opener;
  }
}
