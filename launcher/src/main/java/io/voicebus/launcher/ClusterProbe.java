package io.voicebus.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Whether a node listens at the addresses that the settings give for the others. */
final class ClusterProbe {
  private static final int CONNECT_MS = 300;

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
        // Nobody has the name yet.
      }
      return addresses;
    }
    for (String peer : peers.list().split(",", -1)) {
      int bracket = peer.indexOf('[');
      addresses.add(
          new InetSocketAddress(
              peer.substring(0, bracket),
              Integer.parseInt(peer.substring(bracket + 1, peer.length() - 1))));
    }
    return addresses;
  }
}
