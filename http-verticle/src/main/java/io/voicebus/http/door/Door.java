package io.voicebus.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import org.jspecify.annotations.Nullable;

/**
 * The one place that is asked whether a request may come in, before anything of it is read but its
 * head: too many connections, its {@code Host} and {@code Origin}, its token. From there on {@link
 * Caller} says who has sent it.
 */
public final class Door {
  private static final Problem TOO_MANY_CONNECTIONS =
      new Problem(
              "rate-limited",
              "Too much at once",
              503,
              "there are as many connections as max-connections allows: try again in a moment")
          .withHeader("Retry-After", ProblemMapping.RETRY_AFTER)
          .withHeader("Connection", "close");

  private final BasePath base;
  private final Proxies proxies;
  private final ConnectionWatch connections;
  private final Guard guard;
  private final @Nullable Access access;

  /**
   * A door.
   *
   * @param access null where no token is asked for
   */
  public Door(DoorSettings settings, ConnectionWatch connections, @Nullable Access access) {
    this.base = settings.base();
    this.proxies = settings.proxies();
    this.connections = connections;
    this.guard = new Guard(settings);
    this.access = access;
  }

  /** What is in front of all routes: what browsers are told, and then who has the token. */
  public void guard(Router router) {
    router.route().handler(new CrossOrigin(guard.origins()));
    router
        .route(Guard.COSTLY_READ)
        .handler(
            context -> {
              if (guard.passesCostlyRead(context.request())) {
                context.next();
              }
            });
    Access asked = access;
    if (asked != null) {
      router
          .route()
          .handler(
              context -> {
                if (asked.passes(context.request(), path(context.request()))) {
                  context.next();
                }
              });
    }
  }

  private String path(HttpServerRequest request) {
    String requested = request.path();
    return base.strip(requested == null ? "" : requested);
  }

  /** Whether the request may go to the router; if not, it is answered. */
  public boolean admits(HttpServerRequest request) {
    String path = path(request);
    proxies.caller(request).on(request);
    ProblemResponse.below(request, base.path());
    if (connections.surplus(request.connection()) && !Guard.HEALTH.contains(path)) {
      ProblemResponse.send(request, TOO_MANY_CONNECTIONS);
      request.connection().close();
      return false;
    }
    return guard.passes(request, path);
  }
}
