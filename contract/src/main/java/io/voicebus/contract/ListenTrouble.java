package io.voicebus.contract;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/**
 * Why a server cannot listen at an address, in words for the person who starts it: the messages of
 * Netty and of the operating system have an error number, and name no remedy.
 */
public enum ListenTrouble {
  /** The name of the host is unknown. */
  NO_HOST("there is no such host"),
  /** The port is in use. */
  PORT_TAKEN("another program has that port"),
  /** The address is another machine's. */
  NOT_HERE("that is no address of this machine"),
  /** The port needs rights that the user does not have. */
  FORBIDDEN("this user may not use ports below 1024"),
  /** Something else, which the problem's own message tells. */
  OTHER("");

  private final String words;

  ListenTrouble(String words) {
    this.words = words;
  }

  /** What kind of problem it is. */
  public static ListenTrouble of(Throwable problem) {
    if (problem instanceof UnknownHostException || problem instanceof UnresolvedAddressException) {
      return NO_HOST;
    }
    String said = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("address already in use")) {
      return PORT_TAKEN;
    }
    if (said.contains("assign requested address")) {
      return NOT_HERE;
    }
    return said.contains("permission denied") ? FORBIDDEN : OTHER;
  }

  /** The reason as the end of a sentence; it names neither the address nor the setting. */
  public static String inWords(Throwable problem) {
    ListenTrouble trouble = of(problem);
    if (trouble != OTHER) {
      return trouble.words;
    }
    String message = problem.getMessage();
    return message == null ? problem.toString() : message;
  }
}
