package io.voicebus.playback;

import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.WordEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One turn's audio: frames arrive in any order of chunks and leave in the chunks' order, gapless
 * and once, as soon as they are next and the sink takes them. NOT thread safe; every {@code
 * nowNanos} is a reading of one monotonic clock.
 */
final class Playout {
  /** What became of a frame. */
  enum Taken {
    YES,
    /** No room: the attempt is to be stopped, and a later one goes on from here. */
    OVERRUN,
    /** No room, and no attempt would get further: the chunk is over with what is held. */
    GIVEN_UP
  }

  private static final int UNKNOWN = -1;

  private final LengthRatio ratio;
  private final PlayoutSink sink;
  private final ChunkLine line;
  private final ListenerPosition position;
  private final PlayoutRoom room;
  private final Map<Integer, AttemptRate> rates = new HashMap<>();

  private int rateHz;
  private int length = UNKNOWN;
  private int firstFrameOf = UNKNOWN;
  private boolean formatted;
  private boolean marked;
  private boolean pumping;
  private boolean ended;

  Playout(PlayoutLimits limits, Pace pace, LengthRatio ratio, PlayoutSink sink) {
    this.ratio = ratio;
    this.sink = sink;
    line = new ChunkLine(ratio);
    position = new ListenerPosition(pace);
    room = new PlayoutRoom(limits, pace, line, position);
  }

  /** Begins where another instance stopped; before anything else. */
  void resume(PlayoutResume from, long nowNanos) {
    if (from.sampleRateHz() > 0) {
      rateHz = from.sampleRateHz();
      formatted = true;
      marked = true;
      firstFrameOf = from.chunk();
      line.rate(rateHz);
      position.rate(rateHz);
      position.resume(from.samples(), from.playedMs(), nowNanos);
    }
    line.resume(from.chunk(), from.samples(), from.at());
  }

  // What the owner says.

  /** The turn has so many chunks. */
  void length(int chunks, long nowNanos) {
    length = chunks;
    pump(nowNanos);
  }

  /** Goes on without the rest of a chunk. */
  void skip(int chunk, long nowNanos) {
    if (!over(chunk)) {
      line.at(chunk).skip();
      closed(chunk);
      pump(nowNanos);
    }
  }

  /** The listener has played so much, in ms. */
  void heard(long playedMs) {
    position.reported(playedMs);
  }

  /** The listener's connection is lost, or is there again. */
  void away(boolean nowAway, long nowNanos) {
    position.away(nowAway, nowNanos);
  }

  // What the work queue asks.

  /** Whether nothing more of this chunk is wanted. */
  boolean over(int chunk) {
    return ended
        || chunk < line.head()
        || (length != UNKNOWN && chunk >= length)
        || line.at(chunk).finished();
  }

  /** Ends the attempt that is under way, if any; where the next one begins. */
  ResumePoint cut(int chunk) {
    ChunkBuffer buffer = line.at(chunk);
    buffer.attemptOver();
    rates.remove(chunk);
    return new ResumePoint(buffer.received(), buffer.chars(), buffer.engine());
  }

  boolean reserve(int chunk, long estimatedMs, long nowNanos) {
    return room.reserve(chunk, estimatedMs, nowNanos);
  }

  long neededInMs(int chunk, long nowNanos) {
    return room.neededInMs(chunk, nowNanos);
  }

  // What the workers send.

  /** An attempt's frames follow. The first of all attempts fixes the turn's rate. */
  void open(int chunk, int sampleRateHz, boolean byText, String engine, long nowNanos) {
    if (rateHz == 0) {
      rateHz = sampleRateHz;
      line.rate(rateHz);
      position.rate(rateHz);
    }
    ChunkBuffer buffer = line.at(chunk);
    String before = buffer.engine();
    buffer.open(byText);
    buffer.spokenBy(sampleRateHz == rateHz ? engine : "");
    if (buffer.started() && !buffer.engine().equals(before)) {
      sink.mark(
          new PlayoutMark(
              PlayoutMark.Kind.CHUNK_VOICE,
              chunk,
              line.headStart() + buffer.delivered(),
              buffer.engine()));
    }
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
      buffer.wordEnds(rate.after(word.samples()), word.chars());
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

  /** Gives the sink what is next, as long as it takes it. */
  void pump(long nowNanos) {
    if (pumping) {
      return;
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

  private boolean step(long nowNanos) {
    if (firstFrameOf != UNKNOWN && !formatted) {
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
    if (buffer.starts()) {
      buffer.start();
      sink.mark(
          new PlayoutMark(PlayoutMark.Kind.CHUNK_START, chunk, line.headStart(), buffer.engine()));
      return true;
    }
    if (buffer.wordEnds()) {
      sink.word(buffer.word(chunk, line.headStart()));
      return true;
    }
    if (buffer.ready()) {
      byte[] pcm = buffer.next();
      position.delivered(pcm.length / 2, nowNanos);
      sink.audio(chunk, pcm);
      return true;
    }
    if (buffer.complete()) {
      line.advance();
      if (buffer.started()) {
        sink.mark(new PlayoutMark(PlayoutMark.Kind.CHUNK_END, chunk, line.headStart()));
      }
      return true;
    }
    return false;
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
  }

  /** Bytes of PCM that wait here; never more than {@link PlayoutLimits#heldBytes()}. */
  long heldBytes() {
    return line.heldBytes();
  }
}
