package io.voicebus.http.door;

import io.voicebus.contract.MissingKeyException;
import io.voicebus.contract.OpenFileLimit;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TextFile;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of the settings of admission; {@code docs/http.md} explains each key.
 *
 * @param host address to listen on
 * @param allowedHosts names under which the server may be addressed, beyond the loopback ones
 * @param allowedOrigins origins whose pages may send requests, beyond the server's own
 * @param tokens the valid tokens; null if callers need none
 * @param insecureHttp whether the operator accepts that data beyond loopback is unencrypted and,
 *     without a token, that anybody may use the server
 * @param maxConnections most connections at once
 * @param request how long a request's head and its body may take
 * @param keepAlive how long a connection may be idle between requests
 * @param publicUrl the address behind a proxy; null if none is set
 * @param trustedProxies addresses of proxies whose {@code X-Forwarded-For} is believed
 * @param tls certificate and key; null without TLS
 * @param clientTurns most turns of one client at once
 * @param clientTurnsPerMinute most turns that one client starts in a minute; 0 for any number
 */
public record DoorSettings(
    String host,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    @Nullable AccessTokens tokens,
    boolean insecureHttp,
    int maxConnections,
    Duration request,
    Duration keepAlive,
    @Nullable PublicUrl publicUrl,
    Set<String> trustedProxies,
    @Nullable Tls tls,
    int clientTurns,
    int clientTurnsPerMinute) {
  /** Of a server that others reach: what one of them may have of all turns. */
  private static final int CLIENTS_SHARE = 4;

  /** Of a server that others reach: ten a second are no person's. */
  private static final int MANY_A_MINUTE = 600;

  /** Beside one for the audio and one for the events of each turn. */
  private static final int SPARE_CONNECTIONS = 100;

  /**
   * Reads and checks the settings.
   *
   * @param maxTurns most turns of the server at once
   * @throws IllegalArgumentException if a setting is wrong; the message names its key, its value
   *     and the allowed values
   */
  public static DoorSettings from(Settings settings, int maxTurns) {
    String host = settings.get(DoorConfig.HOST);
    AccessTokens tokens = tokens(settings);
    boolean insecure = settings.get(DoorConfig.INSECURE_HTTP);
    PublicUrl publicUrl = PublicUrl.of(settings.get(DoorConfig.PUBLIC_URL));
    String reachedAt = reachedAt(host, publicUrl);
    boolean reached = !reachedAt.isEmpty();
    if (!insecure && tokens == null && reached) {
      throw new MissingKeyException(
          "a server that other machines can reach needs an access token: make one with 'openssl"
              + " rand -hex 16' and give it as VOICEBUS_ACCESS_TOKEN (access-token in the"
              + " settings), or let anybody use it who reaches "
              + reachedAt
              + " with --insecure-http (insecure-http=true)");
    }
    return new DoorSettings(
        host,
        new TreeSet<>(settings.get(DoorConfig.ALLOWED_HOSTS)),
        new TreeSet<>(settings.get(DoorConfig.ALLOWED_ORIGINS)),
        tokens,
        insecure,
        settings
            .find(DoorConfig.MAX_CONNECTIONS)
            .orElse(Math.min(2 * maxTurns + SPARE_CONNECTIONS, OpenFileLimit.share(2))),
        settings.get(DoorConfig.REQUEST),
        settings.get(DoorConfig.KEEP_ALIVE),
        publicUrl,
        new TreeSet<>(settings.get(DoorConfig.TRUSTED_PROXIES)),
        Tls.of(settings.get(DoorConfig.TLS_CERT), settings.get(DoorConfig.TLS_KEY)),
        settings
            .find(DoorConfig.CLIENT_TURNS)
            .orElse(reached ? Math.max(1, maxTurns / CLIENTS_SHARE) : maxTurns),
        settings.find(DoorConfig.CLIENT_TURNS_PER_MINUTE).orElse(reached ? MANY_A_MINUTE : 0));
  }

  /** Where other machines reach it; empty if they do not. */
  private static String reachedAt(String host, @Nullable PublicUrl publicUrl) {
    if (!HostCheck.isLoopback(host)) {
      return host;
    }
    return publicUrl != null && !HostCheck.isLoopback(publicUrl.host()) ? publicUrl.origin() : "";
  }

  /** Whether other machines can reach the server, directly or through a proxy. */
  public boolean isReached() {
    return !reachedAt(host, publicUrl).isEmpty();
  }

  private static @Nullable AccessTokens tokens(Settings settings) {
    String written = settings.get(DoorConfig.ACCESS_TOKEN);
    String file = settings.get(DoorConfig.ACCESS_TOKEN_FILE);
    return AccessTokens.both(
        written.isEmpty() ? null : AccessTokens.parse(written, "http setting 'access-token'"),
        file.isEmpty() ? null : AccessTokens.parse(read(file), "the access-token-file " + file));
  }

  private static String read(String file) {
    try {
      return TextFile.read(Tls.readable("access-token-file", file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the access-token-file " + file + ": it must be text in UTF-8", e);
    }
  }

  /** Names under which the server may be addressed, beyond the loopback ones. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(allowedHosts);
    if (publicUrl != null) {
      names.add(publicUrl.host());
    }
    return names;
  }

  /** The path under which a proxy offers the server. */
  public BasePath base() {
    return publicUrl == null ? BasePath.NONE : publicUrl.base();
  }

  /** Those in front of the server. */
  Proxies proxies() {
    return new Proxies(trustedProxies, publicUrl != null);
  }

  /** Whether other machines can reach the server directly. */
  public boolean beyondLoopback() {
    return !HostCheck.isLoopback(host);
  }
}
