package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.VirtualBus;
import io.voicebus.chunker.BusTexts;
import io.voicebus.chunker.ChunkerOptions;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Settings;
import io.voicebus.gemini.BusPrompts;
import io.voicebus.playback.BusTurns;
import io.voicebus.tts.BusWorker;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The real owners, text sources, chunkers, playbacks and workers in virtual time. Of each stage
 * there are two instances, on two machines; of two owners, each on one of its own, the second keeps
 * the copies of the first one's turns.
 */
final class TurnWorld {
  /** Where the owner is, and the one that keeps its copies. */
  static final String FRONT = "front";

  private static final String OTHER_FRONT = "front1";

  private static final int SLOTS = 4;

  enum Role {
    OWNER,
    GEMINI,
    CHUNKER,
    PLAYBACK,
    TTS
  }

  /** What the workers speak with. */
  enum Voices {
    /** One that says the same samples each time. */
    SAMPLES,
    /** One that tells its words. */
    WORDS,
    /** One that tells nothing. */
    UNTIMED,
    /** Two, of which the second helps out when the first fails, and when it is slow to begin. */
    FALLBACK,
    /** One whose speech is kept, and given again. */
    CACHE
  }

  /** What becomes of the voices, whatever becomes of the nodes. */
  enum Weather {
    CALM,
    /** The first voice breaks, falls silent or is slow, now and then. */
    ROUGH,
    /** The first voice never speaks. */
    DEAD
  }

  /**
   * What is switched on, besides what the voices need.
   *
   * @param engines whether a second voice helps out when the first fails
   * @param hedge whether it is asked as well when the first is slow to begin
   * @param cache whether speech is kept
   * @param model whether a model answers, which goes on in other pieces; else the reader reads
   * @param seams whether the samples are processed
   * @param pace of the listener
   */
  record Options(
      boolean engines,
      boolean hedge,
      boolean cache,
      boolean model,
      boolean seams,
      Pace pace,
      Weather weather) {
    static Options of(Voices voices) {
      boolean fallback = voices == Voices.FALLBACK;
      return new Options(
          fallback, fallback, voices == Voices.CACHE, false, false, Pace.REALTIME, Weather.CALM);
    }

    static Options any(Random random) {
      boolean engines = random.nextBoolean();
      Weather[] weathers = Weather.values();
      Weather weather = weathers[random.nextInt(weathers.length)];
      // A second voice is made as loud as the first, and then its samples say something else.
      boolean oneVoice = !engines || weather != Weather.ROUGH;
      return new Options(
          engines,
          engines && random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean(),
          oneVoice && random.nextBoolean(),
          random.nextInt(4) == 0 ? Pace.ASAP : Pace.REALTIME,
          weather);
    }
  }

  /**
   * How it is set up.
   *
   * @param near whether the first of the two machines is the owner's
   */
  record Shape(boolean near, Voices voices, Options options) {
    Shape(boolean near, Voices voices) {
      this(near, voices, Options.of(voices));
    }

    static Shape any(Random random) {
      Voices[] all = Voices.values();
      return new Shape(random.nextBoolean(), all[random.nextInt(all.length)]);
    }
  }

  final VirtualBus bus;
  final TurnOwner turns;
  final TurnOwner otherTurns;
  private final long seed;
  private final Shape shape;
  private final Random random;
  private final Map<Role, List<VirtualBus.Node>> nodes = new LinkedHashMap<>();
  private final List<BusPrompts> prompts = new ArrayList<>();
  private final List<BusTexts> texts = new ArrayList<>();
  private final List<BusTurns> playouts = new ArrayList<>();
  private final Map<VirtualBus.Node, BusWorker> workers = new LinkedHashMap<>();
  private final Set<VirtualBus.Node> draining = new HashSet<>();
  private final List<WorldVoice> voices = new ArrayList<>();

  private int packets;
  private int strikeAt = -1;
  private Runnable strike = () -> {};

