package io.voicebus.contract;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says why there is no connection to a service, in words that a person can act on. */
public final class ConnectionTrouble {
  private static final int DEEPEST = 12;

  private ConnectionTrouble() {}

  /** Whether trying again is of no use: something about certificates or addresses is wrong. */
  public static boolean lasts(Throwable why) {
    return tls(why, "").isPresent();
  }

  /** Whether a name was not resolved. */
  static boolean isOfName(Throwable why) {
    return find(why, UnknownHostException.class);
  }

  /** Whether the way is at fault, and not only that nobody answers at its end. */
  public static boolean isOfWay(Throwable why) {
    return lasts(why) || isOfName(why) || isUnreachable(why);
  }

  /** Whether there is no connection to an address, be it that nobody listens there. */
  static boolean isOfAddress(Throwable why) {
    return find(why, ConnectException.class) || isUnreachable(why);
  }

  private static boolean isUnreachable(Throwable why) {
    return find(why, NoRouteToHostException.class)
        || (find(why, SocketException.class) && message(why).contains("unreachable"));
  }

  /**
   * What the trouble is; ends without a full stop.
   *
   * @param proxy {@code host:port} of the proxy on the way; empty for none
   */
  public static String words(Throwable why, ServiceAddress to, String proxy) {
    Optional<String> tls = tls(why, to.host());
    if (tls.isPresent()) {
      return tls.get();
    }
    String by = proxy.isEmpty() ? "" : " through the proxy at " + proxy;
    if (isOfName(why)) {
      if (message(why).contains("timed out")) {
        return "no name server says where " + (proxy.isEmpty() ? to.host() : proxy) + " is";
      }
      return proxy.isEmpty()
          ? "no host is called " + to.host() + ": check the address and the network"
          : "no host is called " + to.host() + ", or its proxy " + proxy;
    }
    if (message(why).contains("407")) {
      return "the proxy at " + proxy + " wants a user and a password (407)";
    }
    if (isUnreachable(why)) {
      return "there is no way to " + to.host() + by + ": check the network";
    }
    if (find(why, ConnectException.class)) {
      return proxy.isEmpty()
          ? "nobody listens at " + to.host() + ":" + to.port() + ": is it running?"
          : "there is no connection" + by;
    }
    return why.getClass().getSimpleName() + ": " + why.getMessage() + by;
  }

  private static Optional<String> tls(Throwable why, String host) {
    String message = message(why);
    boolean isTls = find(why, SSLException.class) || find(why, CertificateException.class);
    if (!isTls) {
      return Optional.empty();
    }
    if (message.contains("not an ssl/tls record") || message.contains("unrecognized ssl message")) {
      return Optional.of(host + " does not speak TLS at this port: does it want http, not https?");
    }
    if (find(why, CertificateExpiredException.class) || message.contains("expired")) {
      return Optional.of("the TLS certificate of " + host + " has expired");
    }
    if (find(why, CertificateNotYetValidException.class)) {
      return Optional.of(
          "the TLS certificate of " + host + " is not valid yet: is this machine's clock right?");
    }
    if (message.contains("no subject alternative") || message.contains("no name matching")) {
      return Optional.of("the TLS certificate of " + host + " is for another name");
    }
    if (message.contains("certification path") || message.contains("trust")) {
      return Optional.of(
          "the TLS certificate of "
              + host
              + " is signed by an authority that is not known here: set ca-file"
              + " (VOICEBUS_CA_FILE), or SSL_CERT_FILE, to the authority's PEM file");
    }
    return Optional.of("TLS with " + host + " failed (" + why.getMessage() + ")");
  }

  private static boolean find(Throwable why, Class<? extends Throwable> type) {
    Throwable at = why;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static String message(Throwable why) {
    StringBuilder all = new StringBuilder();
    Throwable at = why;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      all.append(at.getMessage()).append('\n');
      at = at.getCause();
    }
    return all.toString().toLowerCase(Locale.ROOT);
  }
}
