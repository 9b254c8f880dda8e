package io.voicebus.tts.service;

import io.vertx.core.net.ClientOptionsBase;
import io.voicebus.contract.ConnectionTrouble;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.ServiceAddress;
import java.util.Optional;

/**
 * The way to a service: through which proxy, and who is trusted to say that it is the service.
 *
 * @param outbound how services are reached from here
 * @param to where it is
 */
public record ServiceReach(Outbound outbound, ServiceAddress to) {
  /** Sets what a client needs that connects to the service, and to nothing else. */
  public <O extends ClientOptionsBase> O apply(O options) {
    return outbound.apply(options, to);
  }

  /**
   * Why there is no connection, where it is not simply that nobody is there: a certificate, or the
   * proxy. Ends without a full stop.
   */
  public Optional<String> trouble(Throwable why) {
    Optional<String> proxy = outbound.proxyTo(to);
    return ConnectionTrouble.lasts(why) || proxy.isPresent()
        ? Optional.of(ConnectionTrouble.words(why, to, proxy.orElse("")))
        : Optional.empty();
  }
}
