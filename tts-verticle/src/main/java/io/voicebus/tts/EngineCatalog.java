package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meters;
import io.voicebus.bus.Stage;
import io.voicebus.contract.MissingKeyException;
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
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.failover.FailoverEngine;
import io.voicebus.tts.failover.FailoverSettings;
import io.voicebus.tts.openai.OpenAiEngine;
import io.voicebus.tts.openai.OpenAiService;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private static final int PATIENCE_SECONDS = 5;
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
      return OWN.contains(text) || text.equals(AUTO)
          ? Optional.empty()
          : Optional.of("one of " + String.join(", ", OWN) + ", " + AUTO);
    }
    if (setting == TtsConfig.ENGINES) {
      List<String> names = engines(text);
      return OWN.containsAll(names) && new HashSet<>(names).size() == names.size()
          ? Optional.empty()
          : Optional.of(someOf(OWN));
    }
    return Optional.empty();
  }

  /** The names of its engines, in their order. */
  List<String> names() {
    return List.copyOf(openers.keySet());
  }

  private static List<String> engines(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static String someOf(Collection<String> names) {
    return "some of " + String.join(", ", names) + ", each once, separated by commas";
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
    Optional<SpeechCache> cache = caches.read(settings);
    // Known and checked, whichever engine speaks.
    settings.find(TtsConfig.SCRIPTED_FIRST);
    settings.find(TtsConfig.SCRIPTED_FRAME);
    List<SpeechEngine> opened = new ArrayList<>();
    try {
      for (String name : names(settings)) {
        EngineOpener opener = opener(name);
        SpeechEngine engine =
            counted(
                name,
                settings,
                opener instanceof EngineOpener.Service
                    ? slots
                    : Math.min(slots, localSlots(settings, slots)));
        // What says a thing the same way every time says it faster than it is found.
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
    return names(settings).stream()
        .map(
            name ->
                opener(name) instanceof EngineOpener.Configured configured
                    ? name + ": " + configured.described(settings)
                    : name)
        .toList();
  }

  /**
   * Whether {@link #open} opens a service with these settings.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  boolean asksServices(Settings settings) {
    return names(settings).stream().anyMatch(name -> opener(name) instanceof EngineOpener.Service);
  }

  /**
   * The name of the engine that {@link #AUTO} chooses.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  public String best(Settings settings) {
    List<String> names = names(settings);
    return names.equals(List.of(EmbeddedVoice.NAME)) ? bestHere(settings) : names.get(0);
  }

  /**
   * Asks each engine for its voices; one that cannot be used gives the reason. Engines without a
   * service or program answer at once, the others within {@link #PATIENCE_SECONDS}.
   */
  public CompletionStage<List<EngineOffer>> offers(Settings settings) {
    List<CompletableFuture<EngineOffer>> all = new ArrayList<>();
    List<String> order = names(settings);
    for (String name : openers.keySet()) {
      if (!name.equals(ScriptedVoice.NAME)) { // it speaks to tests
        int place = order.indexOf(name) + 1;
        all.add(offer(settings, name).thenApply(offer -> offer.inOrder(place)));
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<EngineOffer> offer(Settings settings, String name) {
    SpeechEngine engine;
    try {
      engine = opener(name).apply(settings, LOCAL_SLOTS);
    } catch (MissingKeyException e) {
      return CompletableFuture.completedFuture(
          EngineOffer.not(name, FailureKind.UNAUTHENTICATED, String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          EngineOffer.not(name, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) { // one that is broken hides no other
      return CompletableFuture.completedFuture(refused(name, e));
    }
    return offer(settings, name, engine);
  }

  private CompletableFuture<EngineOffer> offer(
      Settings settings, String name, SpeechEngine engine) {
    String first;
    CompletionStage<List<Voice>> offered;
    try {
      first = engine.voices().stream().findFirst().map(Voice::id).orElse("");
      offered = engine.offered();
    } catch (RuntimeException e) {
      first = "";
      offered = CompletableFuture.failedFuture(e);
    }
    String defaultVoice = first;
    return offered
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (voices, why) -> {
              engine.close();
              if (why != null) {
                return refused(name, why);
              }
              return canBeNamed(settings, name)
                  ? EngineOffer.of(name, voices, defaultVoice)
                  : EngineOffer.not(name, notChosen(settings, name));
            });
  }

  /** Where the engines are chosen, no other one speaks, whatever voice is named. */
  private boolean canBeNamed(Settings settings, String name) {
    String engine = settings.get(TtsConfig.ENGINE);
    boolean chosen =
        !(engine.isEmpty() || engine.equals(AUTO)) || !settings.get(TtsConfig.ENGINES).isEmpty();
    return !chosen || names(settings).contains(name);
  }

  private String notChosen(Settings settings, String name) {
    return "it could speak, but is not among the engines that are set: set "
        + TtsConfig.ENGINES.key()
        + "="
        + String.join(",", names(settings))
        + ","
        + name;
  }

  /**
   * The engine whose voice a turn has named, {@code engine/voice}, if it is none of those that
   * {@link #open} opened, and may be asked for by name.
   *
   * @return empty for a voice of those, or of none that is known
   * @throws IllegalArgumentException if it cannot be used, with what is missing
   */
  Optional<SpeechEngine> openNamed(Settings settings, String name) {
    boolean other =
        openers.containsKey(name)
            && !name.equals(ScriptedVoice.NAME)
            && !names(settings).contains(name);
    if (!other) {
      return Optional.empty();
    }
    if (!canBeNamed(settings, name)) {
      throw new IllegalArgumentException("the engine " + name + ": " + notChosen(settings, name));
    }
    return Optional.of(counted(name, settings, LOCAL_SLOTS));
  }

  private static EngineOffer refused(String engine, Throwable why) {
    Throwable cause =
        why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    if (cause instanceof TimeoutException) {
      return EngineOffer.not(engine, "it does not answer");
    }
    Failure failure = Failure.of(Stage.SPEECH, cause);
    return EngineOffer.not(engine, failure.kind(), failure.detail());
  }

  /** What a voice here is given alone; in a line it helps out, and is not to fill the machine. */
  private int localSlots(Settings settings, int slots) {
    return names(settings).size() == 1 ? slots : LOCAL_SLOTS;
  }

  /**
   * How many utterances at once make sense where nothing else is set: a voice here works, and a
   * service takes what it takes.
   */
  int defaultSlots(Settings settings) {
    return names(settings).stream().anyMatch(name -> opener(name) instanceof EngineOpener.Service)
        ? MOST_SLOTS
        : LOCAL_SLOTS;
  }

  /** In the order in which they are to speak. */
  private List<String> names(Settings settings) {
    String unnamed = EmbeddedVoice.NAME;
    for (Map.Entry<String, EngineOpener> entry : openers.entrySet()) {
      // All of them read their settings, so that these are known; the first one wins.
      if (entry.getValue() instanceof EngineOpener.Configured configured
          && configured.wanted(settings)
          && unnamed.equals(EmbeddedVoice.NAME)) {
        unnamed = entry.getKey();
      }
    }
    String line = settings.get(TtsConfig.ENGINES);
    List<String> choices = new ArrayList<>(openers.keySet());
    choices.add(AUTO);
    String one = settings.find(TtsConfig.ENGINE).orElse(unnamed);
    if (!choices.contains(one)) {
      throw new IllegalArgumentException(
          "tts setting 'engine' is '" + one + "': it must be one of " + String.join(", ", choices));
    }
    if (one.equals(AUTO)) {
      one = unnamed.equals(EmbeddedVoice.NAME) ? bestHere(settings) : unnamed;
    }
    if (line.isEmpty()) {
      return List.of(one);
    }
    if (!settings.get(TtsConfig.ENGINE).isEmpty()) {
      throw new IllegalArgumentException(
          "tts settings 'engine' and 'engines' are both set: one of them is enough");
    }
    List<String> names = engines(line);
    if (!openers.keySet().containsAll(names) || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException(
          "tts setting 'engines' is '" + line + "': it must be " + someOf(openers.keySet()));
    }
    return names;
  }

  private String bestHere(Settings settings) {
    return openers.entrySet().stream()
        .filter(
            entry ->
                entry.getValue() instanceof EngineOpener.Configured configured
                    && configured.betterHere(settings))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(EmbeddedVoice.NAME);
  }

  private EngineOpener opener(String name) {
    EngineOpener opener = openers.get(name);
    if (opener == null) {
      throw new IllegalStateException("settings allowed an engine that is not there: " + name);
    }
    return opener;
  }
}
