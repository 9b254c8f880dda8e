package io.voicebus.tts.service;

import io.voicebus.contract.ServiceAddress;
import java.util.regex.Pattern;

/**
 * The address of a service.
 *
 * @param address the parsed address
 */
public record ServiceUrl(ServiceAddress address) {

  /** RFC 1918, RFC 3927, RFC 4193, and all of 127/8. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(10|127|192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01]))\\.[\\d.]+|\\[f[cd][0-9a-f:]+\\]");

  /** Parses a value that the setting has checked. */
  public static ServiceUrl of(String text) {
    return new ServiceUrl(ServiceAddress.parse(text).orElseThrow());
  }

  /** The host name or the IP address. */
  public String host() {
    return address.host();
  }

  /** The port; that of the scheme if the address has none. */
  public int port() {
    return address.port();
  }

  /** Whether connections use TLS. */
  public boolean secure() {
    return address.secure();
  }

  /** Whether others on the network could read a key that is sent there. */
  public boolean exposesKeys() {
    return address.exposesKeys();
  }

  /** Whether the service is on this machine or in a private network. */
  public boolean atHome() {
    String host = host();
    return address.isLoopback()
        || PRIVATE.matcher(host).matches()
        || (!host.contains(".") && !host.contains(":"))
        || host.endsWith(".local")
        || host.endsWith(".internal")
        || host.endsWith(".lan");
  }

  /** The path of a resource below the address. */
  public String path(String name) {
    return address.uri("/" + name);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