  TurnWorld(long seed) {
    this(seed, Shape.any(new Random(seed)));
  }

  TurnWorld(long seed, Shape shape) {
    this.seed = seed;
    this.shape = shape;
    random = new Random(seed);
    bus = new VirtualBus(seed);
    VirtualBus.Node owner = add(Role.OWNER, FRONT);
    VirtualBus.Node other = add(Role.OWNER, OTHER_FRONT);
    serve(Addresses.COPIES, Role.OWNER);
    turns = owner(owner);
    otherTurns = owner(other);
    for (int i = 0; i < 2; i++) {
      addStages(machine(i));
    }
    serveStages();
    bus.tap(
        (to, packet) -> {
          if (packets++ == strikeAt) {
            owner.after(0, () -> strike.run());
          }
        });
    bus.run(Duration.ofSeconds(1));
    packets = 0;
  }

  private static TurnOwner owner(VirtualBus.Node node) {
    return new TurnOwner(node.inbox(), OwnerLimits.DEFAULTS)
        .withCopies(node.machine(), OwnerLimits.DEFAULTS.detach());
  }

  /** The first or the second of the machines with stages. */
  String machine(int index) {
    return shape.near() && index == 0 ? FRONT : "back" + index;
  }

  private VirtualBus.Node add(Role role, String machine) {
    List<VirtualBus.Node> all = nodes.computeIfAbsent(role, none -> new ArrayList<>());
    VirtualBus.Node node = bus.node(role.name().toLowerCase(Locale.ROOT) + all.size(), machine);
    all.add(node);
    return node;
  }

  private void serve(String address, Role role) {
    bus.serve(
        address,
        nodes(role).stream().filter(n -> !draining.contains(n)).toArray(VirtualBus.Node[]::new));
  }

  private void addStages(String machine) {
    VirtualBus.Node source = add(Role.GEMINI, machine);
    int deltaChars = 1 + random.nextInt(12);
    int deltasPerSecond = 25 + random.nextInt(75);
    prompts.add(
        shape.options().model()
            ? BusPrompts.asking(
                source.inbox(), source, new WorldModel(source, deltaChars, deltasPerSecond))
            : BusPrompts.reading(source.inbox(), source, deltaChars, deltasPerSecond));
    texts.add(BusTexts.asWritten(add(Role.CHUNKER, machine).inbox(), ChunkerOptions.DEFAULT));
    playouts.add(
        BusTurns.usual(add(Role.PLAYBACK, machine).inbox(), new Random(seed + playouts.size())));
    addWorker(machine);
  }

  /** Those that live and take more. */
  private void serveStages() {
    serve(Addresses.PROMPT, Role.GEMINI);
    serve(Addresses.TEXT, Role.CHUNKER);
    serve(Addresses.PLAYOUT, Role.PLAYBACK);
    serve(Addresses.WORKERS, Role.PLAYBACK);
  }

  /** One more machine with all stages joins. */
  void join(String machine) {
    addStages(machine);
    serveStages();
    playouts.get(playouts.size() - 1).callWorkers();
  }

  /** One more worker, on this machine. */
  VirtualBus.Node addWorker(String machine) {
    VirtualBus.Node node = add(Role.TTS, machine);
    WorldVoice.Progress progress =
        switch (shape.voices()) {
          case SAMPLES -> WorldVoice.Progress.SAMPLES;
          case UNTIMED -> WorldVoice.Progress.NONE;
          case WORDS, FALLBACK, CACHE -> WorldVoice.Progress.WORDS;
        };
    Options options = shape.options();
    JsonObject settings = new JsonObject().put("engine", "first");
    if (options.engines()) {
      settings = new JsonObject().put("engines", "first,second").put("hedge", options.hedge());
    }
    settings.put("cache-bytes", options.cache() ? 1 << 20 : 0);
    WorldVoice first = new WorldVoice("first", progress, node, Duration.ofMillis(20));
    switch (options.weather()) {
      case CALM -> {}
      case ROUGH -> first.isRough(random);
      case DEAD -> first.refuses();
    }
    WorldVoice second = new WorldVoice("second", progress, node, Duration.ofMillis(30));
    voices.add(first);
    voices.add(second);
    workers.put(
        node,
        BusWorker.start(
            node.inbox(),
            EngineCatalog.local()
                .with("first", first.opener())
                .with("second", second.opener())
                .at(node, (delay, task) -> node.after(delay.toNanos(), task)),
            new Settings("tts", settings),
            SLOTS));
    return node;
  }

