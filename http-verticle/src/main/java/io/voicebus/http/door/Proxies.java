package io.voicebus.http.door;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The proxies in front of this server, which are believed what they say of their client's address.
 * One on this machine is, where the server has a public URL.
 */
final class Proxies {
  private final Set<String> addresses = new TreeSet<>();
  private final boolean onThisMachine;

  /**
   * Believes these.
   *
   * @param addresses of proxies
   * @param onThisMachine whether one at a loopback address is believed, too
   */
  Proxies(Set<String> addresses, boolean onThisMachine) {
    addresses.forEach(address -> this.addresses.add(canonical(address)));
    this.onThisMachine = onThisMachine;
  }

  /** Who sends a request, by its address. */
  Caller caller(HttpServerRequest request) {
    return caller(Caller.address(request), request.headers().getAll("X-Forwarded-For"));
  }

  /**
   * The same.
   *
   * @param address of the peer
   * @param headers what each proxy added the address to that it was called from: what comes before
   *     that of a trusted one may be anybody's claim
   */
  Caller caller(String address, List<String> headers) {
    String peer = canonical(address);
    if (!isTrusted(peer)) {
      return Caller.at(peer);
    }
    List<String> forwarded = List.of(String.join(",", headers).split(",", -1));
    for (int i = forwarded.size() - 1; i >= 0; i--) {
      String client = canonical(forwarded.get(i).trim());
      if (client.isEmpty()) {
        break;
      }
      if (!isTrusted(client)) {
        return Caller.at(client);
      }
    }
    return Caller.at(peer);
  }

  private boolean isTrusted(String address) {
    return addresses.contains(address) || (onThisMachine && isLoopback(address));
  }

  private static boolean isLoopback(String address) {
    InetAddress known = NetUtil.createInetAddressFromIpAddressString(address);
    return known != null && known.isLoopbackAddress();
  }

  /** An address as it is compared; empty for what is none. */
  static String canonical(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    // Without the interface by which an address of a link is reached: fe80::1%eth0.
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(bare.split("%", 2)[0]);
    return address == null ? "" : address.getHostAddress();
  }
}
