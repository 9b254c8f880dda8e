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
  private final Consumer<Frame> frames;
  private List<WordEnd> words = new ArrayList<>();
  private byte[] gathered = {};
  private int length;

  FrameGather(Consumer<Frame> frames) {
    this.frames = frames;
  }

  /**
   * Adds a piece.
   *
   * @param pcm whole samples; not changed afterwards
   * @param from where in it to begin; at its end, nothing is added
   * @param chars of the text that are wholly spoken at its end; negative if that is not known
   */
  void add(byte[] pcm, int from, int chars) {
    int at = from;
    while (at < pcm.length) {
      int end = Math.min(pcm.length, at + Frame.MAX_BYTES);
      if (length + end - at > Frame.MAX_BYTES) {
        flush();
      }
      append(pcm, at, end);
      at = end;
    }
    if (chars >= 0 && length > 0) {
      words.add(new WordEnd(length / 2, chars));
    }
  }

  private void append(byte[] pcm, int from, int to) {
    if (length == 0 && from == 0 && to == pcm.length) {
      gathered = pcm; // mostly the only one
    } else {
      byte[] joined = new byte[length + to - from];
      System.arraycopy(gathered, 0, joined, 0, length);
      System.arraycopy(pcm, from, joined, length, to - from);
      gathered = joined;
    }
    length = gathered.length;
  }

  /** Hands over what has been gathered, if there is any. */
  void flush() {
    if (length > 0) {
      Frame frame = new Frame(gathered, List.copyOf(words));
      words = new ArrayList<>();
      gathered = new byte[0];
      length = 0;
      frames.accept(frame);
    }
  }
}
