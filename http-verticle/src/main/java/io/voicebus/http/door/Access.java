package io.voicebus.http.door;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Clock;
import io.voicebus.http.wire.AcceptHeader;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits only requests with an access token. Programs send it with each request, in the place where
 * their own service expects its key; browsers have a cookie from the sign-in page. The health
 * checks, the sign-in page and the explanations of problems need no token.
 */
public final class Access {
  /** The path of the sign-in page. */
  public static final String SIGN_IN_PATH = "/login";

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final String BEARER = "bearer ";

  /** Where clients of ElevenLabs put their key. */
  private static final String ELEVENLABS_KEY = "xi-api-key";

  /** A subprotocol, in which browsers' clients of OpenAI put theirs, since they have no headers. */
  private static final String SOCKET_KEY = "openai-insecure-api-key.";

  /** As it was sent: a path that leads elsewhere once it is normalized must not pass. */
  private static final Pattern EXPLANATION = Pattern.compile(Problem.TYPES + "[a-z-]+");

  private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

  private final AccessTokens tokens;
  private final Map<String, SessionCookie> cookies = new LinkedHashMap<>();
  private final Clock clock;
  private final GuessLimit guesses;
  private final BasePath base;
  private long warnedAt;

  /**
   * Creates the check.
   *
   * @param guesses limits wrong tokens, over all instances of the server
   * @param base the path below which browsers find the sign-in page
   */
  public Access(
      AccessTokens tokens,
      Clock clock,
      InstantSource wallClock,
      GuessLimit guesses,
      BasePath base) {
    this.tokens = tokens;
    this.guesses = guesses;
    this.clock = clock;
    this.base = base;
    this.warnedAt = clock.nanoTime() - BETWEEN_WARNINGS;
    tokens.forEach((name, token) -> cookies.put(name, new SessionCookie(token, wallClock, base)));
  }

  /**
   * Whether the request may go on; if not, it is answered.
   *
   * @param path of the request, below the base path
   */
  boolean passes(HttpServerRequest request, String path) {
    if (Guard.HEALTH.contains(path) || path.equals(SIGN_IN_PATH) || isExplanation(path)) {
      return true;
    }
    List<String> sent = sent(request);
    Optional<String> name =
        sent.isEmpty()
            ? signedIn(request)
            : sent.size() == 1 ? tokens.nameOf(sent.get(0)) : Optional.empty();
    if (name.isPresent()) {
      Caller.withToken(name.get()).on(request);
      return true;
    }
    if (!sent.isEmpty()) {
      ProblemResponse.send(request, wrongToken(request));
    } else if (navigates(request)) {
      request.response().setStatusCode(303).putHeader("Location", base.below(SIGN_IN_PATH)).end();
    } else {
      ProblemResponse.send(request, noToken());
    }
    return false;
  }

  /** What a refusal's type leads to, and tells nothing of this server. */
  private static boolean isExplanation(String path) {
    return EXPLANATION.matcher(path).matches();
  }

  /** The different tokens of a request; other schemes, which a proxy may add, are ignored. */
  private static List<String> sent(HttpServerRequest request) {
    Stream<String> bearers =
        request.headers().getAll("Authorization").stream()
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()));
    Stream<String> keys = request.headers().getAll(ELEVENLABS_KEY).stream();
    Stream<String> protocols =
        request.headers().getAll("Sec-WebSocket-Protocol").stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(String::trim)
            .filter(protocol -> protocol.startsWith(SOCKET_KEY))
            .map(protocol -> protocol.substring(SOCKET_KEY.length()));
    return Stream.of(bearers, keys, protocols)
        .flatMap(each -> each)
        .map(String::trim)
        .filter(token -> !token.isEmpty())
        .distinct()
        .toList();
  }

  /** Whether a person follows a link or types an address, and can be shown a page instead. */
  private static boolean navigates(HttpServerRequest request) {
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return reads && AcceptHeader.prefersHtml(request);
  }

  private Problem noToken() {
    return new Problem(
            "unauthorized",
            "This server needs its access token",
            401,
            "send the header 'Authorization: Bearer TOKEN', or sign in at "
                + base.below(SIGN_IN_PATH))
        .withHeader("WWW-Authenticate", "Bearer realm=\"voicebus\"");
  }

  /** The name of the token with which the browser has signed in; empty if it has not. */
  public Optional<String> signedIn(HttpServerRequest request) {
    return cookies.entrySet().stream()
        .filter(each -> each.getValue().in(request))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Signs the browser in if the text is a valid token.
   *
   * @return whether it is
   */
  public boolean signIn(HttpServerRequest request, String text) {
    Optional<SessionCookie> cookie = tokens.nameOf(text).map(cookies::get);
    cookie.ifPresent(known -> known.set(request));
    return cookie.isPresent();
  }

  /** Signs the browser out. */
  public void signOut(HttpServerRequest request) {
    cookies.values().stream()
        .filter(cookie -> cookies.size() == 1 || cookie.in(request))
        .forEach(cookie -> cookie.clear(request));
  }

  /** Counts a wrong token and returns the answer to it. */
  public Problem wrongToken(HttpServerRequest request) {
    String address = Caller.of(request).name();
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
