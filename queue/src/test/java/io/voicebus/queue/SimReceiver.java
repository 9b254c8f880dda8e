package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.SimNetwork;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Frame;
import io.voicebus.contract.FramesOpen;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TurnId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A playback instance in little: takes numbered units, of which each must be the one that it lacks,
 * plays them in virtual time, and reserves room for so many milliseconds ahead of what is heard.
 */
final class SimReceiver implements JobReceiver.Policy {
  static final int UNIT_MS = 100;

  /** What broke a law: exceptions end in the inbox's log. */
  final List<String> violations = new ArrayList<>();

  /** What it holds of one chunk. */
  private static final class Chunk {
    int units;
    int total = -1;
    boolean whole;
    boolean skipped;
    boolean reserved;
    long estimatedMs;
    int attempt;
    @Nullable BusReadStream<Frame> stream;

    boolean over() {
      return whole || skipped;
    }
  }

  private static final class Turn {
    final TreeMap<Integer, Chunk> chunks = new TreeMap<>();
    final boolean stalled;
    int hearing;
    int heardUnits;
    Bus.@Nullable Timer ticker;

    Turn(boolean stalled) {
      this.stalled = stalled;
    }

    Chunk chunk(int index) {
      return chunks.computeIfAbsent(index, i -> new Chunk());
    }
  }

  final SimNetwork.Node node;
  final JobReceiver jobs;
  private final Random random;
  private final long lookaheadMs;
  private final double overruns;
  private final Map<TurnId, Turn> turns = new HashMap<>();
  private final Map<JobId, Long> firstUnitAt = new HashMap<>();

  /**
   * A receiver.
   *
   * @param lookaheadMs room for each turn ahead of what is heard; {@code Long.MAX_VALUE} for all
   * @param overruns probability, for each unit, that its stream is cut off for lack of room
   */
  SimReceiver(SimNetwork.Node node, Random random, long lookaheadMs, double overruns) {
    this.node = node;
    this.random = random;
    this.lookaheadMs = lookaheadMs;
    this.overruns = overruns;
    jobs = new JobReceiver(node.inbox(), this);
    node.inbox().onOpen(FramesOpen.class, this::onFrames);
  }

  /** Expects a turn; its listener never reads if {@code stalled}. */
  void begin(TurnId id, boolean stalled) {
    turns.put(id, new Turn(stalled));
  }

  /** The turn's owner declared its end. */
  void end(TurnId id) {
    Turn turn = turns.remove(id);
    if (turn != null) {
      if (turn.ticker != null) {
        turn.ticker.cancel();
      }
      turn.chunks.values().forEach(SimReceiver::cut);
    }
    jobs.drop(id);
  }

  /** The turn's owner gave a chunk up. */
  void skip(JobId job) {
    Turn turn = turns.get(job.turn());
    if (turn != null) {
      Chunk chunk = turn.chunk(job.chunk());
      chunk.skipped = true;
      cut(chunk);
      jobs.received(job);
      play(job.turn(), turn);
    }
  }

  boolean skipped(JobId job) {
    Turn turn = turns.get(job.turn());
    return turn != null && turn.chunk(job.chunk()).skipped;
  }

  /** Whether the listener of a turn of so many chunks has nothing to hear. */
  boolean starves(TurnId id, int chunks) {
    Turn turn = turns.get(id);
    return turn != null && turn.ticker == null && turn.hearing < chunks;
  }

  int units(JobId job) {
    Turn turn = turns.get(job.turn());
    return turn == null ? 0 : turn.chunk(job.chunk()).units;
  }

  /** When a job's first unit came, in nanoseconds; -1 for never. */
  long firstUnitAt(JobId job) {
    return firstUnitAt.getOrDefault(job, -1L);
  }

  @Override
  public boolean over(JobId job) {
    Turn turn = turns.get(job.turn());
    return turn == null || turn.chunk(job.chunk()).over();
  }

  @Override
  public ResumePoint cut(JobId job, int attempt) {
    Chunk chunk = turn(job).chunk(job.chunk());
    cut(chunk);
    if (attempt <= chunk.attempt) {
      violations.add("a fence went back: " + job + " attempt " + attempt);
    }
    chunk.attempt = attempt;
    return new ResumePoint(chunk.units, 0, "voice");
  }

