package io.voicebus.http.door;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Clock;
import io.voicebus.http.wire.AcceptHeader;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only those pass who know the access token: programs send it with each request, browsers have
 * a cookie from the sign-in page. The health checks and that page itself are open.
 */
public final class Access {
  /** Where browsers sign in. */
  public static final String SIGN_IN_PATH = "/login";

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final String BEARER = "bearer ";
  private static final Set<String> OPEN = Set.of(SIGN_IN_PATH);
  private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

  private final AccessToken token;
  private final SessionCookie cookie;
  private final Clock clock;
  private final GuessLimit guesses;
  private long warnedAt;

  /**
   * Asks for this token.
   *
   * @param guesses of all instances of the server
   */
  public Access(AccessToken token, Clock clock, InstantSource wallClock, GuessLimit guesses) {
    this.guesses = guesses;
    this.token = token;
    this.cookie = new SessionCookie(token, wallClock);
    this.clock = clock;
    this.warnedAt = clock.nanoTime() - BETWEEN_WARNINGS;
  }

  /** What browsers have instead of the token. */
  public SessionCookie cookie() {
    return cookie;
  }

  /** Whether the request may go on; if not, it is answered. */
  public boolean passes(HttpServerRequest request) {
    if (Guard.HEALTH.contains(request.path()) || OPEN.contains(request.path())) {
      return true;
    }
    List<String> tokens = tokens(request);
    if (tokens.isEmpty()
        ? cookie.in(request)
        : tokens.size() == 1 && token.matches(tokens.get(0))) {
      return true;
    }
    if (!tokens.isEmpty()) {
      ProblemResponse.send(request, wrongToken(request));
    } else if (navigates(request)) {
      request.response().setStatusCode(303).putHeader("Location", SIGN_IN_PATH).end();
    } else {
      ProblemResponse.send(request, noToken());
    }
    return false;
  }

  /** The bearer tokens of a request; other schemes, which a proxy may add, are ignored. */
  private static List<String> tokens(HttpServerRequest request) {
    return request.headers().getAll("Authorization").stream()
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).trim())
        .toList();
  }

  /** Whether a person follows a link or types an address, and can be shown a page instead. */
  private static boolean navigates(HttpServerRequest request) {
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return reads && AcceptHeader.prefersHtml(request);
  }

  private static Problem noToken() {
    return new Problem(
            "unauthorized",
            "This server needs its access token",
            401,
            "send the header 'Authorization: Bearer TOKEN', or sign in at " + SIGN_IN_PATH)
        .withHeader("WWW-Authenticate", "Bearer realm=\"voicebus\"");
  }

  /** Whether this is the token. */
  public boolean matches(String text) {
    return token.matches(text);
  }

  /** The answer to a wrong token, which counts as a guess. */
  public Problem wrongToken(HttpServerRequest request) {
    String address = String.valueOf(request.connection().remoteAddress().hostAddress());
    long now = clock.nanoTime();
    if (guesses.accept(address, now)) {
      return new Problem(
              "unauthorized",
              "That is not this server's access token",
              401,
              "it is what access-token, or VOICEBUS_ACCESS_TOKEN, is set to where the server runs")
          .withHeader("WWW-Authenticate", "Bearer realm=\"voicebus\", error=\"invalid_token\"");
    }
    if (now - warnedAt >= BETWEEN_WARNINGS) {
      warnedAt = now;
      LOG.warn("many wrong access tokens come from {}", address);
    }
    return new Problem(
            "rate-limited",
            "Too many wrong access tokens",
            429,
            "wait " + GuessLimit.SECONDS_EACH + " seconds, then send the right one")
        .withHeader("Retry-After", String.valueOf(GuessLimit.SECONDS_EACH));
  }
}
