package io.voicebus.benchmarks;

import io.voicebus.emulators.EmulatedSpeech;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a listener heard of a text whose words are all different, when speech may have broken off
 * and gone on in another attempt. Nothing may be heard twice but the word in which it broke off.
 * Where words are not all different, what is heard again may be taken for what comes later.
 *
 * @param pieces what was said in a row, as the samples tell
 * @param disorder what was heard out of order, or again; empty if all was in order
 * @param missing how many letters and marks of the text were not heard
 * @param resumed how often speech went on with a word in which it had broken off
 */
record HeardPieces(List<String> pieces, String disorder, int missing, int resumed) {
  private static final int CHAR_SAMPLES = LoadPace.RATE_HZ * EmulatedSpeech.CHAR_MS / 1_000;

  /**
   * Some chars in a row.
   *
   * @param place of the first one in what the voice was given: 1 where the first of all was faded
   */
  private record Piece(String text, int place) {}

  /** Reads it, and compares it with the text. */
  static HeardPieces of(byte[] pcm, String text) {
    return of(pcm, text, 0);
  }

  /**
   * The same.
   *
   * @param before how many words before the one in which speech broke off may be heard again, too
   */
  static HeardPieces of(byte[] pcm, String text, int before) {
    List<Piece> pieces = read(pcm);
    BitSet heard = new BitSet();
    String disorder = "";
    int from = 0;
    int reached = 0;
    int resumed = 0;
    for (Piece piece : pieces) {
      int faded = piece.place == 1 ? 1 : 0;
      int next = reached + piece.place;
      int at =
          text.startsWith(piece.text, next)
              ? next
              : text.startsWith(piece.text, next + 1)
                  ? next + 1
                  : find(text, piece.text, piece.place, from);
      if (at < 0) {
        // The blank that the voice is told after a sentence, at the end of all.
        at = find(text, piece.text.stripTrailing(), piece.place, from);
      }
      if (at < 0) {
        disorder =
            "'%s' after '%s'"
                .formatted(piece.text, text.substring(Math.max(0, reached - 20), reached));
        break;
      }
      int end = Math.min(text.length(), at + piece.text.length());
      resumed += at - faded < reached ? 1 : 0;
      reached = end;
      heard.set(Math.max(0, at - faded), end);
      from = brokenWord(text, end);
      for (int word = 0; word < before && from > 0; word++) {
        from = text.lastIndexOf(' ', from - 2) + 1;
      }
    }
    int missing = 0;
    for (int i = 0; i < text.length(); i++) {
      missing += text.charAt(i) != ' ' && !heard.get(i) ? 1 : 0;
    }
    return new HeardPieces(pieces.stream().map(Piece::text).toList(), disorder, missing, resumed);
  }

  /**
   * Where it is in the text; -1 if nowhere. What a voice is given begins with a word, or the blank
   * before it, and that first char may have been faded away.
   */
  private static int find(String text, String piece, int place, int from) {
    int at = text.indexOf(piece, from);
    while (at >= 0 && place <= 1 && !beginsWord(text, at - place)) {
      at = text.indexOf(piece, at + 1);
    }
    return at;
  }

  private static boolean beginsWord(String text, int at) {
    return at <= 0 || text.charAt(at) == ' ' || text.charAt(at - 1) == ' ';
  }

  /** Where speech may go on that has ended here: with the word that it was in, if it was in one. */
  private static int brokenWord(String text, int end) {
    return text.charAt(end - 1) == ' ' ? end : text.lastIndexOf(' ', end - 1) + 1;
  }

  private static List<Piece> read(byte[] pcm) {
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int place = 0;
    int next = -1;
    int at = 0;
    while (at < samples.limit()) {
      Optional<EmulatedSpeech.Said> said = EmulatedSpeech.said(samples, at, LoadPace.RATE_HZ);
      boolean goesOn =
          at == next && said.map(one -> one.place()).orElse(-1) == place + text.length();
      if (!goesOn && text.length() > 0 && (at == next || said.isPresent())) {
        pieces.add(new Piece(text.toString(), place));
        text.setLength(0);
      }
      if (said.isPresent()) {
        place = text.length() == 0 ? said.get().place() : place;
        text.append(said.get().letter());
        at += CHAR_SAMPLES;
        next = at;
      } else {
        at++;
      }
    }
    if (text.length() > 0) {
      pieces.add(new Piece(text.toString(), place));
    }
    return pieces;
  }

  boolean inOrder() {
    return disorder.isEmpty();
  }

  boolean whole() {
    return inOrder() && missing == 0;
  }
}