  VirtualBus.Node owner() {
    return nodes(Role.OWNER).get(0);
  }

  List<VirtualBus.Node> nodes(Role role) {
    return nodes.getOrDefault(role, List.of());
  }

  List<VirtualBus.Node> all() {
    return nodes.values().stream().flatMap(List::stream).toList();
  }

  /** All that run in one JVM. */
  List<VirtualBus.Node> on(String machine) {
    return all().stream().filter(node -> node.machine().equals(machine)).toList();
  }

  /** The voices of one worker: the first, and the one that stands in for it. */
  List<WorldVoice> voices(int worker) {
    return voices.subList(2 * worker, 2 * worker + 2);
  }

  /** How often a voice broke or fell silent. */
  int voicesFailed() {
    return voices.stream().mapToInt(WorldVoice::failed).sum();
  }

  /** Characters that all voices were given to say. */
  int charactersAsked() {
    return voices.stream().flatMap(voice -> voice.asked().stream()).mapToInt(String::length).sum();
  }

  /** Has something happen when so many packets were sent. */
  void atPacket(int number, Runnable task) {
    strikeAt = number;
    strike = task;
  }

  int packets() {
    return packets;
  }

  WorldTurn say(String text) {
    return new WorldTurn(bus, turns, text, shape.options());
  }

  /** The same text, which the caller writes itself. */
  WorldTurn feed(String text, Random random) {
    return WorldTurn.fed(bus, turns, owner(), text, shape.options(), random);
  }

  /** It takes no more from now on, finishes what it can meanwhile, and then is gone. */
  void drain(VirtualBus.Node node, Duration patience) {
    draining.add(node);
    serveStages();
    BusWorker worker = workers.get(node);
    if (worker != null) {
      worker.drain();
    }
    node.after(
        patience.toNanos(),
        () -> {
          if (worker != null) {
            worker.close();
          }
          node.inbox().close();
          node.kill();
        });
  }

  /** Copies of turns, which are kept for a while after their end. */
  int copies() {
    return nodes(Role.OWNER).get(1).alive() ? otherTurns.copies() : 0;
  }

  /**
   * What is left of the turns anywhere, but for their copies, whose holder watches the owner; empty
   * for nothing.
   */
  String leftovers() {
    StringBuilder left = new StringBuilder();
    for (VirtualBus.Node node : all()) {
      boolean watches = node == nodes(Role.OWNER).get(1) && copies() > 0;
      if (node.alive() && !watches && !node.inbox().idle()) {
        left.append(node.name()).append(" has something going on; ");
      }
    }
    if (nodes(Role.OWNER).get(1).alive() && otherTurns.active() > 0) {
      left.append("the other owner has a turn; ");
    }
    for (int i = 0; i < playouts.size(); i++) {
      if (nodes(Role.GEMINI).get(i).alive() && prompts.get(i).active() > 0) {
        left.append("gemini").append(i).append(" has a turn; ");
      }
      if (nodes(Role.CHUNKER).get(i).alive() && texts.get(i).active() > 0) {
        left.append("chunker").append(i).append(" has a turn; ");
      }
      if (nodes(Role.PLAYBACK).get(i).alive()
          && (playouts.get(i).active() > 0 || playouts.get(i).held() > 0)) {
        left.append("playback").append(i).append(" has a turn; ");
      }
    }
    return left.toString();
  }
}
