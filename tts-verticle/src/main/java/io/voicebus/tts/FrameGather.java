package io.voicebus.tts;

import io.voicebus.contract.Frame;
import io.voicebus.contract.WordEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes frames of pieces that come at once: an engine that cuts at its words would have more than
 * twice as many, and each costs a packet to playback, one to the owner, and a write to the
 * listener's socket. NOT thread safe.
 */
final class FrameGather {
  /** A part of a piece. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Part(byte[] pcm, int from, int to) {}

  private final Consumer<Frame> frames;
  private final List<Part> parts = new ArrayList<>();
  private final List<WordEnd> words = new ArrayList<>();
  private int length;

  /** Characters of the text up to the last end of a word. */
  private int told;

  FrameGather(Consumer<Frame> frames) {
    this.frames = frames;
  }

  /**
   * Adds a piece.
   *
   * @param pcm whole samples; not changed afterwards
   * @param from where in it to begin; at its end, nothing is added
   * @param chars of the text that are wholly spoken at its end; negative if that is not known. A
   *     word ends there if they are more than before.
   * @param wordSamples how many samples before there that word began; 0 if that is not known
   * @param estimated whether that is reckoned, and not told by the engine
   */
  void add(byte[] pcm, int from, int chars, int wordSamples, boolean estimated) {
    int at = from;
    while (at < pcm.length) {
      int end = Math.min(pcm.length, at + Frame.MAX_BYTES);
      if (length + end - at > Frame.MAX_BYTES) {
        flush();
      }
      parts.add(new Part(pcm, at, end));
      length += end - at;
      at = end;
    }
    if (chars > told && length > 0) {
      told = chars;
      words.add(new WordEnd(length / 2, chars, wordSamples, estimated));
    }
  }

  /** Sends the gathered frame, if there is one. */
  void flush() {
    if (length > 0) {
      Frame frame = new Frame(joined(), List.copyOf(words));
      parts.clear();
      words.clear();
      length = 0;
      frames.accept(frame);
    }
  }

  private byte[] joined() {
    Part first = parts.get(0);
    if (parts.size() == 1 && first.pcm.length == length) {
      return first.pcm; // a whole piece
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (Part part : parts) {
      System.arraycopy(part.pcm, part.from, joined, at, part.to - part.from);
      at += part.to - part.from;
    }
    return joined;
  }
}
