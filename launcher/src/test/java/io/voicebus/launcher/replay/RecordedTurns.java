package io.voicebus.launcher.replay;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.Sink;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordEnd;
import io.voicebus.contract.Words;
import io.voicebus.turn.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/**
 * Recordings for tests: every character is 10 ms of 8 kHz, whose samples tell which one it is. The
 * first frame of a chunk comes 200 ms after it was asked for, the others 100 ms after each other.
 */
final class RecordedTurns {
  static final int RATE_HZ = 8_000;
  static final int CHAR_SAMPLES = 80;
  private static final long MS = 1_000_000;

  private final List<Recording.Line> lines = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int chunks;

  /** Adds an item that came then. */
  RecordedTurns add(long ms, Message item) {
    lines.add(new Recording.Line(ms * MS, item));
    return this;
  }

  /** Adds text that came then. */
  RecordedTurns text(long ms, String more) {
    return add(ms, new TextDelta(more));
  }

  /** Adds a chunk that is spoken, 50 ms after it was made; its frames have so many characters. */
  RecordedTurns spoken(long ms, String words, int charsOfAFrame) {
    int chunk = caption(ms, words);
    add(ms, new SpeechPiece(chunk, 250 * MS, new Speaker(RATE_HZ, true, "some/voice@8000")));
    long after = 250;
    for (int from = 0; from < words.length(); from += charsOfAFrame) {
      int to = Math.min(words.length(), from + charsOfAFrame);
      add(ms + after, new SpeechPiece(chunk, after * MS, frame(words, from, to)));
      after += 100;
    }
    return add(ms + after, new ChunkSpoken(chunk, 1, 50 * MS, 200 * MS, after * MS));
  }

  /** Adds a chunk of which nothing else is known. */
  int caption(long ms, String words) {
    long start = text.length();
    text.append(words).append(' ');
    add(
        ms,
        new ChunkCaption(
            chunks,
            words,
            start,
            start + words.length() + 1,
            words,
            100,
            ChunkEnd.SENTENCE,
            List.of(),
            ""));
    return chunks++;
  }

  private static Frame frame(String words, int from, int to) {
    List<WordEnd> ends = new ArrayList<>();
    Words.ends(words).stream()
        .filter(end -> end > from && end <= to)
        .forEach(
            end -> ends.add(new WordEnd((end - from) * CHAR_SAMPLES, end, CHAR_SAMPLES, false)));
    return new Frame(samples(words.substring(from, to)), ends);
  }

  /** The sound of a text. */
  static byte[] samples(String text) {
    byte[] pcm = new byte[2 * CHAR_SAMPLES * text.length()];
    for (int i = 0; i < pcm.length; i += 2) {
      char c = text.charAt(i / 2 / CHAR_SAMPLES);
      pcm[i] = (byte) c;
      pcm[i + 1] = (byte) (c >> 8);
    }
    return pcm;
  }

  /** The text of a sound. */
  static String textOf(List<SpokenPiece> pieces) {
    StringBuilder text = new StringBuilder();
    int left = 0;
    for (SpokenPiece piece : pieces) {
      for (int i = 0; i < piece.pcm().length; i += 2) {
        if (left == 0) {
          text.append((char) ((piece.pcm()[i] & 0xFF) | (piece.pcm()[i + 1] << 8)));
          left = CHAR_SAMPLES;
        }
        left--;
      }
    }
    return text.toString();
  }

  /** All of it, when the text is complete. */
  Recording ended(long ms) {
    add(ms, new TextEnded());
    return recording();
  }

  Recording recording() {
    List<Recording.Line> all = new ArrayList<>();
    all.add(new Recording.Line(0, new PlayoutFormat(RATE_HZ)));
    all.addAll(lines);
    return new Recording(
        new Recording.Head("turn", 0, "1", "", "Say it.", TurnOptions.DEFAULTS, Sink.BUS),
        all,
        null,
        "");
  }
}
