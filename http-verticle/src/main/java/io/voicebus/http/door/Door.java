package io.voicebus.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import org.jspecify.annotations.Nullable;

/**
 * The one place that is asked whether a request may come in, before anything else is read of it
 * than its head: too many connections, its {@code Host} and {@code Origin}, its token.
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

  private final ConnectionWatch connections;
  private final Guard guard;
  private final @Nullable Access access;

  /**
   * A door.
   *
   * @param access null where no token is asked for
   */
  public Door(ConnectionWatch connections, Guard guard, @Nullable Access access) {
    this.connections = connections;
    this.guard = guard;
    this.access = access;
  }

  /** Whether the request may go on; if not, it is answered. */
  public boolean admits(HttpServerRequest request) {
    if (connections.surplus(request.connection()) && !Guard.HEALTH.contains(request.path())) {
      ProblemResponse.send(request, TOO_MANY_CONNECTIONS);
      request.connection().close();
      return false;
    }
    return guard.passes(request) && (access == null || access.passes(request));
  }
}
