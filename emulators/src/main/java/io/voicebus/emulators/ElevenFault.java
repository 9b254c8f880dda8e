package io.voicebus.emulators;

/**
 * What goes wrong with a request instead of its going on.
 *
 * @param kind what happens
 * @param error the error's name, or {@code ""}
 * @param closeCode of the WebSocket, for {@link Kind#ERROR} and {@link Kind#CLOSE}
 * @param pieces how many pieces of audio come before it
 */
public record ElevenFault(Kind kind, String error, int closeCode, int pieces) {

  /** What can happen. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** An error frame with the error's name, then the close; over HTTP a cut connection. */
    ERROR,
    /** The WebSocket is closed in good form, with no error frame. */
    CLOSE,
    /** The TCP connection is cut. */
    CUT,
    /** Nothing more comes, and no end. */
    HANG
  }

  public static ElevenFault none() {
    return new ElevenFault(Kind.NONE, "", 0, 0);
  }

  /** An error frame after so many pieces of audio. */
  public static ElevenFault error(String error, int pieces) {
    return new ElevenFault(Kind.ERROR, error, 1008, pieces);
  }

  /** A close without a word. */
  public static ElevenFault close(int code, int pieces) {
    return new ElevenFault(Kind.CLOSE, "", code, pieces);
  }

  /** The connection breaks. */
  public static ElevenFault cut(int pieces) {
    return new ElevenFault(Kind.CUT, "", 0, pieces);
  }

  /** Silence for ever. */
  public static ElevenFault hang(int pieces) {
    return new ElevenFault(Kind.HANG, "", 0, pieces);
  }

  boolean dueAfter(int piecesSent) {
    return kind != Kind.NONE && piecesSent >= pieces;
  }
}
