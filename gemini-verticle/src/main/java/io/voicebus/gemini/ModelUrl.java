package io.voicebus.gemini;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is.
 *
 * @param host name or address
 * @param port always told
 * @param secure whether it is TLS
 * @param path empty, or begins with a slash and ends without one
 */
record ModelUrl(String host, int port, boolean secure, String path) {

  /**
   * Reads a base URL.
   *
   * @param key of the setting, for the error
   * @throws IllegalArgumentException which says what is allowed
   */
  static ModelUrl read(String key, String text) {
    try {
      URI url = new URI(text.replaceAll("/+$", ""));
      if (url.getHost() != null
          && List.of("http", "https").contains(url.getScheme())
          && url.getQuery() == null
          && url.getUserInfo() == null) {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        return new ModelUrl(url.getHost(), port, secure, url.getRawPath());
      }
      throw wrong(key, text, null);
    } catch (URISyntaxException e) {
      throw wrong(key, text, e);
    }
  }

  private static IllegalArgumentException wrong(
      String key, String value, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "gemini setting '"
            + key
            + "' is '"
            + value
            + "': it must be like https://host or http://host:port",
        cause);
  }
}
