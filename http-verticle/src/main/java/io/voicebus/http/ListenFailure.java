package io.voicebus.http;

import io.voicebus.contract.ListenTrouble;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.http.door.Tls;
import java.net.BindException;

/** Why a server cannot listen: where it wanted to, and what to do about it. */
final class ListenFailure {
  private ListenFailure() {}

  /** The same failure with a message for the person who starts the server. */
  static Throwable inWords(Throwable why, DoorSettings door, int port) {
    String where = "cannot listen on port " + port + " of " + door.host() + ": ";
    String remedy =
        switch (ListenTrouble.of(why)) {
          case NO_HOST, NOT_HERE ->
              "choose an address of this machine with --host or VOICEBUS_HOST";
          case PORT_TAKEN -> "choose one with --port or VOICEBUS_PORT, or 0 for any free one";
          case FORBIDDEN -> "choose another one with --port or VOICEBUS_PORT";
          case OTHER -> "";
        };
    if (!remedy.isEmpty()) {
      return because(why, where + ListenTrouble.inWords(why) + "; " + remedy);
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
