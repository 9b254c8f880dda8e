package io.voicebus.http.door;

import io.voicebus.contract.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What decides who may come in; {@code docs/http.md} explains each key.
 *
 * @param host to listen on
 * @param allowedHosts names under which the server may be addressed, beyond the loopback ones
 * @param allowedOrigins origins whose pages may send requests, beyond the server's own
 * @param accessToken what callers must know; null for a server that anybody may use who reaches it
 * @param insecureHttp whether it is known that everything beyond loopback travels unencrypted, and,
 *     without a token, that anybody may use the server
 * @param maxConnections at once
 * @param request how long a request's head and its body may take
 * @param keepAlive how long a connection may be idle between requests
 */
public record DoorSettings(
    String host,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    @Nullable AccessToken accessToken,
    boolean insecureHttp,
    int maxConnections,
    Duration request,
    Duration keepAlive) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+\\]?");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]+)?");
  private static final long HOUR_MS = 3_600_000;

  /** Beside one for the audio and one for the events of each turn. */
  private static final int SPARE_CONNECTIONS = 100;

  /**
   * Reads and checks the settings.
   *
   * @param maxTurns that the server allows at once
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  public static DoorSettings from(Settings settings, int maxTurns) {
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
    return new DoorSettings(
        host,
        list(settings, "allowed-hosts", NAME, "names without a port, such as voice.example"),
        list(settings, "allowed-origins", ORIGIN, "origins such as https://voice.example"),
        token,
        insecure,
        settings.integer("max-connections", 2 * maxTurns + SPARE_CONNECTIONS, 1, 4_000_000),
        settings.millis("request-ms", Duration.ofSeconds(10), 10, HOUR_MS),
        settings.millis("keep-alive-ms", Duration.ofSeconds(75), 10, HOUR_MS));
  }

  /** Whether other machines can reach the server. */
  public boolean beyondLoopback() {
    return !HostCheck.isLoopback(host);
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
