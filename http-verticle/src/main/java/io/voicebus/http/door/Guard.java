package io.voicebus.http.door;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Admits only requests to an allowed host name that come from no web page or from one of an allowed
 * origin. Health checks may use any host name, since their clients know only an address.
 */
public final class Guard {
  /**
   * The paths of the health checks. They are compared with the path as it was sent: one that
   * changes when it is normalized must not pass.
   */
  public static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

  /** What makes speech though it is only read, as it is routed: its path has other spellings. */
  static final String COSTLY_READ = "/v1/speak";

  /** The longest URL, in bytes. */
  static final int MAX_URL = 8 * 1024;

  /** Of a URL that is too long. */
  public static final Problem LONG_URL =
      new Problem("too-large", "Too large", 414, "shorten the URL: it has at most 8 KiB");

  private static final Problem FORBIDDEN_HOST =
      new Problem(
          "forbidden-host",
          "This server may not be addressed like that",
          403,
          "set allowed-hosts to the names under which this server may be addressed");
  private static final Problem FORBIDDEN_ORIGIN =
      new Problem(
          "forbidden-origin",
          "Pages of this origin may not send requests",
          403,
          "set allowed-origins to the origins whose pages may use this server");

  private static final Problem NO_HOST =
      ProblemMapping.of(
          FailureKind.INVALID_REQUEST, "send the header Host once, with the name of this server");

  private static final Problem TWO_NAMES =
      ProblemMapping.of(
          FailureKind.INVALID_REQUEST, "the URL and the header Host must name the same server");

  private final HostCheck hosts;
  private final OriginCheck origins;
  private final boolean anyHost;
  private final String publicOrigin;

  /** Creates a guard by the settings. */
  public Guard(DoorSettings settings) {
    // A page under another host's name has neither the token nor the cookie, which is of its host.
    this.anyHost = settings.tokens() != null;
    this.hosts = new HostCheck(settings.host(), settings.names());
    this.origins = new OriginCheck(settings.allowedOrigins());
    PublicUrl known = settings.publicUrl();
    this.publicOrigin = known == null ? "" : known.origin();
  }

  /** Which pages may send requests. */
  OriginCheck origins() {
    return origins;
  }

  /**
   * Whether the request may go on; if not, it is answered.
   *
   * @param path of the request, below the base path
   */
  boolean passes(HttpServerRequest request, String path) {
    if (request.uri().length() > MAX_URL) {
      ProblemResponse.send(request, LONG_URL);
      return false;
    }
    List<String> hostHeaders = request.headers().getAll("Host");
    String host = hostHeaders.size() == 1 ? hostHeaders.get(0) : "";
    if (!anyHost && !HEALTH.contains(path) && !hosts.allows(host)) {
      ProblemResponse.send(request, hostHeaders.size() == 1 ? FORBIDDEN_HOST : NO_HOST);
      return false;
    }
    // Vert.x would break on what it cannot read (RFC 9112, section 3.2).
    boolean readable = request.authority() != null && hostHeaders.size() == 1;
    if (!readable && request.version() != HttpVersion.HTTP_1_0) {
      ProblemResponse.send(request, NO_HOST);
      return false;
    }
    if (namesAnother(request.uri(), host)) {
      ProblemResponse.send(request, TWO_NAMES);
      return false;
    }
    List<String> originHeaders = request.headers().getAll("Origin");
    if (originHeaders.isEmpty()) {
      return true;
    }
    String origin = originHeaders.size() == 1 ? originHeaders.get(0) : "";
    if (isOwn(origin, host)) {
      return true;
    }
    if (!origins.listed(origin)) {
      ProblemResponse.send(request, FORBIDDEN_ORIGIN);
      return false;
    }
    return true;
  }

  /** Whether a URL in absolute form is of another server than {@code Host} (RFC 9112, 3.2.2). */
  private static boolean namesAnother(String uri, String host) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    return scheme >= 0 && !uri.substring(scheme + 3).split("[/?#]", 2)[0].equalsIgnoreCase(host);
  }

  /**
   * Whether a request for {@link #COSTLY_READ} may go on, which browsers make without saying whose
   * page wants it; if not, it is answered.
   */
  boolean passesCostlyRead(HttpServerRequest request) {
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    String host = Objects.requireNonNullElse(request.getHeader("Host"), "");
    boolean passes =
        !reads
            || request.headers().contains("Origin")
            || SiteCheck.passes(request.headers(), origin -> isAllowed(origin, host));
    if (!passes) {
      ProblemResponse.send(request, FORBIDDEN_ORIGIN);
    }
    return passes;
  }

  private boolean isOwn(String origin, String host) {
    return origins.same(origin, host)
        || (!origin.isEmpty() && origin.equalsIgnoreCase(publicOrigin));
  }

  private boolean isAllowed(String origin, String host) {
    return isOwn(origin, host) || origins.listed(origin);
  }
}
