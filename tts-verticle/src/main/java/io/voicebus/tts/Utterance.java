package io.voicebus.tts;

import io.voicebus.contract.Pace;

/**
 * A text to speak in one go.
 *
 * @param text what to say; may be empty
 * @param voice the id of one of the engine's voices; empty for its default
 * @param previousText what was said just before, for engines that use it for intonation; else empty
 * @param nextText what will be said next, likewise
 * @param turn names what this belongs to, so that it is spoken by one voice; empty for nothing
 * @param first whether somebody waits for the turn's first sound
 * @param pace how the turn is listened to: as it is spoken, or as fast as it can be had
 * @param dueInMs how long until it is to be heard: what is due first goes first
 * @param chunk which of the turn's chunks it belongs to, from 0
 * @param lastEngine who spoke the turn last, as far as its receiver knows; empty for nobody
 */
public record Utterance(
    String text,
    String voice,
    String previousText,
    String nextText,
    String turn,
    boolean first,
    Pace pace,
    long dueInMs,
    int chunk,
    String lastEngine) {

  /** One that belongs to nothing. */
  public Utterance(String text, String voice, String previousText, String nextText) {
    this(text, voice, previousText, nextText, "", false, Pace.REALTIME, 0, 0, "");
  }

  /** The text in the default voice, without context. */
  public static Utterance of(String text) {
    return new Utterance(text, "", "", "");
  }

  Utterance withVoice(String other) {
    return new Utterance(
        text, other, previousText, nextText, turn, first, pace, dueInMs, chunk, lastEngine);
  }
}
