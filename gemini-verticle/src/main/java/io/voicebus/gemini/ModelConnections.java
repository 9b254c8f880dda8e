package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.voicebus.contract.ConnectionTrouble;
import io.voicebus.contract.ServiceAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/** The connections to one service. Lives on one context. */
final class ModelConnections {
  private final HttpClient client;
  private final ServiceAddress to;
  private final String proxy;
  private final Set<HttpConnection> used = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * Connections to a service.
   *
   * @param proxy {@code host:port} of the proxy on the way; empty for none
   */
  ModelConnections(HttpClient client, ServiceAddress to, String proxy) {
    this.client = client;
    this.to = to;
    this.proxy = proxy;
  }

  /** A request that is to be sent; fails for what cannot be reached. */
  Future<HttpClientRequest> request(RequestOptions options) {
    try {
      return client.request(options);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * Whether a request goes over a connection that has been used before: its server may close it at
   * any time while nothing is asked.
   */
  boolean isUsed(HttpClientRequest request) {
    return !used.add(request.connection());
  }

  /** Why there is no connection, in words. */
  String trouble(Throwable why) {
    return ConnectionTrouble.words(why, to, proxy);
  }

  /** Whether trying again is of no use. */
  boolean lasts(Throwable why) {
    return ConnectionTrouble.lasts(why);
  }

  /**
   * Where a redirect leads: to the same host only, and never from TLS to plain text, since a key
   * and a prompt go with it.
   *
   * @param from what was asked
   * @param location of the redirect
   * @return nothing where it is not to be followed
   */
  static Optional<RequestOptions> redirected(RequestOptions from, String location) {
    URI target;
    try {
      String scheme = Boolean.TRUE.equals(from.isSsl()) ? "https" : "http";
      target =
          new URI(scheme + "://" + from.getHost() + ":" + from.getPort() + from.getURI())
              .resolve(new URI(location));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
    Optional<ServiceAddress> address = ServiceAddress.parse(target.toString());
    boolean wasSecure = Boolean.TRUE.equals(from.isSsl());
    return address
        .filter(to -> to.host().equalsIgnoreCase(from.getHost()) && (to.secure() || !wasSecure))
        .map(
            to ->
                new RequestOptions(from)
                    .setSsl(to.secure())
                    .setPort(to.port())
                    .setURI(
                        target.getRawPath()
                            + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery())));
  }

  Future<Void> close() {
    return client.close();
  }
}
