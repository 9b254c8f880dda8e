package io.voicebus.turn.recording;

import io.vertx.core.json.JsonArray;
import java.util.Collection;
import java.util.List;

/** Keys and tokens, which are removed from everything that is written. Immutable. */
final class Secrets {
  /** Shorter ones are words that a text may well have. */
  private static final int LEAST_CHARS = 6;

  private static final String IN_PLACE = "…";

  private final List<String> secrets;

  Secrets(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= LEAST_CHARS)
            .map(secret -> new JsonArray().add(secret).encode())
            .map(quoted -> quoted.substring(2, quoted.length() - 2))
            .distinct()
            .toList();
  }

  /** A line of JSON without them. */
  String without(String json) {
    String clean = json;
    for (String secret : secrets) {
      clean = clean.replace(secret, IN_PLACE);
    }
    return clean;
  }
}
