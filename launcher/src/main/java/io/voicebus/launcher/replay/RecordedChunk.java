package io.voicebus.launcher.replay;

import io.voicebus.audio.RateConverter;
import io.voicebus.bus.Failure;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.contract.WordEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One chunk of a recording, and how it was spoken. NOT thread safe while it is read. */
final class RecordedChunk {
  /**
   * A frame.
   *
   * @param afterNanos since playback was told of the chunk
   * @param from the chunk's first sample that it has
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record TimedFrame(long afterNanos, int from, byte[] pcm, List<WordEnd> words) {
    int to() {
      return from + pcm.length / 2;
    }
  }

  private final ChunkCaption caption;
  private final List<TimedFrame> frames = new ArrayList<>();

  /** Where the text and the sound keep step: samples by characters. */
  private final TreeMap<Integer, Integer> anchors = new TreeMap<>();

  private String engine = "";
  private int rateHz;
  private int comesAtHz;
  private int samples;
  private @Nullable ChunkSpoken spoken;
  private @Nullable Failure failure;

  RecordedChunk(ChunkCaption caption) {
    this.caption = caption;
    anchors.put(0, 0);
  }

  ChunkCaption caption() {
    return caption;
  }

  void piece(SpeechPiece piece) {
    if (piece.piece() instanceof Speaker speaker) {
      comesAtHz = speaker.sampleRateHz();
      if (rateHz == 0) {
        rateHz = comesAtHz;
        engine = speaker.engine();
      }
    } else if (piece.piece() instanceof Frame frame) {
      add(piece.afterNanos(), frame);
    }
  }

  /** What another engine said of the same chunk is brought to the first one's rate. */
  private void add(long afterNanos, Frame frame) {
    boolean other = rateHz > 0 && comesAtHz != rateHz;
    byte[] pcm = other ? converted(frame.pcm()) : frame.pcm();
    double step = other ? (double) rateHz / comesAtHz : 1;
    List<WordEnd> words = new ArrayList<>();
    for (WordEnd word : frame.words()) {
      int at = Math.min(pcm.length / 2, (int) (word.samples() * step));
      words.add(new WordEnd(at, word.chars(), (int) (word.length() * step), word.estimated()));
      anchors.put(word.chars(), samples + at);
    }
    frames.add(new TimedFrame(afterNanos, samples, pcm, words));
    samples += pcm.length / 2;
  }

  private byte[] converted(byte[] pcm) {
    RateConverter converter = new RateConverter(comesAtHz, rateHz);
    byte[] most = converter.convert(pcm);
    byte[] rest = converter.finish();
    byte[] all = new byte[most.length + rest.length];
    System.arraycopy(most, 0, all, 0, most.length);
    System.arraycopy(rest, 0, all, most.length, rest.length);
    return all;
  }

  void spoken(ChunkSpoken how) {
    spoken = how;
  }

  /** It could not be spoken, or not to its end. */
  void failed(Failure why) {
    failure = why;
  }

  boolean isSpoken() {
    return spoken != null;
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** The words that the voice was asked to speak. */
  String words() {
    return caption.words();
  }

  List<TimedFrame> frames() {
    return frames;
  }

  /** The engine that spoke it, as in {@link Speaker}; empty if it is unknown. */
  String engine() {
    return engine;
  }

  /** The sample rate, in Hz; 0 if it was not spoken. */
  int rateHz() {
    return rateHz;
  }

  int samples() {
    return samples;
  }

  /** The sample up to which so many of its characters are spoken: between words, by their share. */
  int sampleAt(int chars) {
    int length = Math.max(1, words().length());
    if (chars >= length) {
      return samples;
    }
    Map.Entry<Integer, Integer> before = Objects.requireNonNull(anchors.floorEntry(chars));
    Map.Entry<Integer, Integer> after = anchors.higherEntry(chars);
    int toChars = after == null ? length : after.getKey();
    int to = after == null ? samples : after.getValue();
    long share = (long) (to - before.getValue()) * (chars - before.getKey());
    return before.getValue() + (int) (share / Math.max(1, toChars - before.getKey()));
  }

  /** How long after it was asked an engine gave what playback had so long after the chunk came. */
  long sinceAsked(long afterNanos) {
    ChunkSpoken how = spoken;
    // Of several attempts it is not known when the first was taken.
    long waited = how == null || how.attempts() > 1 ? 0 : Math.max(0, how.waitNanos());
    return Math.max(0, afterNanos - waited);
  }

  /** How long after it was asked the engine gave its first sound; -1 if it gave none. */
  long firstNanos() {
    return frames.isEmpty() ? -1 : sinceAsked(frames.get(0).afterNanos());
  }
}
