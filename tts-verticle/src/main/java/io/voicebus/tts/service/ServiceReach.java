package io.voicebus.tts.service;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.voicebus.contract.ConnectionTrouble;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.ServiceAddress;
import java.util.Optional;

/**
 * How to connect to a service: its address, the proxy, and the trusted certificate authorities.
 *
 * @param outbound the proxy and the authorities of this process
 * @param to the service's address
 */
public record ServiceReach(Outbound outbound, ServiceAddress to) {
  /** Sets the options of a client that connects to this service only. */
  public <O extends ClientOptionsBase> O apply(O options) {
    return outbound.apply(options, to);
  }

  /** A request to the service, without headers. */
  public RequestOptions request(HttpMethod method, String uri) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(to.host())
        .setPort(to.port())
        .setSsl(to.secure())
        .setURI(uri);
  }

  /**
   * The reason of a failed connection, if it is more than an address where nobody answers: a
   * certificate, a name that has no address, or the proxy. It ends without a full stop.
   */
  public Optional<String> trouble(Throwable why) {
    Optional<String> proxy = outbound.proxyTo(to);
    return ConnectionTrouble.isOfWay(why) || proxy.isPresent()
        ? Optional.of(ConnectionTrouble.words(why, to, proxy.orElse("")))
        : Optional.empty();
  }
}