  private static void cut(Chunk chunk) {
    if (chunk.stream != null) {
      chunk.stream.cancel(cancelled("cut off"));
      chunk.stream = null;
    }
  }

  private static Failure cancelled(String detail) {
    return new Failure(Stage.PLAYBACK, FailureKind.CANCELLED, detail);
  }

  @Override
  public boolean reserve(JobId job, long estimatedMs) {
    Turn turn = turn(job);
    Chunk chunk = turn.chunk(job.chunk());
    chunk.estimatedMs = estimatedMs;
    if (!chunk.reserved) {
      long ahead = -turn.heardUnits * (long) UNIT_MS;
      for (Chunk other : turn.chunks.tailMap(turn.hearing).values()) {
        ahead +=
            other.whole ? other.units * (long) UNIT_MS : other.reserved ? other.estimatedMs : 0;
      }
      chunk.reserved = job.chunk() <= turn.hearing || ahead + estimatedMs <= lookaheadMs;
    }
    return chunk.reserved;
  }

  @Override
  public long neededInMs(JobId job) {
    Turn turn = turn(job);
    long ahead = 0;
    for (int i = turn.hearing; i < job.chunk(); i++) {
      Chunk chunk = turn.chunk(i);
      ahead += chunk.whole ? chunk.units * (long) UNIT_MS : chunk.estimatedMs;
    }
    return Math.max(0, ahead - turn.heardUnits * (long) UNIT_MS);
  }

  private Turn turn(JobId job) {
    Turn turn = turns.get(job.turn());
    if (turn == null) {
      violations.add("asked about a turn that is over: " + job);
      return new Turn(true);
    }
    return turn;
  }

  private void onFrames(FramesOpen head, BusReadStream<Frame> stream) {
    JobId job = head.job();
    if (!jobs.admits(job, head.attempt())) {
      throw new VoicebusException(cancelled("another attempt counts"));
    }
    Turn turn = turn(job);
    Chunk chunk = turn.chunk(job.chunk());
    // The same attempt opens again when the answer to its first open was lost.
    cut(chunk);
    chunk.stream = stream;
    stream
        .handler(frame -> onUnit(job, turn, chunk, frame))
        .exceptionHandler(lost -> chunk.stream = null)
        .endHandler(end -> onWhole(job, turn, chunk));
  }

  private void onUnit(JobId job, Turn turn, Chunk chunk, Frame frame) {
    int unit = (frame.pcm()[0] & 0xff) + 256 * (frame.pcm()[1] & 0xff);
    if (unit != chunk.units) {
      violations.add(job + ": unit " + unit + " came instead of " + chunk.units);
    }
    chunk.units++;
    firstUnitAt.putIfAbsent(job, node.nanoTime());
    chunk.total = frame.words().get(0).chars();
    if (random.nextDouble() < overruns) {
      chunk.reserved = false;
      cut(chunk);
    }
    play(job.turn(), turn);
  }

  private void onWhole(JobId job, Turn turn, Chunk chunk) {
    if (chunk.total >= 0 && chunk.units != chunk.total) {
      violations.add(job + " ended after " + chunk.units + " of " + chunk.total);
    }
    chunk.stream = null;
    chunk.whole = true;
    jobs.received(job);
    play(job.turn(), turn);
  }

  /** Hears the next unit once the last one has been heard. */
  private void play(TurnId id, Turn turn) {
    if (turn.stalled || turn.ticker != null) {
      return;
    }
    Chunk chunk = turn.chunks.get(turn.hearing);
    while (chunk != null && chunk.over() && turn.heardUnits >= chunk.units) {
      turn.hearing++;
      turn.heardUnits = 0;
      chunk = turn.chunks.get(turn.hearing);
    }
    if (chunk != null && turn.heardUnits < chunk.units) {
      turn.heardUnits++;
      turn.ticker =
          node.after(
              UNIT_MS * 1_000_000L,
              () -> {
                turn.ticker = null;
                play(id, turn);
              });
    }
    jobs.roomChanged(id);
  }
}
