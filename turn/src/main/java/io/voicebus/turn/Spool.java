package io.voicebus.turn;

import io.voicebus.bus.Inbox;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.contract.NativeBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the audio of turns, each in its {@link KeptAudio}: in memory first, then in a file of its
 * own. The bounds hold for all turns of a process: the oldest ended turns make room for running
 * ones. Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private static final Meter MEMORY =
      Meter.level("voicebus.spool.memory.bytes", "Bytes of turns' audio that are kept in memory.");

  private static final Meter FILES =
      Meter.level("voicebus.spool.file.bytes", "Bytes of turns' audio that are kept in files.");

  private static final Meter NOT_KEPT =
      Meter.counter(
          "voicebus.spool.notkept", "Turns whose audio was to be kept as a whole, and was not.");

  private static final long WARN_EVERY_NANOS = 60_000_000_000L;

  /** A turn's memory has so many blocks at least. */
  private static final int LEAST_BLOCKS = 8;

  /** What a turn may hold in memory when all turns together have reached their bound. */
  private static final int TIGHT_BYTES = 64 * 1024;

  /**
   * How many times the bound of all turns may wait for a disk that pauses for some seconds, as many
   * do when they write back their cache.
   */
  private static final int FAR_MORE = 4;

  private final SpoolLimits limits;
  private final SpoolDisk disk;
  private final Executor threads;
  private final LongAdder memoryMeter;
  private final LongAdder filesMeter;
  private final LongAdder notKeptMeter;
  private final AtomicLong memory = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong warnedAt = new AtomicLong(Long.MIN_VALUE);
  private final Set<SpoolFile> open = ConcurrentHashMap.newKeySet();

  /** Ended turns, the oldest first. */
  private final ConcurrentLinkedQueue<KeptAudio> ended = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  /**
   * A spool with files.
   *
   * @param folder where they are; made, for its owner alone, if it does not exist
   * @param threads runs what blocks, not on the caller's thread
   */
  public Spool(SpoolLimits limits, Path folder, Executor threads, Meters meters) {
    this(limits, new SpoolFolder(folder), threads, meters);
  }

  Spool(SpoolLimits limits, SpoolDisk disk, Executor threads, Meters meters) {
    this.limits = limits;
    this.disk = disk;
    this.threads = threads;
    this.memoryMeter = meters.of(MEMORY);
    this.filesMeter = meters.of(FILES);
    this.notKeptMeter = meters.of(NOT_KEPT);
  }

  /** A spool without files: of each turn the latest audio is kept. */
  public static Spool inMemory() {
    return new Spool(
        SpoolLimits.DEFAULTS.withoutFiles(),
        new SpoolFolder(Path.of("")),
        Runnable::run,
        new Meters());
  }

  // Memory.

  boolean hasFiles() {
    return limits.hasFiles() && !closed;
  }

  int turnMemory() {
    return limits.turnMemory();
  }

  /** How long a block of a turn's memory is. */
  int blockBytes() {
    return Math.min(NativeBytes.BLOCK_BYTES, limits.turnMemory() / LEAST_BLOCKS);
  }

  /** What a turn with a file may hold in memory now. */
  int share() {
    return memory.get() < limits.memory()
        ? limits.turnMemory()
        : Math.min(TIGHT_BYTES, limits.turnMemory());
  }

  /** Whether ended turns should hold nothing in memory. */
  boolean isTight() {
    return memory.get() > limits.memory() / 2;
  }

  /** Whether all turns hold far more than their bound, because the disk does not take it. */
  boolean isOver() {
    return memory.get() > FAR_MORE * limits.memory();
  }

  /** A turn holds so many bytes more, or less. */
  void hold(long bytes) {
    memory.addAndGet(bytes);
    memoryMeter.add(bytes);
  }

  // Turns that have ended.

  /** The turn's audio is kept until it is discarded, or is the oldest when room is needed. */
  void ended(KeptAudio turn) {
    if (turn.staysInMemory() && isTight()) {
      evictOldest(KeptAudio::staysInMemory);
    }
    ended.add(turn);
  }

  void forget(KeptAudio turn) {
    ended.remove(turn);
  }

  /**
   * Discards the audio of the oldest such turn that nobody reads; returns whether there was one.
   */
  private boolean evictOldest(Predicate<KeptAudio> which) {
    for (KeptAudio oldest : ended) {
      if (which.test(oldest) && !oldest.isRead() && ended.remove(oldest)) {
        oldest.evict();
        return true;
      }
    }
    return false;
  }

  // Files.

  /** Opens a file, for which a turn that has ended gives its own back if there are many. Blocks. */
  SpoolFile create() throws IOException {
    if (open.size() >= disk.mostFiles()) {
      evictOldest(KeptAudio::hasFile);
    }
    SpoolFile file = new SpoolFile(this, disk.open());
    open.add(file);
    if (closed) {
      file.discard();
      throw new IOException("the server is stopping");
    }
    return file;
  }

  /**
   * Makes room in the files. Blocks.
   *
   * @param has the length of the file
   * @param more how much will be added
   * @throws IOException if there is none; the message is for a person
   */
  void reserve(long has, long more) throws IOException {
    if (has + more > limits.turnFile()) {
      throw new IOException("it is longer than spool-turn-file-bytes (" + limits.turnFile() + ")");
    }
    disk.require(more);
    while (true) {
      long taken = files.get();
      if (taken + more <= limits.files()) {
        if (files.compareAndSet(taken, taken + more)) {
          filesMeter.add(more);
          return;
        }
      } else if (!evictOldest(KeptAudio::hasFile)) {
        throw new IOException("spool-files-bytes (" + limits.files() + ") are all taken");
      }
    }
  }

  void discarded(SpoolFile file) {
    open.remove(file);
  }

  /** Gives back what was reserved. */
  void release(long bytes) {
    files.addAndGet(-bytes);
    filesMeter.add(-bytes);
  }

  /** Runs a blocking task outside the event loops, and then another one on the inbox's context. */
  <T> void onDisk(Inbox inbox, Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    Runnable task =
        () -> {
          T result;
          try {
            result = work.call();
          } catch (Exception why) {
            inbox.execute(() -> failed.accept(why));
            return;
          }
          inbox.execute(() -> done.accept(result));
        };
    try {
      threads.execute(task);
    } catch (RuntimeException stopping) {
      // The threads end when the server stops, before running turns are broken off.
      closed = true;
      inbox.execute(() -> failed.accept(new IOException("the server is stopping", stopping)));
    }
  }

  /** A turn is not kept as a whole. The log says so at most once a minute. */
  void notKept(String why, long now) {
    notKeptMeter.increment();
    long last = warnedAt.get();
    if (!closed
        && (last == Long.MIN_VALUE || now - last > WARN_EVERY_NANOS)
        && warnedAt.compareAndSet(last, now)) {
      LOG.warn("of a turn only the latest audio is kept: {}", why);
    }
  }

  /** Discards all files. Blocks. */
  @Override
  public void close() {
    closed = true;
    open.forEach(SpoolFile::discard);
    ended.clear();
  }
}
