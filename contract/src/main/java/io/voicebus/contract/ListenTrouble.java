package io.voicebus.contract;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/**
 * Why a server cannot listen at an address, in words for the person who starts it: the messages of
 * Netty and of the operating system have an error number, and name no remedy.
 */
public final class ListenTrouble {
  private ListenTrouble() {}

  /** The reason as the end of a sentence; it names neither the address nor the setting. */
  public static String inWords(Throwable problem) {
    if (problem instanceof UnknownHostException || problem instanceof UnresolvedAddressException) {
      return "there is no such host";
    }
    String message = problem.getMessage();
    String said = String.valueOf(message).toLowerCase(Locale.ROOT);
    if (said.contains("address already in use")) {
      return "another program has that port";
    }
    if (said.contains("assign requested address")) {
      return "that is no address of this machine";
    }
    if (said.contains("permission denied")) {
      return "this user may not use ports below 1024";
    }
    return message == null ? problem.toString() : message;
  }
}
