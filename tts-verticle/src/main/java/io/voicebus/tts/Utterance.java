package io.voicebus.tts;

/**
 * A text to speak in one go.
 *
 * @param text what to say; may be empty
 * @param voice the id of one of the engine's voices; empty for its default
 * @param previousText what was said just before, for engines that use it for intonation; else empty
 * @param nextText what will be said next, likewise
 */
public record Utterance(String text, String voice, String previousText, String nextText) {

  /** The text in the default voice, without context. */
  public static Utterance of(String text) {
    return new Utterance(text, "", "", "");
  }
}
