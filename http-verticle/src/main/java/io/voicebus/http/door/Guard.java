package io.voicebus.http.door;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemResponse;
import java.util.List;
import java.util.Set;

/**
 * Lets only requests pass that may come: under an allowed name, from no web page or from an allowed
 * one. Health checks may come under any name, since those who ask know only an address.
 */
public final class Guard {
  /**
   * Compared as they were sent: a path that leads elsewhere once it is normalized must not pass.
   */
  public static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

  private final HostCheck hosts;
  private final OriginCheck origins;
  private final boolean anyHost;

  /** By these settings. */
  public Guard(DoorSettings settings) {
    // Who comes under another's name has neither the token nor the cookie, which knows its host.
    this.anyHost = settings.accessToken() != null;
    this.hosts = new HostCheck(settings.host(), settings.allowedHosts());
    this.origins = new OriginCheck(settings.allowedOrigins());
  }

  /** Whether the request may go on; if not, it is answered. */
  public boolean passes(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    List<String> hostHeaders = request.headers().getAll("Host");
    String host = hostHeaders.size() == 1 ? hostHeaders.get(0) : "";
    if (!anyHost && !HEALTH.contains(request.path()) && !hosts.allows(host)) {
      ProblemResponse.send(
          request,
          new Problem(
              "forbidden-host",
              "This server may not be addressed like that",
              403,
              "set allowed-hosts to the names under which this server may be addressed"));
      return false;
    }
    if (origins.any()) {
      response.headers().add("Vary", "Origin");
    }
    List<String> originHeaders = request.headers().getAll("Origin");
    if (originHeaders.isEmpty()) {
      return true;
    }
    String origin = originHeaders.size() == 1 ? originHeaders.get(0) : "";
    if (origins.same(origin, host)) {
      return true;
    }
    if (!origins.listed(origin)) {
      ProblemResponse.send(
          request,
          new Problem(
              "forbidden-origin",
              "Pages of this origin may not send requests",
              403,
              "set allowed-origins to the origins whose pages may use this server"));
      return false;
    }
    response.putHeader("Access-Control-Allow-Origin", origin);
    response.putHeader("Access-Control-Expose-Headers", "Location, Retry-After, Voicebus-Turn");
    boolean asks =
        request.method().equals(HttpMethod.OPTIONS)
            && request.headers().contains("Access-Control-Request-Method");
    if (asks) {
      response.putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
      response.putHeader(
          "Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
      response.putHeader("Access-Control-Max-Age", "600");
      response.setStatusCode(204).end();
    }
    return !asks;
  }
}
