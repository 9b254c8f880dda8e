package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.bus.SimNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A playback instance in little: holds jobs, takes numbered units, of which each must be the one
 * that it lacks, plays them in virtual time, and has room for so many milliseconds ahead of what is
 * heard.
 */
final class SimHolder implements JobHolder.Client {
  static final int UNIT_MS = 100;

  /** What broke a law: exceptions end in the inbox's log. */
  final List<String> violations = new ArrayList<>();

  /** What it holds of one chunk. */
  private static final class Chunk {
    int expected;
    int units;
    boolean whole;
    boolean skipped;
    boolean reserved;
    long estimatedMs;
    int attempt;

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
  final JobHolder jobs;
  private final QueueWorld world;
  private final Random random;
  private final long lookaheadMs;
  private final double overruns;
  private final Map<String, Turn> turns = new HashMap<>();
  private final Map<JobId, Long> firstUnitAt = new HashMap<>();

  /**
   * A holder.
   *
   * @param lookaheadMs room for each turn ahead of what is heard; {@code Long.MAX_VALUE} for all
   * @param overruns probability, for each unit, that its attempt is cut off for lack of room
   */
  SimHolder(
      QueueWorld world, SimNetwork.Node node, Random random, long lookaheadMs, double overruns) {
    this.world = world;
    this.node = node;
    this.random = random;
    this.lookaheadMs = lookaheadMs;
    this.overruns = overruns;
    node.listen(QueueWorld.WORKERS);
    jobs = new JobHolder(node.inbox(), this, QueueWorld.HOLDERS, random);
  }

  /** Expects a turn; its listener never reads if {@code stalled}. */
  void begin(String id, boolean stalled) {
    turns.put(id, new Turn(stalled));
  }

  /** Holds a job of so many units, estimated rightly. */
  void hold(JobId id, int units) {
    turn(id).chunk(id.chunk()).expected = units;
    jobs.hold(new Job(id, (long) units * UNIT_MS));
  }

  /** The turn's owner declared its end. */
  void end(String id) {
    Turn turn = turns.remove(id);
    if (turn != null && turn.ticker != null) {
      turn.ticker.cancel();
    }
    jobs.cancel(id);
  }

  boolean skipped(JobId job) {
    Turn turn = turns.get(job.turn());
    return turn != null && turn.chunk(job.chunk()).skipped;
  }

  /** Whether the listener of a turn of so many chunks has nothing to hear. */
  boolean starves(String id, int chunks) {
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
  public boolean reserve(Job job) {
    Turn turn = turn(job.id());
    Chunk chunk = turn.chunk(job.id().chunk());
    chunk.estimatedMs = job.estimatedMs();
    if (!chunk.reserved) {
      long ahead = -turn.heardUnits * (long) UNIT_MS;
      for (Chunk other : turn.chunks.tailMap(turn.hearing).values()) {
        ahead +=
            other.whole ? other.units * (long) UNIT_MS : other.reserved ? other.estimatedMs : 0;
      }
      chunk.reserved = job.id().chunk() <= turn.hearing || ahead + job.estimatedMs() <= lookaheadMs;
    }
    return chunk.reserved;
  }

  @Override
  public long neededInMs(Job job) {
    Turn turn = turn(job.id());
    long ahead = 0;
    for (int i = turn.hearing; i < job.id().chunk(); i++) {
      Chunk chunk = turn.chunk(i);
      ahead += chunk.whole ? chunk.units * (long) UNIT_MS : chunk.estimatedMs;
    }
    return Math.max(0, ahead - turn.heardUnits * (long) UNIT_MS);
  }

  @Override
  public Message payload(Job job, int attempt) {
    Chunk chunk = turn(job.id()).chunk(job.id().chunk());
    if (attempt <= chunk.attempt) {
      violations.add("an attempt went back: " + job.id() + " attempt " + attempt);
    }
    chunk.attempt = attempt;
    return new SimPayload(chunk.units, chunk.expected);
  }

  private Turn turn(JobId job) {
    Turn turn = turns.get(job.turn());
    if (turn == null) {
      violations.add("asked about a turn that is over: " + job);
      return new Turn(true);
    }
    return turn;
  }

  @Override
  public void piece(Job job, Message item) {
    SimUnit unit = (SimUnit) item;
    Turn turn = turn(job.id());
    Chunk chunk = turn.chunk(job.id().chunk());
    if (unit.number() != chunk.units) {
      violations.add(job.id() + ": unit " + unit.number() + " came instead of " + chunk.units);
    }
    chunk.units++;
    firstUnitAt.putIfAbsent(job.id(), node.nanoTime());
    if (random.nextDouble() < overruns) {
      chunk.reserved = false;
      jobs.cutOff(job.id());
    }
    play(job.id().turn(), turn);
  }

  @Override
  public void interrupted(Job job) {
    turn(job.id());
  }

  @Override
  public void done(Job job, JobReport report) {
    Turn turn = turn(job.id());
    Chunk chunk = turn.chunk(job.id().chunk());
    if (chunk.units != chunk.expected) {
      violations.add(job.id() + " ended after " + chunk.units + " of " + chunk.expected);
    }
    chunk.whole = true;
    world.ended(job, report);
    play(job.id().turn(), turn);
  }

  @Override
  public void abandoned(Job job, Failure why) {
    Turn turn = turn(job.id());
    turn.chunk(job.id().chunk()).skipped = true;
    world.ended(job, why);
    play(job.id().turn(), turn);
  }

  /** Hears the next unit once the last one has been heard. */
  private void play(String id, Turn turn) {
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
