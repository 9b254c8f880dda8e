package io.voicebus.benchmarks;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final HttpClient client = HttpClient.newHttpClient();
  private final String role;
  private final Optional<ScaleNet> net;
  private final List<ScaleJvm> all = new ArrayList<>();
  private final ScaleJvm rest;
  private final ScaleJvm survivor;
  private ScaleJvm victim;
  private ScaleNet.@Nullable Plug plug;
  private int victims;

  ScaleFaultCluster(String role, Optional<ScaleNet> net) {
    this.role = role;
    this.net = net;
    String others =
        ROLES.stream().filter(each -> !each.equals(role)).collect(Collectors.joining(","));
    rest = start(List.of(), host(), "rest", others);
    survivor = start(List.of(), host(), "survivor", role);
    front().address();
    victim = startVictim();
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
    ScaleJvm started =
        place == null
            ? start(List.of(), host(), name, role)
            : start(place.within(), place.address(), name, role);
    ScaleJvm.get(ScaleLooks.until(client, front().address(), name, ScaleLooks.THERE));
    return started;
  }

  private ScaleJvm start(List<String> within, String host, String name, String roles) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--cluster", "--cluster-port", PORT, "--cluster-host", host));
    arguments.addAll(List.of("--node", name, "--roles", roles));
    if (net.isPresent()) {
      arguments.addAll(List.of("--insecure-cluster", "--peers", peers()));
    }
    if (roles.contains("http")) {
      arguments.addAll(List.of("--port", "0", "--host", host, "--insecure-http"));
    }
    ScaleJvm jvm = ScaleJvm.start(within, SETTINGS, arguments);
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
                  ScaleCluster.prompt(turn, sentences));
            })
        .toList();
  }

  /** A short one. */
  ScaleTurn askNew() {
    return ScaleTurn.ask(client, front().address(), "This is a new turn, and it is short.");
  }

  @Override
  public void close() {
    all.forEach(ScaleJvm::close);
  }
}
