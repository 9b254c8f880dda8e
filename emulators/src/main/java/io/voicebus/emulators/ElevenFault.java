package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;

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
    /**
     * An error frame with the error's name, then the close; over HTTP a refusal if no piece comes
     * before it, else a cut connection.
     */
    ERROR,
    /** The WebSocket is closed in good form, with no error frame. */
    CLOSE,
    /** The TCP connection is cut. */
    CUT,
    /** Nothing more comes, and no end. */
    HANG,
    /** The end comes in good form, too early: with no piece before it, nothing is heard at all. */
    END,
    /** All is said, and one of the times of the chars is null. */
    NULL_TIMES,
    /** MP3 comes, whatever was asked for. */
    MP3
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

  /** An early end. */
  public static ElevenFault end(int pieces) {
    return new ElevenFault(Kind.END, "", 0, pieces);
  }

  /** Times that no client expects. */
  public static ElevenFault nullTimes() {
    return new ElevenFault(Kind.NULL_TIMES, "", 0, 0);
  }

  /** Another format than was asked for. */
  public static ElevenFault mp3() {
    return new ElevenFault(Kind.MP3, "", 0, 0);
  }

  /** Whether a request is refused, instead of being answered. */
  boolean refusesAtOnce() {
    return kind == Kind.ERROR && pieces == 0;
  }

  boolean dueAfter(int piecesSent) {
    return switch (kind) {
      case NONE, NULL_TIMES, MP3 -> false;
      case ERROR, CLOSE, CUT, HANG, END -> piecesSent >= pieces;
    };
  }

  /** The bytes that come in place of a piece. */
  byte[] audio(byte[] piece) {
    return kind == Kind.MP3 ? EmulatedMp3.bytes(piece.length) : piece;
  }

  /** The times that come in place of those of a segment. */
  JsonObject times(JsonObject times) {
    if (kind == Kind.NULL_TIMES) {
      for (String name : times.fieldNames()) {
        times.getJsonArray(name).setNull(times.getJsonArray(name).size() / 2);
      }
    }
    return times;
  }
}
