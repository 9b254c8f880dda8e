package io.voicebus.launcher;

import io.voicebus.contract.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a process joins its cluster.
 *
 * @param address of this node, on which it listens for the others: one address, never all
 * @param port the first that may be taken for the cluster's own traffic
 * @param busPort for the event bus; 0 for any free one
 * @param peers where the others are
 * @param keys the folder of this node's keys; empty for a cluster in clear text
 * @param ownKeys whether they are the user's own, and made when they are not there
 */
record ClusterSettings(
    InetAddress address,
    int port,
    int busPort,
    ClusterPeers peers,
    Optional<Path> keys,
    boolean ownKeys) {

  /** How many nodes on one machine find a port: the first and so many after it. */
  static final int MORE_PORTS = 19;

  /**
   * Reads the launcher's settings.
   *
   * @param own the folder of the user's own keys, for a cluster on the loopback interface; asked
   *     only where they are needed
   * @throws IllegalArgumentException for a wrong value, and for a cluster that others can reach
   *     without keys
   */
  static ClusterSettings of(Settings settings, Path directory, Supplier<Path> own) {
    InetAddress address = address(settings.get(LauncherConfig.CLUSTER_HOST));
    int port = settings.get(LauncherConfig.CLUSTER_PORT);
    int busPort = settings.get(LauncherConfig.CLUSTER_BUS_PORT);
    String keys = settings.get(LauncherConfig.CLUSTER_KEYS);
    boolean insecure = settings.get(LauncherConfig.INSECURE_CLUSTER);
    if (!address.isLoopbackAddress() && keys.isEmpty() && !insecure) {
      throw new IllegalArgumentException(
          "a cluster that other machines can reach needs keys: make them with"
              + " './voicebus cluster-keys DIR NODE...', give each node its folder with"
              + " --cluster-keys DIR/NODE, or let anybody in who reaches "
              + address.getHostAddress()
              + " with --insecure-cluster");
    }
    String peers = settings.get(LauncherConfig.PEERS);
    return new ClusterSettings(
        address,
        port,
        busPort,
        peers.isEmpty() ? neighbours(address, port) : ClusterPeers.parse(peers, port),
        keys.isEmpty()
            ? insecure ? Optional.empty() : Optional.of(own.get())
            : Optional.of(folder(directory.resolve(keys))),
        keys.isEmpty() && !insecure);
  }

  private static InetAddress address(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isAnyLocalAddress()) {
        return address;
      }
    } catch (UnknownHostException e) {
      throw wrongHost(host, e);
    }
    throw wrongHost(host, null);
  }

  private static IllegalArgumentException wrongHost(String host, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "launcher setting 'cluster-host' is '"
            + host
            + "': it must be one address of this machine, by which the other nodes reach it",
        cause);
  }

  private static Path folder(Path keys) {
    if (!Files.isRegularFile(keys.resolve(NodeKeys.KEY_STORE))) {
      throw new IllegalArgumentException(
          "launcher setting 'cluster-keys' is '"
              + keys
              + "': there are no keys of a node; make them with './voicebus cluster-keys DIR NODE...', and name DIR/NODE here");
    }
    return keys;
  }

  private static ClusterPeers neighbours(InetAddress address, int port) {
    return ClusterPeers.listed(
        IntStream.rangeClosed(port, port + MORE_PORTS)
            .mapToObj(each -> address.getHostAddress() + "[" + each + "]")
            .collect(Collectors.joining(",")));
  }
}
