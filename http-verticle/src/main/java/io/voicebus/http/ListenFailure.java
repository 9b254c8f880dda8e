package io.voicebus.http;

import io.voicebus.http.door.DoorSettings;
import io.voicebus.http.door.Tls;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Why a server cannot listen: where it wanted to, and what to do about it. */
final class ListenFailure {
  private ListenFailure() {}

  /** The same failure with a message for the person who starts the server. */
  static Throwable inWords(Throwable why, DoorSettings door, int port) {
    String host = door.host();
    String said = String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT);
    String where = "cannot listen on port " + port + " of " + host + ": ";
    if (why instanceof UnknownHostException || why instanceof UnresolvedAddressException) {
      return because(why, where + "there is no such host; choose an address of this machine");
    }
    if (said.contains("address already in use")) {
      return because(
          why,
          where
              + "another program has that port; choose one with --port or VOICEBUS_PORT, or 0 for"
              + " any free one");
    }
    if (said.contains("assign requested address")) {
      return because(
          why,
          where + "that is no address of this machine; choose one with --host or VOICEBUS_HOST");
    }
    if (said.contains("permission denied")) {
      return because(
          why,
          where + "this user may not; choose a port from 1024 on with --port or VOICEBUS_PORT");
    }
    Tls tls = door.tls();
    return tls == null || why instanceof BindException
        ? why
        : because(
            why,
            where
                + "the certificate in tls-cert ("
                + tls.certificate()
                + ") and the key in tls-key ("
                + tls.key()
                + ") cannot be used: both must be PEM, and the key without a password ("
                + why.getMessage()
                + ")");
  }

  private static BindException because(Throwable why, String message) {
    BindException named = new BindException(message);
    named.initCause(why);
    return named;
  }
}
