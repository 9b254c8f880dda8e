package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;

/**
 * Item, chunker to owner and owner to playback: a chunk was made.
 *
 * @param chunk its index in the turn
 * @param text what listeners read of it
 * @param sourceStart the first UTF-16 unit of the turn's text that it speaks
 * @param sourceEnd the unit after the last
 * @param words what the voice is given for it, in which numbers may be written out
 * @param estimatedMs estimated length of its speech, in milliseconds; at least 1
 * @param end what ended it
 * @param points where {@code words} and the turn's text keep step, in order, neither ever going
 *     back; empty if that is not known
 * @param language what it is written in, as a two-letter code; empty if that is not known
 * @param forms the parts of {@code text} that differ from {@code words}, in order, none overlapping
 *     another
 */
public record ChunkCaption(
    int chunk,
    String text,
    long sourceStart,
    long sourceEnd,
    String words,
    long estimatedMs,
    ChunkEnd end,
    List<TextPoint> points,
    String language,
    List<SpokenForm> forms)
    implements Message {
  public ChunkCaption {
    words = words.isEmpty() ? text : words;
    estimatedMs = Math.max(1, estimatedMs);
    points = List.copyOf(points);
    forms = List.copyOf(forms);
  }

  /** One of which it is not known which parts of its text the voice is given otherwise. */
  public ChunkCaption(
      int chunk,
      String text,
      long sourceStart,
      long sourceEnd,
      String words,
      long estimatedMs,
      ChunkEnd end,
      List<TextPoint> points,
      String language) {
    this(chunk, text, sourceStart, sourceEnd, words, estimatedMs, end, points, language, List.of());
  }

  /** A sentence of which it is not known where it keeps step with what was written. */
  public ChunkCaption(
      int chunk, String text, long sourceStart, long sourceEnd, String words, long estimatedMs) {
    this(chunk, text, sourceStart, sourceEnd, words, estimatedMs, ChunkEnd.SENTENCE, List.of(), "");
  }

  /** A sentence of which the voice is given just that text. */
  public ChunkCaption(int chunk, String text, long sourceStart, long sourceEnd) {
    this(chunk, text, sourceStart, sourceEnd, text, 70L * text.length());
  }

  /**
   * Where in the turn's text so much of what the voice is given ends.
   *
   * @param said UTF-16 units of {@code words}
   */
  public long writtenAt(int said) {
    return points.isEmpty()
        ? Math.min(sourceEnd, sourceStart + said)
        : Math.min(sourceEnd, TextPoint.writtenAt(points, said));
  }

  /**
   * How much of {@code text} has been said once so much of what the voice is given has: a part that
   * it is given otherwise counts when it is said to its end.
   *
   * @param said UTF-16 units of {@code words}
   */
  public int textAt(int said) {
    if (forms.isEmpty()) {
      return words.length() == text.length()
          ? said
          : (int) ((long) said * text.length() / Math.max(1, words.length()));
    }
    int shift = 0;
    for (SpokenForm form : forms) {
      if (said < form.saidEnd()) {
        return Math.min(said + shift, form.start());
      }
      shift = form.end() - form.saidEnd();
    }
    return Math.max(0, Math.min(text.length(), said + shift));
  }

  /**
   * The same chunk, of which the voice is given other words: for a stage that has something said
   * otherwise. Listeners read what they would have read, and what is said is still found in the
   * text.
   *
   * @throws IllegalArgumentException for blank words: a chunk cannot be left out
   */
  public ChunkCaption withWords(String other) {
    if (other.isBlank()) {
      throw new IllegalArgumentException(
          "chunk " + chunk + " would have no words: it is said, or its turn has no such chunk");
    }
    return other.equals(words) ? this : new Rewording(this, other).caption();
  }

  /** UTF-16 units of what the voice is given. */
  public int spokenChars() {
    return words.length();
  }

  @Override
  public int weight() {
    return 40 + text.length() + words.length() + 16 * (points.size() + forms.size());
  }
}
