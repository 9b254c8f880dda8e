package io.voicebus.tts.engine;

/**
 * A text to speak in one go.
 *
 * @param text what to say; may be empty
 * @param voice the id of one of the engine's voices; empty for its default
 * @param previousText what was said just before, for engines that use it for intonation; else empty
 * @param nextText what will be said next, likewise
 * @param language what the text is written in, as a two-letter code; empty if that is not known
 * @param place where in its turn it stands
 * @param speed how fast to say it, as far as the engine can: 1 as the voice does, 2 twice as fast;
 *     0 for what the engine is set up for
 */
public record Utterance(
    String text,
    String voice,
    String previousText,
    String nextText,
    String language,
    TurnPlace place,
    double speed) {

  /** One at the voice's own speed. */
  public Utterance(
      String text,
      String voice,
      String previousText,
      String nextText,
      String language,
      TurnPlace place) {
    this(text, voice, previousText, nextText, language, place, 0);
  }

  /** One that belongs to nothing. */
  public Utterance(String text, String voice, String previousText, String nextText) {
    this(text, voice, previousText, nextText, "", TurnPlace.NONE);
  }

  /** The text in the default voice, without context. */
  public static Utterance of(String text) {
    return new Utterance(text, "", "", "");
  }

  /** Whether there is something to say: a letter or a digit. */
  public boolean speakable() {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** The same, in another voice. */
  public Utterance withVoice(String other) {
    return new Utterance(text, other, previousText, nextText, language, place, speed);
  }

  /** Names the turn; empty for none. */
  public String turn() {
    return place.turn();
  }

  /** Which of the turn's chunks it is, from 0. */
  public int chunk() {
    return place.chunk();
  }

  /** Whether somebody waits for the turn's first sound. */
  public boolean first() {
    return place.first();
  }

  /** How long until it is to be heard. */
  public long dueInMs() {
    return place.dueInMs();
  }
}
