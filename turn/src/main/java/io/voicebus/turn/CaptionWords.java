package io.voicebus.turn;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.SpokenForm;
import io.voicebus.contract.Words;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The written words of a chunk, each with the words that the voice is given for it. */
final class CaptionWords {
  private CaptionWords() {}

  /**
   * A word, with the marks around it.
   *
   * @param text as it is read
   * @param spaced whether a blank is before it
   * @param saidStart where it begins in what the voice is given
   * @param saidEnd where its last letter or digit ends there
   * @param sourceStart where it begins in the turn's text
   * @param sourceEnd where it ends there
   */
  record Word(
      String text, boolean spaced, int saidStart, int saidEnd, long sourceStart, long sourceEnd) {}

  /** All of them, in order; what has no letter or digit belongs to the word before it. */
  static List<Word> of(ChunkCaption caption) {
    List<Word> words = new ArrayList<>();
    String text = caption.text();
    int from = -1;
    int to = 0;
    BitSet ends = Words.ends(text);
    for (int at = Words.start(text, 0); at < text.length(); ) {
      int end = ends.nextSetBit(at + 1);
      boolean sounds = text.substring(at, end).codePoints().anyMatch(Character::isLetterOrDigit);
      boolean open = from >= 0 && hasSound(text, from, to);
      if (sounds && open) {
        words.add(word(caption, from, to));
        from = at;
      }
      from = from < 0 ? at : from;
      to = end;
      at = Words.start(text, end);
    }
    if (from >= 0 && hasSound(text, from, to)) {
      words.add(word(caption, from, to));
    }
    return words;
  }

  private static boolean hasSound(String text, int from, int to) {
    return text.substring(from, to).codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static Word word(ChunkCaption caption, int from, int to) {
    String text = caption.text();
    int saidStart = said(caption, from, false);
    int end = said(caption, to, true);
    int saidEnd = Math.max(saidStart, lastSound(caption.words(), saidStart, end));
    boolean asWritten = caption.forms().stream().noneMatch(f -> f.start() < to && f.end() > from);
    long sourceEnd =
        asWritten && end > saidStart
            ? caption.writtenAt(end - 1) + 1
            : caption.writtenAt(Math.max(saidStart, end));
    long sourceStart = caption.writtenAt(saidStart);
    return new Word(
        text.substring(from, to),
        from > 0 && Character.isWhitespace(text.charAt(from - 1)),
        saidStart,
        saidEnd,
        sourceStart,
        Math.max(sourceStart, sourceEnd));
  }

  private static int lastSound(String words, int from, int to) {
    int end = Math.min(to, words.length());
    while (end > from && !Character.isLetterOrDigit(words.codePointBefore(end))) {
      end -= Character.charCount(words.codePointBefore(end));
    }
    return end;
  }

  /** Where a place of the text is in what the voice is given. */
  private static int said(ChunkCaption caption, int place, boolean end) {
    int length = caption.spokenChars();
    if (caption.forms().isEmpty()) {
      boolean same = caption.words().length() == caption.text().length();
      return same ? place : (int) ((long) place * length / Math.max(1, caption.text().length()));
    }
    int shift = 0;
    for (SpokenForm form : caption.forms()) {
      if (place <= form.start()) {
        break;
      }
      if (place < form.end()) {
        return end ? form.saidEnd() : form.saidStart();
      }
      shift = form.saidEnd() - form.end();
    }
    return Math.max(0, Math.min(length, place + shift));
  }
}
