package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.VirtualBus;
import io.voicebus.chunker.BusTexts;
import io.voicebus.chunker.ChunkerOptions;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import io.voicebus.gemini.BusPrompts;
import io.voicebus.playback.BusTurns;
import io.voicebus.tts.BusWorker;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

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

  /**
   * How it is set up.
   *
   * @param near whether the first of the two machines is the owner's
   */
  record Shape(boolean near, Voices voices) {
    static Shape any(Random random) {
      Voices[] all = Voices.values();
      return new Shape(random.nextBoolean(), all[random.nextInt(all.length)]);
    }
  }

  final VirtualBus bus;
  final TurnOwner turns;
  final TurnOwner otherTurns;
  private final Shape shape;
  private final Random random;
  private final Map<Role, List<VirtualBus.Node>> nodes = new LinkedHashMap<>();
  private final List<BusPrompts> prompts = new ArrayList<>();
  private final List<BusTexts> texts = new ArrayList<>();
  private final List<BusTurns> playouts = new ArrayList<>();
  private final Map<VirtualBus.Node, BusWorker> workers = new LinkedHashMap<>();
  private final List<WorldVoice> voices = new ArrayList<>();

  private int packets;
  private int strikeAt = -1;
  private Runnable strike = () -> {};

  TurnWorld(long seed) {
    this(seed, Shape.any(new Random(seed)));
  }

  TurnWorld(long seed, Shape shape) {
    this.shape = shape;
    random = new Random(seed);
    bus = new VirtualBus(seed);
    VirtualBus.Node owner = add(Role.OWNER, FRONT);
    VirtualBus.Node other = add(Role.OWNER, OTHER_FRONT);
    serve(Addresses.COPIES, Role.OWNER);
    turns = owner(owner);
    otherTurns = owner(other);
    for (int i = 0; i < 2; i++) {
      String machine = machine(i);
      VirtualBus.Node source = add(Role.GEMINI, machine);
      prompts.add(
          BusPrompts.reading(
              source.inbox(), source, 1 + random.nextInt(12), 25 + random.nextInt(75)));
      texts.add(BusTexts.asWritten(add(Role.CHUNKER, machine).inbox(), ChunkerOptions.DEFAULT));
      playouts.add(BusTurns.usual(add(Role.PLAYBACK, machine).inbox(), new Random(seed + i)));
      addWorker(machine);
    }
    serve(Addresses.PROMPT, Role.GEMINI);
    serve(Addresses.TEXT, Role.CHUNKER);
    serve(Addresses.PLAYOUT, Role.PLAYBACK);
    serve(Addresses.WORKERS, Role.PLAYBACK);
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
    bus.serve(address, nodes(role).toArray(VirtualBus.Node[]::new));
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
    JsonObject settings = new JsonObject().put("engine", "first");
    if (shape.voices() == Voices.FALLBACK) {
      settings = new JsonObject().put("engines", "first,second").put("hedge", true);
    }
    settings.put("cache-bytes", shape.voices() == Voices.CACHE ? 1 << 20 : 0);
    WorldVoice first = new WorldVoice("first", progress, node, Duration.ofMillis(20));
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
    return new WorldTurn(bus, turns, text);
  }

  /** The same text, which the caller writes itself. */
  WorldTurn feed(String text, Random random) {
    return WorldTurn.fed(bus, turns, owner(), text, random);
  }

  /** It takes no more from now on, finishes what it can meanwhile, and then is gone. */
  void drain(VirtualBus.Node node, Duration patience) {
    for (Role role : Role.values()) {
      String address =
          switch (role) {
            case GEMINI -> Addresses.PROMPT;
            case CHUNKER -> Addresses.TEXT;
            case PLAYBACK -> Addresses.PLAYOUT;
            case OWNER, TTS -> "";
          };
      if (!address.isEmpty() && nodes(role).contains(node)) {
        bus.serve(
            address, nodes(role).stream().filter(n -> n != node).toArray(VirtualBus.Node[]::new));
      }
    }
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
    for (int i = 0; i < 2; i++) {
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
