package io.voicebus.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network of this machine whose nodes can be cut off, with nobody told: each has a namespace and
 * a plug in a bridge, which is pulled out. Needs Linux, {@code ip}, and the right to make
 * namespaces.
 */
final class ScaleNet implements AutoCloseable {
  /** Where the benchmark is, and every node that is not in a namespace. */
  static final String HOST = "10.213.77.1";

  private static final String PREFIX = "10.213.77.";
  private static final String BRIDGE = "vbbench";

  private final List<Plug> plugs = new ArrayList<>();

  /** One node's place. */
  record Plug(String name, String address) {
    /** What a process must be started with to be there. */
    List<String> within() {
      return List.of("ip", "netns", "exec", name);
    }

    /** Nothing comes through any more, either way. */
    void pull() {
      must("ip", "link", "set", name, "nomaster");
    }

    void push() {
      must("ip", "link", "set", name, "master", BRIDGE);
    }
  }

  private ScaleNet() {}

  /** Empty where that is not possible; says so. */
  static Optional<ScaleNet> open() {
    run("ip", "link", "del", BRIDGE); // of a benchmark that was killed
    String why = run("ip", "link", "add", BRIDGE, "type", "bridge");
    if (!why.isEmpty()) {
      System.out.println(
          "Nobody is cut off: that needs Linux, ip (iproute2) and root, and here " + why);
      return Optional.empty();
    }
    must("ip", "addr", "add", HOST + "/24", "dev", BRIDGE);
    must("ip", "link", "set", BRIDGE, "up");
    return Optional.of(new ScaleNet());
  }

  /** One more place; there are two hundred. */
  Plug plug() {
    int index = plugs.size();
    Plug plug = new Plug("vbbench" + index, PREFIX + (10 + index));
    run("ip", "netns", "del", plug.name());
    run("ip", "link", "del", plug.name());
    must("ip", "netns", "add", plug.name());
    plugs.add(plug);
    must("ip", "link", "add", plug.name(), "type", "veth", "peer", "eth0", "netns", plug.name());
    must("ip", "link", "set", plug.name(), "master", BRIDGE, "up");
    must("ip", "-n", plug.name(), "addr", "add", plug.address() + "/24", "dev", "eth0");
    must("ip", "-n", plug.name(), "link", "set", "eth0", "up");
    must("ip", "-n", plug.name(), "link", "set", "lo", "up");
    return plug;
  }

  private static void must(String... command) {
    String why = run(command);
    if (!why.isEmpty()) {
      throw new IllegalStateException(why);
    }
  }

  /** What went wrong; empty for nothing. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? ""
          : "'" + String.join(" ", command) + "' says: " + said.strip();
    } catch (IOException e) {
      return "there is no " + command[0];
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    plugs.forEach(plug -> run("ip", "netns", "del", plug.name()));
    run("ip", "link", "del", BRIDGE);
  }
}
