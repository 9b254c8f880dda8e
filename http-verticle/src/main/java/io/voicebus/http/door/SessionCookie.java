package io.voicebus.http.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a browser has instead of the access token once somebody has signed in: the end of its
 * validity and the token's signature. So the server keeps no sessions, a restart ends none, and
 * another token ends all.
 */
final class SessionCookie {
  /** How long one is valid; the browser forgets it when it is closed. */
  static final Duration VALID = Duration.ofDays(30);

  private final AccessToken token;
  private final InstantSource wallClock;

  /** Cookies know no ports: servers with different tokens must not overwrite each other's. */
  private final String name;

  private final BasePath base;

  /**
   * Signed with this token.
   *
   * @param base under which it is sent
   */
  SessionCookie(AccessToken token, InstantSource wallClock, BasePath base) {
    this.base = base;
    this.token = token;
    this.wallClock = wallClock;
    this.name = "voicebus-" + HexFormat.of().formatHex(token.sign("cookie name"), 0, 4);
  }

  /** Whether the request has a valid one. */
  boolean in(HttpServerRequest request) {
    return request.cookies(name).stream().anyMatch(cookie -> valid(cookie.getValue()));
  }

  /** Whether this value of the cookie is valid now. */
  boolean valid(String value) {
    int dot = value.indexOf('.');
    if (dot <= 0 || !value.substring(0, dot).matches("[0-9]{1,15}")) {
      return false;
    }
    long endsAtMs = Long.parseLong(value.substring(0, dot));
    return MessageDigest.isEqual(value(endsAtMs).getBytes(UTF_8), value.getBytes(UTF_8))
        && wallClock.millis() < endsAtMs;
  }

  private String value(long endsAtMs) {
    byte[] signature = token.sign("session until " + endsAtMs);
    return endsAtMs + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  /** A value that is valid from now on. */
  String fresh() {
    return value(wallClock.instant().plus(VALID).toEpochMilli());
  }

  /** Signs the browser in. */
  void set(HttpServerRequest request) {
    request.response().addCookie(cookie(request, fresh()));
  }

  /** Signs the browser out. */
  void clear(HttpServerRequest request) {
    request.response().addCookie(cookie(request, "").setMaxAge(0));
  }

  private Cookie cookie(HttpServerRequest request, String value) {
    return Cookie.cookie(name, value)
        .setPath(base.below("/"))
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(overTls(request));
  }

  /** Over plain HTTP a browser would not keep a cookie that is only for TLS. */
  private static boolean overTls(HttpServerRequest request) {
    String proto = request.getHeader("X-Forwarded-Proto");
    return request.isSSL()
        || (proto != null && proto.split(",", 2)[0].trim().equalsIgnoreCase("https"));
  }
}
