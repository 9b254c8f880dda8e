package io.voicebus.playback;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the voice is given for a turn's chunks, and for each the text around it, by which a service
 * finds its intonation. NOT thread safe.
 */
final class TurnText {
  private final TreeMap<Integer, ChunkCaption> chunks = new TreeMap<>();

  void add(ChunkCaption chunk) {
    chunks.put(chunk.chunk(), chunk);
  }

  /** A chunk's own text; empty if it is not known. */
  String words(int chunk) {
    ChunkCaption caption = chunks.get(chunk);
    return caption == null ? "" : caption.words();
  }

  /** Whether a chunk's text is known, and still kept. */
  boolean has(int chunk) {
    return chunks.containsKey(chunk);
  }

  /** How long a chunk is at a voice's own speed, in ms, as far as can be told from its text. */
  long estimatedMs(int chunk) {
    ChunkCaption caption = chunks.get(chunk);
    return caption == null ? 1 : caption.estimatedMs();
  }

  /** What ends a chunk. */
  ChunkEnd end(int chunk) {
    ChunkCaption caption = chunks.get(chunk);
    return caption == null ? ChunkEnd.SENTENCE : caption.end();
  }

  /** What a chunk is written in, as a two-letter code; empty if that is not known. */
  String language(int chunk) {
    ChunkCaption caption = chunks.get(chunk);
    return caption == null ? "" : caption.language();
  }

  /**
   * The last words before a chunk.
   *
   * @param most characters
   */
  String before(int chunk, int most) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, ChunkCaption> each :
        chunks.headMap(chunk, false).descendingMap().entrySet()) {
      if (text.length() >= most) {
        break;
      }
      text.insert(0, each.getValue().words() + " ");
    }
    String all = text.toString().strip();
    if (all.length() <= most) {
      return all;
    }
    String end = all.substring(all.length() - most);
    // A word that was cut says something else.
    return wholeFrom(end).strip();
  }

  /**
   * The first words after a chunk, as far as they are known.
   *
   * @param most characters
   */
  String after(int chunk, int most) {
    StringBuilder text = new StringBuilder();
    int next = chunk + 1;
    while (text.length() < most && chunks.containsKey(next)) {
      text.append(words(next)).append(' ');
      next++;
    }
    String all = text.toString().strip();
    if (all.length() <= most) {
      return all;
    }
    String begin = all.substring(0, most);
    int blank = begin.lastIndexOf(' ');
    return (blank > 0 ? begin.substring(0, blank) : begin.substring(0, wholeTo(begin))).strip();
  }

  private static String wholeFrom(String text) {
    int blank = text.indexOf(' ');
    if (blank >= 0) {
      return text.substring(blank);
    }
    return Character.isLowSurrogate(text.charAt(0)) ? text.substring(1) : text;
  }

  private static int wholeTo(String text) {
    int last = text.length() - 1;
    return Character.isHighSurrogate(text.charAt(last)) ? last : last + 1;
  }

  /**
   * Chunks before this one are not spoken any more: of their text only what is before it is kept.
   *
   * @param most characters
   */
  void forgetBefore(int chunk, int most) {
    int kept = 0;
    Integer at = chunks.lowerKey(chunk);
    while (at != null && kept < most) {
      kept += words(at).length() + 1;
      at = chunks.lowerKey(at);
    }
    if (at != null) {
      chunks.headMap(at, true).clear();
    }
  }
}
