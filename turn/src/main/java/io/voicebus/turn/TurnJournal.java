package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.WordMark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a turn's owner must know to have any stage taken over: the text so far, its chunks, and
 * what of them the owner has for its listener. A chunk is in it before anybody can speak it. NOT
 * thread safe.
 */
final class TurnJournal {
  /** Of a longer text nothing is kept: then no chunker or text source can be taken over. */
  static final int MAX_TEXT_CHARS = Conversation.MAX_ANSWER_CHARS;

  /** What a character of the text takes here: it may have two bytes, and a builder grows. */
  private static final int BYTES_OF_CHAR = 2;

  /** What one takes that waits to be spoken: at the chunker, in captions, at playback. */
  private static final int BYTES_OF_WAITING_CHAR = 6;

  private static final int UNKNOWN = -1;

  private final StringBuilder text = new StringBuilder();
  private boolean tooLong;
  private long written;

  /** Where the text's writer wanted a chunk to end, in UTF-16 units of the text. */
  private final List<Integer> flushes = new ArrayList<>();

  /** Those that are not wholly delivered. */
  private final TreeMap<Integer, ChunkCaption> chunks = new TreeMap<>();

  /** Characters of the chunks that are not spoken yet. */
  private final Map<Integer, Integer> unspoken = new HashMap<>();

  private final BitSet settled = new BitSet();
  private int nextChunk;
  private long chunkedUpTo;
  private int length = UNKNOWN;
  private long aheadChars;

  private int rateHz;
  private long samples;

  /** The chunk that is being delivered, or is next. */
  private int chunk;

  private boolean started;
  private long chunkStart;
  private int chars;
  private String engine = "";

  /** Who spoke last, whatever became of the samples. */
  private String voice = "";

  /** The silence after the last chunk that has ended, in samples, and where it begins. */
  private int pause;

  private long pauseStart;
  private int gain;

  /**
   * Enters what a stage told, but for audio, which {@link #audio} counts.
   *
   * @return false for what is entered already, as an instance that takes a stage over repeats some,
   *     and for what no stage needs to know
   */
  boolean item(Message item) {
    if (item instanceof TextDelta delta) {
      text(delta.text());
    } else if (item instanceof TextFlush) {
      if (!tooLong) {
        flushes.add(text.length());
      }
    } else if (item instanceof ChunkCaption caption) {
      return chunk(caption);
    } else if (item instanceof TextLength ofText) {
      length = ofText.chunks();
    } else if (item instanceof ChunkSpoken spoken) {
      return settled(spoken.chunk());
    } else if (item instanceof ChunkSkipped skipped) {
      return settled(skipped.chunk());
    } else if (item instanceof PlayoutFormat format) {
      return rate(format.sampleRateHz());
    } else if (item instanceof PlayoutMark mark) {
      return mark(mark);
    } else if (item instanceof WordMark word) {
      word(word);
    } else {
      return false;
    }
    return true;
  }

  // What is written.

  private void text(String delta) {
    written += delta.length();
    if (tooLong || text.length() + delta.length() > MAX_TEXT_CHARS) {
      tooLong = true;
      text.setLength(0);
      flushes.clear();
    } else {
      text.append(delta);
    }
  }

  String text() {
    return text.toString();
  }

  /** The text as its items, for another chunker. */
  List<Message> textItems() {
    List<Message> items = new ArrayList<>();
    int from = 0;
    for (int flush : flushes) {
      TextDelta.pieces(text.substring(from, flush))
          .forEach(piece -> items.add(new TextDelta(piece)));
      items.add(new TextFlush());
      from = flush;
    }
    TextDelta.pieces(text.substring(from)).forEach(piece -> items.add(new TextDelta(piece)));
    return items;
  }

  /** UTF-16 units of the text so far. */
  long written() {
    return written;
  }

  /** Whether any text has come. */
  boolean isBegun() {
    return written > 0;
  }

  /** Whether all of the text so far is known. */
  boolean isTextWhole() {
    return !tooLong;
  }

  /** Takes back what is behind the last chunk; where the text ends then. */
  int cutText() {
    text.setLength((int) Math.min(text.length(), chunkedUpTo));
    written = text.length();
    flushes.removeIf(at -> at > written);
    return text.length();
  }

