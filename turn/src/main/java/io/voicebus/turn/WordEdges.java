package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import java.util.TreeSet;

/** Where the latest words of a turn's playout end, in samples. NOT thread safe. */
final class WordEdges {
  /** More than the words of what is kept of the audio. */
  private static final int MAX = 256;

  /** What goes on farther back than this repeats a sentence, not a word. */
  private static final int MAX_BACK_SECONDS = 3;

  private final TreeSet<Long> edges = new TreeSet<>();

  /** What playback told: a word that has ended, or a chunk that begins. */
  void item(Message item) {
    if (item instanceof WordMark word) {
      add(word.atSample());
    } else if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_START) {
      add(mark.atSample());
    }
  }

  private void add(long sample) {
    edges.add(sample);
    if (edges.size() > MAX) {
      edges.pollFirst();
    }
  }

  /** The last edge up to this sample; the sample itself where none is near. */
  long before(long sample, int rateHz) {
    Long edge = edges.floor(sample + rateHz / 1000); // listeners reckon in milliseconds
    return edge == null || sample - edge > (long) MAX_BACK_SECONDS * rateHz ? sample : edge;
  }
}
