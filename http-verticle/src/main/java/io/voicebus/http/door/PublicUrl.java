package io.voicebus.http.door;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The public address of a server behind a proxy, such as {@code https://voice.example/voice/}.
 *
 * @param origin the origin, such as {@code https://voice.example}, in lower case
 * @param host the host, such as {@code voice.example}, in lower case
 * @param base the path, such as {@code /voice}
 */
public record PublicUrl(String origin, String host, BasePath base) {
  /** What the setting must be. */
  static final String ALLOWED =
      "where people find the server, such as https://voice.example or https://example.org/voice/";

  /**
   * Reads the setting {@code public-url}.
   *
   * @throws IllegalArgumentException for another text than {@link #ALLOWED}
   */
  static @Nullable PublicUrl of(String text) {
    if (text.isEmpty()) {
      return null;
    }
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ALLOWED, e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!scheme.matches("https?")
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !path.matches("(?:/[A-Za-z0-9._~-]+)*/?")
        || path.matches("(?:.*/)?\\.\\.?(?:/.*)?")) {
      throw new IllegalArgumentException(ALLOWED);
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String authority = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new PublicUrl(scheme + "://" + authority, host, new BasePath(base));
  }
}
