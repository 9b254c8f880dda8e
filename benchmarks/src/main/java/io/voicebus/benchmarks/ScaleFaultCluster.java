package io.voicebus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes that have one role, of which one is a fault's victim, and a node that has the others.
 */
final class ScaleFaultCluster implements AutoCloseable {
  private static final List<String> ROLES = List.of("http", "gemini", "chunker", "playback", "tts");

  private static final String PORT = "18300";

  /** As a service is: its first byte after 150 ms, and then four times as fast as it is heard. */
  private static final Map<String, String> SETTINGS =
      with(ScaleBenchmark.voice(150, 10, "250"), "VOICEBUS_SPELL_OUT", "off");

  /** Words of a service's voice that take as long as a sentence of a script's. */
  private static final int WORDS = 1;

  private static final int SENTENCE = 7;
  private static final int NEW_SENTENCES = 6;

  private final AtomicInteger texts = new AtomicInteger();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String role;
  private final Optional<ScaleNet> net;
  private final Set<ScaleOption> with;
  private final @Nullable ScaleServices services;
  private final Map<String, String> settings;
  private final Optional<EnduranceClock> clock;
  private final List<ScaleJvm> all = new CopyOnWriteArrayList<>();
  private final ScaleJvm rest;
  private volatile ScaleJvm survivor;
  private volatile ScaleJvm victim;
  private ScaleNet.@Nullable Plug plug;
  private int victims;

