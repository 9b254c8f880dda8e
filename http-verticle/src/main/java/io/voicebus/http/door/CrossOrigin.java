package io.voicebus.http.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;

/**
 * Tells browsers that pages of other origins may read answers, and asks nobody for a token before
 * that: a preflight request carries none. The {@link Guard} has refused those that are not listed.
 */
final class CrossOrigin implements Handler<RoutingContext> {
  private static final int MAX_AGE_SECONDS = 600;

  private final OriginCheck origins;

  /** Vert.x refuses what is not in its list, own pages too: it is asked for listed ones only. */
  private final CorsHandler cors =
      CorsHandler.create()
          .addOriginWithRegex("https?://.+")
          .allowedMethods(
              Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.DELETE))
          .allowedHeaders(
              Set.of(
                  "Authorization",
                  "Content-Type",
                  "Idempotency-Key",
                  "Last-Event-ID",
                  "MCP-Protocol-Version",
                  "Range",
                  "xi-api-key"))
          .exposedHeaders(Set.of("Content-Range", "Location", "Retry-After", "Voicebus-Turn"))
          .allowPrivateNetwork(true)
          .maxAgeSeconds(MAX_AGE_SECONDS);

  CrossOrigin(OriginCheck origins) {
    this.origins = origins;
  }

  @Override
  public void handle(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    if (origin != null && origins.listed(origin)) {
      cors.handle(context);
      return;
    }
    if (origins.any()) {
      context.response().headers().add("Vary", "Origin");
    }
    context.next();
  }
}
