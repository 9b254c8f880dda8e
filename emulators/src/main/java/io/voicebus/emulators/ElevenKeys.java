package io.voicebus.emulators;

import io.vertx.core.http.HttpServerRequest;

/** Where a key may stand, and which are accepted. */
final class ElevenKeys {
  private static final String BEARER = "Bearer ";

  private ElevenKeys() {}

  /** The key of a request; empty if it has none. */
  static String of(HttpServerRequest request) {
    String key = request.getHeader("xi-api-key");
    String authorization = request.getHeader("authorization");
    if (key != null) {
      return key;
    }
    return authorization != null && authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : "";
  }

  static boolean accepts(ElevenOptions options, String key) {
    return !key.isEmpty() && (options.keys().isEmpty() || options.keys().contains(key));
  }
}