  /**
   * Starts it.
   *
   * @param with what is switched on
   * @param jumps whether the wall clocks of victims may jump
   */
  ScaleFaultCluster(String role, Optional<ScaleNet> net, Set<ScaleOption> with, boolean jumps) {
    this.role = role;
    this.net = net;
    this.with = with;
    boolean asks = with.stream().anyMatch(option -> option != ScaleOption.COPIES);
    services = asks ? new ScaleServices(host(), with) : null;
    settings = services == null ? SETTINGS : services.settings();
    clock = jumps ? EnduranceClock.in(folder()) : Optional.empty();
    String others =
        ROLES.stream().filter(each -> !each.equals(role)).collect(Collectors.joining(","));
    rest = start(List.of(), host(), "rest", others, Map.of());
    survivor = start(List.of(), host(), "survivor", role, Map.of());
    front().address();
    if (with.contains(ScaleOption.COPIES)) {
      start(List.of(), host(), "copies", "http", Map.of()).address();
    }
    victim = startVictim();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("bench-scale");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the clocks of victims can jump here. */
  boolean hasClock() {
    return clock.isPresent();
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private String host() {
    return net.isPresent() ? ScaleNet.HOST : "127.0.0.1";
  }

  /** In a place of its own, where there is such a thing. */
  private ScaleJvm startVictim() {
    String name = "victim-" + victims;
    ScaleNet.Plug place = net.map(ScaleNet::plug).orElse(null);
    victims++;
    plug = place;
    Map<String, String> ofClock = clock.map(EnduranceClock::settings).orElse(Map.of());
    ScaleJvm started =
        place == null
            ? start(List.of(), host(), name, role, ofClock)
            : start(place.within(), place.address(), name, role, ofClock);
    ScaleJvm.get(ScaleLooks.until(client, front().address(), name, ScaleLooks.THERE));
    return started;
  }

  private ScaleJvm start(
      List<String> within, String host, String name, String roles, Map<String, String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--cluster", "--cluster-port", PORT, "--cluster-host", host));
    arguments.addAll(List.of("--node", name, "--roles", roles));
    if (net.isPresent()) {
      arguments.addAll(List.of("--insecure-cluster", "--peers", peers()));
    }
    if (roles.contains("http")) {
      arguments.addAll(List.of("--port", "0", "--host", host, "--insecure-http"));
    }
    Map<String, String> its = new HashMap<>(settings);
    its.putAll(more);
    ScaleJvm jvm = ScaleJvm.start(within, its, arguments);
    all.add(jvm);
    return jvm;
  }

  /** Those of this machine, and wherever a victim may be. */
  private static String peers() {
    int port = Integer.parseInt(PORT);
    return IntStream.range(0, 2)
        .mapToObj(i -> ScaleNet.HOST + ":" + (port + i))
        .collect(Collectors.joining(","));
  }

  /** A new one in its place; the old one is gone for good. */
  void replaceVictim() {
    victim.close();
    victim = startVictim();
  }

  ScaleJvm victim() {
    return victim;
  }

  /** Another node with the role starts. */
  void join() {
    start(List.of(), host(), "joined-" + victims++, role, Map.of());
  }

  /** Both nodes with the role are told to stop, each once another one has taken its place. */
  void roll() {
    for (ScaleJvm old : List.of(victim, survivor)) {
      String name = "new-" + victims++;
      ScaleJvm next = start(List.of(), host(), name, role, Map.of());
      ScaleJvm.get(ScaleLooks.until(client, front().address(), name, ScaleLooks.THERE));
      if (old == survivor) {
        survivor = next;
      }
      old.signal("TERM");
      old.gone();
    }
  }

  /** The victim's wall clock jumps from now on, or no longer. */
  void clockJumps(boolean jumps) {
    clock.ifPresent(jumps ? EnduranceClock::begin : EnduranceClock::rest);
  }

  /** How much the victim is at, in turns or in chunks. */
  int victimBusy() {
    return ScaleLooks.busy(client, front().address(), victim.node());
  }

  /** Takes the victim off the network, or puts it back. */
  void cutOff(boolean off) {
    ScaleNet.Plug place = plug;
    if (place == null) {
      throw new IllegalStateException("nobody can be cut off here");
    }
    if (off) {
      place.pull();
    } else {
      place.push();
    }
  }

  /** Where new turns are asked for: never the victim. */
  private ScaleJvm front() {
    return role.equals("http") ? survivor : rest;
  }

  /**
   * So many turns at once; of two servers each has half, and the victim's listeners come back at
   * the other one.
   */
  List<ScaleTurn> ask(int turns, int sentences) {
    return IntStream.range(0, turns)
        .mapToObj(
            turn -> {
              boolean atVictim = role.equals("http") && turn % 2 == 0;
              return ScaleTurn.ask(
                  client,
                  (atVictim ? victim : front()).address(),
                  atVictim ? front().address() : "",
                  prompt(turn, sentences),
                  services != null);
            })
        .toList();
  }

  /** What can be read back: a script's voice says any text, services need words that differ. */
  private String prompt(int turn, int sentences) {
    if (services == null) {
      return ScaleCluster.prompt(turn, sentences);
    }
    StringBuilder text = new StringBuilder();
    int words = WORDS * sentences;
    int first = with.contains(ScaleOption.CACHE) ? 0 : texts.getAndAdd(words);
    for (int word = 0; word < words; word++) {
      String name = LoadCorpus.name(first + word);
      boolean begins = word % SENTENCE == 0;
      text.append(begins ? name : name.toLowerCase(Locale.ROOT))
          .append(word == words - 1 || word % SENTENCE == SENTENCE - 1 ? ". " : " ");
    }
    return text.toString().strip();
  }

  /** A short one. */
  ScaleTurn askNew() {
    return askNew(front());
  }

  /** A short one of the victim itself; empty if that serves no clients. */
  Optional<ScaleTurn> askVictim() {
    return role.equals("http") ? Optional.of(askNew(victim)) : Optional.empty();
  }

  private ScaleTurn askNew(ScaleJvm server) {
    String text =
        services == null ? "This is a new turn, and it is short." : prompt(0, NEW_SENTENCES);
    return ScaleTurn.ask(client, server.address(), "", text, services != null);
  }

  @Override
  public void close() {
    all.forEach(ScaleJvm::close);
    clock.ifPresent(EnduranceClock::close);
    if (services != null) {
      services.close();
    }
  }
}
