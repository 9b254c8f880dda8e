package io.voicebus.playback;

import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.WordEnd;
import io.voicebus.contract.WordMark;
import io.voicebus.playback.seam.NoProcessing;
import io.voicebus.playback.seam.Processing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * One turn's audio. Frames of different chunks arrive in any order; they leave in the chunks'
 * order, gapless and once, as soon as they are next and the sink takes them. NOT thread safe; every
 * {@code nowNanos} is a reading of one monotonic clock.
 *
 * <p>There are two counts of samples. A chunk's raw samples are those of its engines: attempts
 * continue at a raw sample ({@link ChunkBuffer}). The playout's own count is of delivered samples
 * ({@link ListenerPosition#delivered}): marks, words and the listener's position refer to it. A
 * {@link Processing} converts between the two.
 */
final class Playout {
  /** What happened to a frame. */
  enum Taken {
    YES,
    /** There is no room: the attempt should stop, and a later one continues from here. */
    OVERRUN,
    /** There is no room, and no attempt would get further: the chunk ends with what is held. */
    GIVEN_UP
  }

  private static final int UNKNOWN = -1;

  private final LengthRatio ratio;
  private final PlayoutSink sink;
  private final ChunkLine line;
  private final ListenerPosition position;
  private final PlayoutRoom room;
  private final Starvation starvation = new Starvation();
  private final Map<Integer, AttemptRate> rates = new HashMap<>();
  private final IntFunction<Processing> processings;
  private final SegmentOutput segment = new SegmentOutput();

  private int rateHz;
  private int length = UNKNOWN;
  private int firstFrameOf = UNKNOWN;
  private boolean formatted;
  private boolean marked;
  private boolean pumping;
  private boolean ended;

  /** A playout that delivers every sample as its engine gave it. */
  Playout(
      PlayoutLimits limits,
      Pace pace,
      LengthRatio ratio,
      MemoryBudget.Share memory,
      PlayoutSink sink) {
    this(limits, pace, ratio, memory, sink, hz -> new NoProcessing());
  }

  /**
   * A playout.
   *
   * @param memory limits what it may hold, and is told what it holds; closed by its opener
   * @param processings makes the processing for the turn's rate
   */
  Playout(
      PlayoutLimits limits,
      Pace pace,
      LengthRatio ratio,
      MemoryBudget.Share memory,
      PlayoutSink sink,
      IntFunction<Processing> processings) {
    this.processings = processings;
    this.ratio = ratio;
    this.sink = sink;
    line = new ChunkLine(ratio, bytes -> memory.holds(bytes + segment.heldBytes()));
    position = new ListenerPosition(pace);
    room = new PlayoutRoom(limits, pace, memory, line, position);
  }

  /** Begins where another instance stopped; before anything else. */
  void resume(PlayoutResume from, long nowNanos) {
    if (from.sampleRateHz() > 0) {
      rate(from.sampleRateHz());
      formatted = true;
      marked = true;
      firstFrameOf = from.chunk();
      position.resume(from.samples(), from.playedMs(), nowNanos);
      starvation.resume(from, nowNanos);
    }
    segment.resume(from);
    ResumePoint at = from.at();
    // What was made of raw samples can only be made again of the same, from the first one on.
    ResumePoint raw = segment.transparent() ? at : new ResumePoint(0, at.chars(), at.engine());
    line.resume(from.chunk(), from.samples() - at.samples(), raw, at.samples() > 0);
  }

  private void rate(int hz) {
    rateHz = hz;
    line.rate(hz);
    position.rate(hz);
    starvation.rate(hz);
    segment.through(processings.apply(hz));
  }

  // What the owner says.

  /** A chunk will be spoken, and what ends it; called before its audio comes. */
  void known(int chunk, ChunkEnd with, long nowNanos) {
    if (!over(chunk)) {
      line.at(chunk).known(with, nowNanos);
    }
  }

  /** The turn has so many chunks. */
  void length(int chunks, long nowNanos) {
    length = chunks;
    pump(nowNanos);
  }

  /** Continues without the rest of a chunk. */
  void skip(int chunk, long nowNanos) {
    if (!over(chunk)) {
      line.at(chunk).skip();
      closed(chunk);
      pump(nowNanos);
    }
  }

  /** The listener has played so much, in ms. */
  void heard(long playedMs, long nowNanos) {
    position.reported(playedMs, nowNanos);
    starvation.heard(playedMs, nowNanos);
  }

  /** The listener has paused on purpose. */
  void paused() {
    starvation.paused();
  }

  /** The listener's connection is lost, or is there again. */
  void away(boolean nowAway, long nowNanos) {
    position.away(nowAway, nowNanos);
    starvation.away(nowAway, nowNanos);
  }

  // What the work queue asks.

  /** Whether no more audio of this chunk is needed. */
  boolean over(int chunk) {
    return ended
        || chunk < line.head()
        || (length != UNKNOWN && chunk >= length)
        || line.at(chunk).finished();
  }

  /** Ends the present attempt, if any; returns where the next one begins. */
  ResumePoint cut(int chunk) {
    ChunkBuffer buffer = line.at(chunk);
    buffer.attemptOver();
    rates.remove(chunk);
    boolean begun = buffer.started() || buffer.received() > 0;
    return new ResumePoint(buffer.received(), buffer.chars(), begun ? buffer.engine() : "");
  }

  /** Whether a chunk can be spoken again from its beginning: nothing of it has left. */
  boolean untouched(int chunk) {
    return !ended && chunk >= line.head() && line.at(chunk).untouched();
  }

  /**
   * Discards the frames of an {@link #untouched} chunk: it will be spoken again from its beginning.
   */
  void restart(int chunk) {
    rates.remove(chunk);
    line.restart(chunk);
  }

  /** The first chunk that is not wholly delivered. */
  int head() {
    return line.head();
  }

  boolean reserve(int chunk, long estimatedMs, long nowNanos) {
    return room.reserve(chunk, estimatedMs, nowNanos);
  }

  long neededInMs(int chunk, long nowNanos) {
    return room.neededInMs(chunk, nowNanos);
  }

  // What the workers send.

  /** An attempt's frames follow. The first of all that are heard fixes the turn's rate. */
  void open(int chunk, int sampleRateHz, boolean byText, String engine, long nowNanos) {
    boolean free = !formatted && rates.isEmpty() && line.heldBytes() == 0;
    if (rateHz == 0 || (free && sampleRateHz != rateHz)) {
      rate(sampleRateHz);
    }
    ChunkBuffer buffer = line.at(chunk);
    buffer.open(byText, engine);
    segment.attempt(byText, engine);
    buffer.spokenBy(engine, sampleRateHz != rateHz);
    rates.put(chunk, new AttemptRate(sampleRateHz, rateHz, buffer.received()));
    pump(nowNanos);
  }

  /** A frame of the attempt that was opened last. */
  Taken frame(int chunk, byte[] pcm, List<WordEnd> words, long nowNanos) {
    ChunkBuffer buffer = line.at(chunk);
    AttemptRate rate = rates.get(chunk);
    if (rate == null) {
      throw new IllegalStateException("a frame of chunk " + chunk + ", which was not opened");
    }
    if (room.overrun(chunk, buffer, rate.mostBytes(pcm.length), nowNanos)) {
      rates.remove(chunk);
      if (buffer.overrun()) {
        return Taken.OVERRUN;
      }
      closed(chunk);
      pump(nowNanos);
      return Taken.GIVEN_UP;
    }
    if (firstFrameOf == UNKNOWN) {
      firstFrameOf = chunk;
    }
    for (WordEnd word : words) {
      buffer.wordEnds(
          rate.after(word.samples()), word.chars(), rate.span(word.length()), word.estimated());
    }
    buffer.append(rate.convert(pcm));
    pump(nowNanos);
    return Taken.YES;
  }

  /** The attempt ended well: the chunk is wholly received. */
  void received(int chunk, long nowNanos) {
    ChunkBuffer buffer = line.at(chunk);
    AttemptRate rate = rates.remove(chunk);
    if (rate != null) {
      buffer.append(rate.finish());
    }
    buffer.finish();
    ratio.learn(buffer.estimatedMs(), line.ms(buffer.received()));
    closed(chunk);
    pump(nowNanos);
  }

  /** The attempt failed: the chunk waits for another. */
  void lost(int chunk) {
    rates.remove(chunk);
    line.at(chunk).attemptOver();
  }

  private void closed(int chunk) {
    rates.remove(chunk);
    room.passed(chunk);
  }

  // What leaves.

  /** Gives the sink the next samples, as long as it takes them. */
  void pump(long nowNanos) {
    if (pumping) {
      return;
    }
    if (sink.full() && isSoundWaiting()) {
      starvation.notTaken();
    }
    pumping = true;
    try {
      boolean more = true;
      while (more && !ended && !sink.full()) {
        more = step(nowNanos);
      }
    } finally {
      pumping = false;
    }
  }

  private boolean isSoundWaiting() {
    int chunk = line.head();
    return segment.waiting()
        || isReady(chunk)
        || (chunk != length && line.at(chunk).complete() && isReady(chunk + 1));
  }

  private boolean isReady(int chunk) {
    return chunk != length && line.at(chunk).ready();
  }

  private boolean step(long nowNanos) {
    if (firstFrameOf != UNKNOWN && !formatted && isHeadDue()) {
      formatted = true;
      sink.format(rateHz);
      return true;
    }
    if (firstFrameOf != UNKNOWN && !marked) {
      marked = true;
      sink.mark(new PlayoutMark(PlayoutMark.Kind.FIRST_FRAME, firstFrameOf, 0));
      return true;
    }
    int chunk = line.head();
    if (chunk == length) {
      close();
      sink.end();
      return false;
    }
    ChunkBuffer buffer = line.at(chunk);
    if (segment.opens()) {
      openSegment(chunk, nowNanos);
      return true;
    }
    if (segment.starts(buffer)) {
      buffer.start();
      sink.mark(
          new PlayoutMark(
              PlayoutMark.Kind.CHUNK_START,
              chunk,
              position.delivered(),
              buffer.engine(),
              0,
              segment.gain(),
              buffer.speaks(),
              segment.lead()));
      return true;
    }
    if (wordEnds(buffer)) {
      sink.word(mark(chunk, buffer.word()));
      return true;
    }
    if (segment.waiting()) {
      deliver(chunk, segment.take(), nowNanos);
      return true;
    }
    if (buffer.joins()) {
      join(chunk, buffer);
      return true;
    }
    if (buffer.ready()) {
      segment.accept(buffer.next());
      if (segment.transparent()) {
        deliver(chunk, segment.take(), nowNanos);
      }
      return true;
    }
    if (buffer.complete()) {
      if (segment.finished()) {
        end(chunk, buffer);
      } else {
        segment.finish(false);
      }
      return true;
    }
    return false;
  }

  /**
   * Whether a call would deliver something now, at least the end of the present chunk: then later
   * chunks may be discarded.
   */
  private boolean isHeadDue() {
    ChunkBuffer buffer = line.at(line.head());
    return buffer.ready() || buffer.finished();
  }

  private void deliver(int chunk, byte[] pcm, long nowNanos) {
    sounds(chunk, 0, nowNanos);
    give(chunk, pcm, nowNanos);
  }

  /** Sound comes after a time in which the listener may have waited. */
  private void sounds(int chunk, long pauseMs, long nowNanos) {
    long knownMs = (nowNanos - line.at(chunk).knownAt()) / 1_000_000;
    starvation.sound(chunk, pauseMs, knownMs, nowNanos).ifPresent(sink::underrun);
  }

  private void give(int chunk, byte[] pcm, long nowNanos) {
    position.delivered(pcm.length / 2, nowNanos);
    starvation.delivered(pcm.length / 2, nowNanos);
    sink.audio(chunk, pcm);
  }

  /** Samples of another attempt are next: the segment of the earlier one ends. */
  private void join(int chunk, ChunkBuffer buffer) {
    if (segment.finished()) {
      segment.begin(buffer, position.delivered());
      if (segment.transparent()) {
        speaker(chunk, buffer);
      }
    } else {
      segment.finish(true);
    }
  }

  /** The segment's first samples are known: the due pause comes before them. */
  private void openSegment(int chunk, long nowNanos) {
    sounds(chunk, line.ms(segment.due()), nowNanos);
    int pause = segment.pause(line.samples(position.waitedMs(nowNanos)));
    if (pause > 0) {
      give(chunk, new byte[2 * pause], nowNanos);
    }
    segment.opened(position.delivered());
    speaker(chunk, line.at(chunk));
  }

  /** The first samples of an attempt are next: perhaps another voice continues the chunk. */
  private void speaker(int chunk, ChunkBuffer buffer) {
    if (buffer.speakerChanges()) {
      sink.mark(
          new PlayoutMark(
              PlayoutMark.Kind.CHUNK_VOICE,
              chunk,
              position.delivered(),
              buffer.engine(),
              0,
              0,
              buffer.speaks()));
    }
  }

  /** Whether a word was delivered without its mark. */
  private boolean wordEnds(ChunkBuffer buffer) {
    long raw = buffer.wordEnds();
    return raw >= 0 && buffer.started() && segment.passed(raw, position.delivered());
  }

  private WordMark mark(int chunk, ChunkBuffer.Spoken word) {
    long delivered = position.delivered();
    long to = segment.onPlayout(word.atSample(), delivered);
    long from =
        word.length() > 0 ? segment.onPlayout(word.atSample() - word.length(), delivered) : to;
    return new WordMark(chunk, to, word.chars(), (int) (to - from), word.estimated());
  }

  private void end(int chunk, ChunkBuffer buffer) {
    line.advance(position.delivered());
    if (buffer.started()) {
      sink.mark(
          new PlayoutMark(
              PlayoutMark.Kind.CHUNK_END, chunk, position.delivered(), "", segment.due(), 0));
    }
  }

  /** Whether everything was given to the sink, or the playout was closed. */
  boolean ended() {
    return ended;
  }

  /** Discards everything; nothing leaves any more. */
  void close() {
    ended = true;
    rates.clear();
    line.clear();
    segment.clear();
  }

  /**
   * Bytes of PCM that wait here; never more than {@link PlayoutLimits#heldBytes()}, and the five
   * seconds that a processing holds at most.
   */
  long heldBytes() {
    return line.heldBytes() + segment.heldBytes();
  }
}
