package io.voicebus.tts.service;

import io.voicebus.contract.ServiceAddress;
import java.util.regex.Pattern;

/**
 * Where a service is.
 *
 * @param address as it was read
 */
public record ServiceUrl(ServiceAddress address) {

  /** RFC 1918, RFC 3927, RFC 4193, and all of 127/8. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(10|127|192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01]))\\.[\\d.]+|\\[f[cd][0-9a-f:]+\\]");

  /** Reads what a setting of the kind allows. */
  public static ServiceUrl of(String text) {
    return new ServiceUrl(ServiceAddress.parse(text).orElseThrow());
  }

  /** Its name or address. */
  public String host() {
    return address.host();
  }

  /** The scheme's where the address has none. */
  public int port() {
    return address.port();
  }

  /** Whether it is asked over TLS. */
  public boolean secure() {
    return address.secure();
  }

  /** Whether a key sent there could be read on the way. */
  public boolean exposesKeys() {
    return address.exposesKeys();
  }

  /** Whether it is a machine of the user's own: this one, or one in a private network. */
  public boolean atHome() {
    String host = host();
    return address.isLoopback()
        || PRIVATE.matcher(host).matches()
        || (!host.contains(".") && !host.contains(":"))
        || host.endsWith(".local")
        || host.endsWith(".internal")
        || host.endsWith(".lan");
  }

  /** The path of something below it. */
  public String path(String name) {
    return address.uri("/" + name);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
