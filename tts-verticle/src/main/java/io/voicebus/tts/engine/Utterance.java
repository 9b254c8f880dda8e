package io.voicebus.tts.engine;

/**
 * A text that an engine speaks in one piece.
 *
 * @param text the text; may be empty
 * @param voice id of one of the engine's voices; empty for its default
 * @param previousText the text just before it, which some engines use for intonation; empty for
 *     none
 * @param nextText the text just after it, likewise
 * @param language ISO 639-1 code of the text's language; empty if it is not known
 * @param place its place in its turn
 * @param speed speed relative to the voice's own (2 is twice as fast), from 0.25 to 4, limited to
 *     what the engine can; 0 for the engine's configured speed
 */
public record Utterance(
    String text,
    String voice,
    String previousText,
    String nextText,
    String language,
    TurnPlace place,
    double speed) {

  /** An utterance at the engine's configured speed. */
  public Utterance(
      String text,
      String voice,
      String previousText,
      String nextText,
      String language,
      TurnPlace place) {
    this(text, voice, previousText, nextText, language, place, 0);
  }

  /** An utterance outside of a turn. */
  public Utterance(String text, String voice, String previousText, String nextText) {
    this(text, voice, previousText, nextText, "", TurnPlace.NONE);
  }

  /** An utterance in the default voice, without context. */
  public static Utterance of(String text) {
    return new Utterance(text, "", "", "");
  }

  /** Whether the text has something to speak: a letter or a digit. */
  public boolean speakable() {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** A copy in another voice. */
  public Utterance withVoice(String other) {
    return new Utterance(text, other, previousText, nextText, language, place, speed);
  }

  /** Id of the turn; empty for none. */
  public String turn() {
    return place.turn();
  }

  /** Index of the chunk in the turn, from 0. */
  public int chunk() {
    return place.chunk();
  }

  /** Whether the listener has heard nothing of the turn yet. */
  public boolean first() {
    return place.first();
  }

  /** Time until the listener needs it, in milliseconds. */
  public long dueInMs() {
    return place.dueInMs();
  }
}
