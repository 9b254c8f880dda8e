package io.voicebus.http.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;

/**
 * Tells browsers that pages of other origins may read answers, and asks nobody for a token before
 * that: a preflight request carries none. The {@link Guard} has refused those that are not listed.
 * A listed page may send and read any header: the clients of other services send many of their own,
 * such as {@code x-stainless-os}.
 */
final class CrossOrigin implements Handler<RoutingContext> {
  private static final int MAX_AGE_SECONDS = 600;

  private final OriginCheck origins;

  /** Vert.x refuses what is not in its list, own pages too: it is asked for listed ones only. */
  private final CorsHandler cors =
      CorsHandler.create()
          .addOriginWithRegex("https?://.+")
          .allowedMethods(
              Set.of(
                  HttpMethod.GET,
                  HttpMethod.HEAD,
                  HttpMethod.POST,
                  HttpMethod.PUT,
                  HttpMethod.DELETE))
          // No list of headers: Vert.x then allows those that are asked for.
          .exposedHeader("*")
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
