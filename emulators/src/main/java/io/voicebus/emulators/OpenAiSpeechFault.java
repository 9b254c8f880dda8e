package io.voicebus.emulators;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with speech instead of its going on.
 *
 * @param kind what happens
 * @param pieces how many pieces of audio come before it
 * @param error for {@link Kind#ERROR}
 */
public record OpenAiSpeechFault(Kind kind, int pieces, @Nullable OpenAiError error) {

  /** What can happen. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** The connection breaks in mid-body. */
    CUT,
    /** The body ends in good form, too early. */
    END,
    /** Nothing more comes, and no end. */
    HANG,
    /** With events: one with an error, and the end. Otherwise as {@link #CUT}. */
    ERROR,
    /** MP3 comes, whatever was asked for. */
    MP3
  }

  public static OpenAiSpeechFault none() {
    return new OpenAiSpeechFault(Kind.NONE, 0, null);
  }

  /** The connection breaks after so many pieces; with 0, after the head. */
  public static OpenAiSpeechFault cut(int pieces) {
    return new OpenAiSpeechFault(Kind.CUT, pieces, null);
  }

  /** The body ends too early, and looks whole. */
  public static OpenAiSpeechFault end(int pieces) {
    return new OpenAiSpeechFault(Kind.END, pieces, null);
  }

  /** Silence for ever. */
  public static OpenAiSpeechFault hang(int pieces) {
    return new OpenAiSpeechFault(Kind.HANG, pieces, null);
  }

  /** An event with an error. */
  public static OpenAiSpeechFault error(OpenAiError error, int pieces) {
    return new OpenAiSpeechFault(Kind.ERROR, pieces, error);
  }

  /** Another format than was asked for. */
  public static OpenAiSpeechFault mp3() {
    return new OpenAiSpeechFault(Kind.MP3, 0, null);
  }

  boolean dueAfter(int piecesSent) {
    return kind != Kind.NONE && kind != Kind.MP3 && piecesSent >= pieces;
  }
}
