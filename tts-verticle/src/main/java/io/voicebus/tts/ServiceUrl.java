package io.voicebus.tts;

import io.voicebus.contract.ServiceAddress;
import java.util.regex.Pattern;

/**
 * Where a service is.
 *
 * @param address as it was read
 */
record ServiceUrl(ServiceAddress address) {

  /** RFC 1918, RFC 3927, RFC 4193, and all of 127/8. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(10|127|192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01]))\\.[\\d.]+|\\[f[cd][0-9a-f:]+\\]");

  /** Reads what a setting of the kind allows. */
  static ServiceUrl of(String text) {
    return new ServiceUrl(ServiceAddress.parse(text).orElseThrow());
  }

  String host() {
    return address.host();
  }

  int port() {
    return address.port();
  }

  boolean secure() {
    return address.secure();
  }

  /** Whether a key sent there could be read on the way. */
  boolean exposesKeys() {
    return address.exposesKeys();
  }

  /** Whether it is a machine of the user's own: this one, or one in a private network. */
  boolean atHome() {
    String host = host();
    return address.isLoopback()
        || PRIVATE.matcher(host).matches()
        || (!host.contains(".") && !host.contains(":"))
        || host.endsWith(".local")
        || host.endsWith(".internal")
        || host.endsWith(".lan");
  }

  /** The path of something below it. */
  String path(String name) {
    return address.uri("/" + name);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
