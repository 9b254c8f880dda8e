package io.voicebus.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its head alone whether a request is admitted: by the number of connections, its {@code
 * Host} and {@code Origin}, and its token. Afterwards {@link Caller} tells who has sent it.
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

  private static final String CHUNKED = "chunked";
  private static final Problem TRANSFER_CODING =
      ProblemMapping.of(
              FailureKind.INVALID_REQUEST,
              "the body has a Transfer-Encoding that is not read: send it with chunked alone")
          .withHeader("Connection", "close");

  private final BasePath base;
  private final Proxies proxies;
  private final ConnectionWatch connections;
  private final Guard guard;
  private final @Nullable Access access;

  /**
   * Creates a door.
   *
   * @param access checks tokens; null if none are needed
   */
  public Door(DoorSettings settings, ConnectionWatch connections, @Nullable Access access) {
    this.base = settings.base();
    this.proxies = settings.proxies();
    this.connections = connections;
    this.guard = new Guard(settings);
    this.access = access;
  }

  /**
   * Installs the handlers before all routes: the headers for browsers, then the check of the token.
   */
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

  /** Whether a request may go on to the router. Otherwise this method answers it. */
  public boolean admits(HttpServerRequest request) {
    String path = path(request);
    proxies.caller(request).on(request);
    ProblemResponse.below(request, base.path());
    if (connections.surplus(request.connection()) && !Guard.HEALTH.contains(path)) {
      ProblemResponse.send(request, TOO_MANY_CONNECTIONS);
      request.connection().close();
      return false;
    }
    if (!readable(request)) {
      ProblemResponse.send(request, TRANSFER_CODING);
      return false;
    }
    return guard.passes(request, path);
  }

  /** Any other coding would be taken for the body itself. */
  private static boolean readable(HttpServerRequest request) {
    List<String> codings = request.headers().getAll("Transfer-Encoding");
    return codings.isEmpty() || (codings.size() == 1 && CHUNKED.equalsIgnoreCase(codings.get(0)));
  }
}