  /**
   * A chunk was made.
   *
   * @return whether it is the one that is next: a repeated one is not
   */
  private boolean chunk(ChunkCaption made) {
    if (made.chunk() != nextChunk) {
      return false;
    }
    nextChunk++;
    chunkedUpTo = made.sourceEnd();
    chunks.put(made.chunk(), made);
    unspoken.put(made.chunk(), made.spokenChars());
    aheadChars += made.spokenChars();
    return true;
  }

  int nextChunk() {
    return nextChunk;
  }

  /** The first unit of the text that is in no chunk. */
  long chunkedUpTo() {
    return chunkedUpTo;
  }

  /** Characters of the text that are in no chunk yet. */
  long uncutChars() {
    return written - chunkedUpTo;
  }

  /** Characters that wait to be spoken. */
  long waitingChars() {
    return aheadChars + uncutChars();
  }

  /** What is held of the text here, and by those who follow, in bytes. */
  long bytes() {
    return BYTES_OF_CHAR * (long) text.length() + BYTES_OF_WAITING_CHAR * waitingChars();
  }

  boolean isLengthKnown() {
    return length != UNKNOWN;
  }

  int length() {
    return length;
  }

  // What is spoken.

  /**
   * A chunk is wholly received, or left out.
   *
   * @return whether that is news
   */
  boolean settled(int index) {
    if (settled.get(index)) {
      return false;
    }
    settled.set(index);
    Integer spoken = unspoken.remove(index);
    aheadChars -= spoken == null ? 0 : spoken;
    return true;
  }

  /** Characters of the chunks that are not spoken yet. */
  long aheadChars() {
    return aheadChars;
  }

  /** The first chunk that is not spoken yet; -1 for none. */
  int firstUnspoken() {
    return unspoken.keySet().stream().mapToInt(Integer::intValue).min().orElse(-1);
  }

  /** Whether some chunk is not spoken yet. */
  boolean isSpeechDue() {
    return !unspoken.isEmpty();
  }

  // What the listener has.

  /** The first format holds for the whole turn. */
  private boolean rate(int hz) {
    if (rateHz > 0) {
      return false;
    }
    rateHz = hz;
    return true;
  }

  /** The turn's sample rate; 0 while nobody knows it. */
  int rateHz() {
    return rateHz;
  }

  /**
   * Where the playout stands.
   *
   * @return whether that is news
   */
  private boolean mark(PlayoutMark mark) {
    switch (mark.kind()) {
      case CHUNK_START -> {
        if (mark.chunk() < chunk || (mark.chunk() == chunk && started)) {
          return false;
        }
        begin(mark.chunk());
        started = true;
        chunkStart = mark.atSample();
        engine = mark.engine();
        voice = mark.voice();
        gain = mark.gain();
        pause = 0;
      }
      case CHUNK_VOICE -> {
        if (mark.chunk() == chunk) {
          engine = mark.engine();
          voice = mark.voice();
        }
      }
      case CHUNK_END -> {
        if (mark.chunk() < chunk) {
          return false;
        }
        begin(mark.chunk() + 1);
        pause = mark.pause();
        pauseStart = mark.atSample();
      }
      case FIRST_FRAME, FIRST_AUDIO -> {}
    }
    return true;
  }

  private void begin(int index) {
    chunk = index;
    started = false;
    chunkStart = samples;
    chars = 0;
    engine = "";
    chunks.headMap(index).clear();
  }

  private void word(WordMark word) {
    if (word.chunk() == chunk) {
      chars = Math.max(chars, word.chars());
    }
  }

  void audio(ChunkAudio audio) {
    samples += audio.pcm().length / 2;
  }

  /** A former owner has delivered so much, and its marks and words up to there are known. */
  void resumeAt(long sample) {
    samples = sample;
  }

  /** Samples that came so far. */
  long samples() {
    return samples;
  }

  /**
   * Where another playback instance goes on. Samples are of what came, whatever playback made it
   * of.
   *
   * @param playedMs what the listener has heard, as far as is known
   * @param waitedMs how long it has had nothing to hear
   */
  PlayoutResume resume(long playedMs, long waitedMs) {
    long within = started ? samples - chunkStart : 0;
    int stillDue = (int) Math.max(0, pause - Math.max(0, samples - pauseStart));
    return new PlayoutResume(
        chunk,
        new ResumePoint(within, started ? chars : 0, engine),
        samples,
        playedMs,
        rateHz,
        stillDue,
        gain,
        waitedMs,
        voice);
  }

  /** The chunks that another playback instance must be told of. */
  List<ChunkCaption> undelivered() {
    return List.copyOf(chunks.tailMap(chunk).values());
  }
}
