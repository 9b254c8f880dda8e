package io.voicebus.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.turn.OwnerLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verticle's {@code config()}; {@code docs/http.md} explains each key.
 *
 * @param host to listen on
 * @param port to listen on; 0 for any free one
 * @param allowedHosts names under which the server may be addressed, beyond the loopback ones
 * @param allowedOrigins origins whose pages may send requests, beyond the server's own
 * @param maxPromptBytes longest prompt, in UTF-8
 * @param eventsBytes what is kept of one turn's events
 * @param keptTurns how many ended turns are kept
 * @param keptFor how long ended turns are kept
 * @param request how long a request's head and its body may take
 * @param keepAlive how long a connection may be idle between requests
 * @param heartbeat between two comments in a stream of events
 * @param drain how long turns may go on when the server stops
 * @param logAll whether each turn that ends gets a line of the log, not only those that fail
 * @param limits of the turns
 * @param accessToken what callers must know; null for a server that anybody may use who reaches it
 * @param insecureHttp whether it is known that everything beyond loopback travels unencrypted, and,
 *     without a token, that anybody may use the server
 * @param maxConnections at once
 * @param pause how long a listener may pause
 */
record HttpSettings(
    String host,
    int port,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    int maxPromptBytes,
    int eventsBytes,
    int keptTurns,
    Duration keptFor,
    Duration request,
    Duration keepAlive,
    Duration heartbeat,
    Duration drain,
    boolean logAll,
    OwnerLimits limits,
    @Nullable AccessToken accessToken,
    boolean insecureHttp,
    int maxConnections,
    Duration pause) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+\\]?");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]+)?");
  private static final long HOUR_MS = 3_600_000;

  /** Beside one for the audio and one for the events of each turn. */
  private static final int SPARE_CONNECTIONS = 100;

  /**
   * Reads and checks the settings.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static HttpSettings from(JsonObject config) {
    Settings settings = new Settings("http", withoutLists(config));
    OwnerLimits defaults = OwnerLimits.DEFAULTS;
    String host = settings.text("host", "127.0.0.1");
    String secret = settings.text("access-token", "");
    AccessToken token = secret.isEmpty() ? null : AccessToken.of(secret);
    boolean insecure = settings.flag("insecure-http", false);
    if (!insecure && token == null && !HostCheck.isLoopback(host)) {
      throw new IllegalArgumentException(
          "a server that other machines can reach needs an access token: make one with 'openssl"
              + " rand -hex 16' and give it as VOICEBUS_ACCESS_TOKEN (access-token in the"
              + " settings), or let anybody use it who reaches "
              + host
              + " with --insecure-http (insecure-http=true)");
    }
    int maxTurns = settings.integer("max-turns", defaults.maxTurns(), 1, 1_000_000);
    HttpSettings result =
        new HttpSettings(
            host,
            settings.integer("port", 8080, 0, 65535),
            list(settings, "allowed-hosts", NAME, "names without a port, such as voice.example"),
            list(settings, "allowed-origins", ORIGIN, "origins such as https://voice.example"),
            settings.integer("max-prompt-bytes", 2 * 1024 * 1024, 1, 64 * 1024 * 1024),
            settings.integer("events-bytes", 256 * 1024, 1024, 16 * 1024 * 1024),
            settings.integer("kept-turns", 1000, 0, 100_000),
            settings.millis("kept-ms", Duration.ofSeconds(60), 0, HOUR_MS),
            settings.millis("request-ms", Duration.ofSeconds(10), 10, HOUR_MS),
            settings.millis("keep-alive-ms", Duration.ofSeconds(75), 10, HOUR_MS),
            settings.millis("heartbeat-ms", Duration.ofSeconds(15), 10, HOUR_MS),
            settings.millis("drain-ms", Duration.ofSeconds(10), 0, HOUR_MS),
            settings.choice("log-turns", "failed", List.of("failed", "all")).equals("all"),
            new OwnerLimits(
                    maxTurns,
                    settings.millis("attach-ms", defaults.attach(), 1, HOUR_MS),
                    settings.millis("stalled-ms", defaults.stalled(), 1, 24 * HOUR_MS),
                    settings.millis("stages-ms", defaults.stages(), 1, HOUR_MS))
                .withDetach(settings.millis("detach-ms", defaults.detach(), 0, HOUR_MS)),
            token,
            insecure,
            settings.integer("max-connections", 2 * maxTurns + SPARE_CONNECTIONS, 1, 4_000_000),
            settings.millis("pause-ms", Duration.ofHours(1), 1, 24 * HOUR_MS));
    settings.rejectUnknown();
    return result;
  }

  /** Whether other machines can reach the server. */
  boolean beyondLoopback() {
    return !HostCheck.isLoopback(host);
  }

  /** Lists may be JSON arrays, too. */
  private static JsonObject withoutLists(JsonObject config) {
    JsonObject copy = new JsonObject();
    for (String key : config.fieldNames()) {
      Object value = config.getValue(key);
      copy.put(
          key,
          value instanceof JsonArray array
              ? array.stream().map(String::valueOf).collect(Collectors.joining(","))
              : value);
    }
    return copy;
  }

  private static Set<String> list(Settings settings, String key, Pattern pattern, String allowed) {
    Set<String> items = new TreeSet<>();
    for (String item : settings.text(key, "").split(",", -1)) {
      String trimmed = item.trim();
      if (!trimmed.isEmpty() && !pattern.matcher(trimmed).matches()) {
        throw new IllegalArgumentException(
            "http setting '" + key + "' has '" + trimmed + "': it must be " + allowed);
      }
      if (!trimmed.isEmpty()) {
        items.add(trimmed);
      }
    }
    return items;
  }
}
