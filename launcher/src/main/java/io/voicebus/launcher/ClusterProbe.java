package io.voicebus.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a node listens at the addresses that the settings give for the others. */
final class ClusterProbe {
  private static final int CONNECT_MS = 300;

  private static final Logger LOG = LoggerFactory.getLogger("io.voicebus.cluster");

  private ClusterProbe() {}

  /** Blocks for some tenths of a second at most for each peer that does not answer. */
  static boolean anybody(ClusterPeers peers, int port) {
    for (InetSocketAddress peer : addresses(peers, port)) {
      try (Socket socket = new Socket()) {
        socket.connect(peer, CONNECT_MS);
        return true;
      } catch (IOException e) {
        // Nobody there.
      }
    }
    return false;
  }

  private static List<InetSocketAddress> addresses(ClusterPeers peers, int port) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    if (!peers.name().isEmpty()) {
      try {
        for (InetAddress address : InetAddress.getAllByName(peers.name())) {
          addresses.add(new InetSocketAddress(address, port));
        }
      } catch (UnknownHostException e) {
        tell(peers.name());
      }
      return addresses;
    }
    for (String peer : peers.list().split(",", -1)) {
      int bracket = peer.indexOf('[');
      InetSocketAddress address =
          new InetSocketAddress(
              peer.substring(0, bracket),
              Integer.parseInt(peer.substring(bracket + 1, peer.length() - 1)));
      if (address.isUnresolved()) {
        tell(address.getHostString());
      }
      addresses.add(address);
    }
    return addresses;
  }

  /** A node that is alone by a slip in a name looks like one that is the first. */
  private static void tell(String name) {
    LOG.warn(
        "the name '{}' in 'peers' has no address: no node is found there as long as it has none",
        name);
  }
}
