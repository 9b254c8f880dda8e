package io.voicebus.http.door;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says under which names this server may be addressed. A web site may point its own name at the
 * loopback address (DNS rebinding), and its pages would then be of the same origin as this server;
 * but their requests still carry the site's name.
 */
final class HostCheck {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names = new TreeSet<>(LOOPBACK);
  private final boolean anyAddress;

  /**
   * Allows the loopback names, the address that the server listens on, and others. Beyond loopback
   * every address is allowed, too: a site can point its name at this server, but not an address.
   *
   * @param listensOn an address or a name
   * @param others names without port
   */
  HostCheck(String listensOn, Set<String> others) {
    anyAddress = !isLoopback(listensOn);
    names.add(bracketed(listensOn.toLowerCase(Locale.ROOT)));
    others.forEach(name -> names.add(bracketed(name.toLowerCase(Locale.ROOT))));
  }

  private static String bracketed(String name) {
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }

  /**
   * Whether a request may name this.
   *
   * @param host the {@code Host} header: a name, with or without a port
   */
  boolean allows(String host) {
    String name = name(host.toLowerCase(Locale.ROOT));
    String absolute = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    // RFC 6761, section 6.3: all of localhost is loopback.
    return names.contains(absolute)
        || absolute.endsWith(".localhost")
        || (anyAddress && isAddress(name));
  }

  private static boolean isAddress(String name) {
    boolean six = name.startsWith("[") && name.endsWith("]");
    InetAddress address =
        NetUtil.createInetAddressFromIpAddressString(
            six ? name.substring(1, name.length() - 1) : name);
    return address != null && !address.isAnyLocalAddress() && six == name.contains(":");
  }

  /** Whether nobody but this machine reaches a server that listens on this; names are not asked. */
  static boolean isLoopback(String listensOn) {
    String name = listensOn.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(name);
    return address == null ? name.equals("localhost") : address.isLoopbackAddress();
  }

  private static String name(String host) {
    int bracket = host.lastIndexOf(']');
    int colon = host.indexOf(':', Math.max(0, bracket));
    if (colon < 0) {
      return host;
    }
    boolean port = host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return port ? host.substring(0, colon) : host;
  }
}
