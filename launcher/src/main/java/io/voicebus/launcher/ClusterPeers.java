package io.voicebus.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the other nodes of a cluster are.
 *
 * @param list of {@code host[port]}, comma-separated; empty if a name is asked for instead
 * @param name in the domain name system, whose addresses are those of the nodes; else empty
 */
record ClusterPeers(String list, String name) {
  /** What the setting must be. */
  static final String ALLOWED = "host:port,host:port,… (IPv6 addresses in brackets), or dns:name";

  private static final String DNS = "dns:";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

  static ClusterPeers listed(String list) {
    return new ClusterPeers(list, "");
  }

  /**
   * Reads {@code host:port,…}, or {@code dns:name}.
   *
   * @param port of those that name none
   */
  static ClusterPeers parse(String text, int port) {
    if (text.startsWith(DNS)) {
      String name = text.substring(DNS.length());
      if (!name.matches("[A-Za-z0-9._-]+")) {
        throw wrong(text);
      }
      return new ClusterPeers("", name);
    }
    List<String> peers = new ArrayList<>();
    for (String peer : text.split(",", -1)) {
      Matcher parts = HOST_AND_PORT.matcher(peer.trim());
      if (!parts.matches()) {
        throw wrong(peer);
      }
      String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      int at = parts.group(3) == null ? port : Integer.parseInt(parts.group(3));
      if (at < 1 || at > 65_535) {
        throw wrong(peer);
      }
      peers.add(host + "[" + at + "]");
    }
    return listed(String.join(",", peers));
  }

  private static IllegalArgumentException wrong(String peer) {
    return new IllegalArgumentException(
        "launcher setting 'peers' has '" + peer.trim() + "': it must be " + ALLOWED);
  }
}
