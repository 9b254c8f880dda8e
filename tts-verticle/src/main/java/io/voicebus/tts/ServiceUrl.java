package io.voicebus.tts;

import io.voicebus.contract.Settings;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is.
 *
 * @param uri {@code http} or {@code https}, with a host
 */
record ServiceUrl(URI uri) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** RFC 1918, RFC 3927, RFC 4193, and all of 127/8. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(10|127|192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01]))\\.[\\d.]+|\\[f[cd][0-9a-f:]+\\]");

  /**
   * Reads a setting.
   *
   * @throws IllegalArgumentException if it is no such URL
   */
  static ServiceUrl read(Settings settings, String key, String fallback) {
    String text = settings.text(key, fallback);
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return new ServiceUrl(url);
      }
    } catch (IllegalArgumentException e) {
      throw wrong(key, text, e);
    }
    throw wrong(key, text, null);
  }

  private static IllegalArgumentException wrong(String key, String text, @Nullable Throwable e) {
    return new IllegalArgumentException(
        "tts setting '" + key + "' is '" + text + "': it must be an http or https URL", e);
  }

  String host() {
    return uri.getHost();
  }

  int port() {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return secure() ? 443 : 80;
  }

  boolean secure() {
    return "https".equals(uri.getScheme());
  }

  /** Whether a key sent there could be read on the way. */
  boolean exposesKeys() {
    return !secure() && !LOOPBACK.contains(host());
  }

  /** Whether it is a machine of the user's own: this one, or one in a private network. */
  boolean atHome() {
    String host = host();
    return LOOPBACK.contains(host)
        || PRIVATE.matcher(host).matches()
        || (!host.contains(".") && !host.contains(":"))
        || host.endsWith(".local")
        || host.endsWith(".internal")
        || host.endsWith(".lan");
  }

  /** The path of something below it. */
  String path(String name) {
    String base = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/$", "");
    return base + "/" + name;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
