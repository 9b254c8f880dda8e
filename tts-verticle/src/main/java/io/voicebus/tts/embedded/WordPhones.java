package io.voicebus.tts.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A binary lexicon of FreeTTS: words, each with the letter of its part of speech at the end, and
 * how they are said. It is kept as it is in its file, with a table of where each word is: to make
 * objects of its sixty thousand words takes longer than all else that a first sentence needs.
 *
 * <p>The file: a magic number, a version, the phones, the words; a text has its length in a byte
 * and two bytes for each character; a word is followed by the number of its phones and their
 * numbers.
 */
final class WordPhones {
  private static final int MAGIC = 12_237_598;
  private static final int VERSION = 1;

  private final byte[] file;
  private final String[] phones;
  private final List<String> partsOfSpeech = new ArrayList<>();

  /** Where words are in the file, by their hash; 0 for none. */
  private final int[] places;

  private final int mask;

  /**
   * Takes a file.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  WordPhones(byte[] file) {
    this.file = file;
    ByteBuffer in = ByteBuffer.wrap(file);
    if (in.getInt() != MAGIC || in.getInt() != VERSION) {
      throw new IllegalArgumentException("this is no lexicon of FreeTTS");
    }
    phones = new String[in.getInt()];
    for (int i = 0; i < phones.length; i++) {
      phones[i] = text(in);
    }
    int words = in.getInt();
    places = new int[Integer.highestOneBit(Math.max(1, words)) << 2];
    mask = places.length - 1;
    boolean[] seen = new boolean[Character.MAX_VALUE + 1];
    int at = in.position();
    for (int i = 0; i < words; i++) {
      int length = file[at];
      put(at, length);
      char part = character(at, length - 1);
      if (!seen[part]) {
        seen[part] = true;
        partsOfSpeech.add(String.valueOf(part));
      }
      at += 1 + 2 * length;
      at += 1 + file[at];
    }
  }

  private static String text(ByteBuffer in) {
    StringBuilder text = new StringBuilder();
    for (int left = in.get(); left > 0; left--) {
      text.append(in.getChar());
    }
    return text.toString();
  }

  /** The character of the text that begins at a place. */
  private char character(int place, int index) {
    int at = place + 1 + 2 * index;
    return (char) ((file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF));
  }

  /** The last of equal words counts. */
  private void put(int place, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + character(place, i);
    }
    int slot = slot(hash);
    while (places[slot] != 0 && !same(places[slot], place, length)) {
      slot = (slot + 1) & mask;
    }
    places[slot] = place;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & mask;
  }

  private boolean same(int place, int other, int length) {
    if (file[place] != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (character(place, i) != character(other, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean same(int place, String word) {
    if (file[place] != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (character(place, i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The letters of its parts of speech, in the order in which they come first. */
  List<String> partsOfSpeech() {
    return partsOfSpeech;
  }

  /** How a word with the letter of its part of speech is said; null if it is not here. */
  String @Nullable [] of(String word) {
    int slot = slot(word.hashCode()); // which the loop in put() is of a text
    while (places[slot] != 0) {
      if (same(places[slot], word)) {
        return phonesAt(places[slot] + 1 + 2 * word.length());
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  private String[] phonesAt(int at) {
    String[] said = new String[file[at]];
    for (int i = 0; i < said.length; i++) {
      said[i] = phones[file[at + 1 + i]];
    }
    return said;
  }
}
