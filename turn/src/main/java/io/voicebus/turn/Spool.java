package io.voicebus.turn;

import io.voicebus.bus.Inbox;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
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
 * Where the audio of turns is kept, each in its {@link KeptAudio}: in memory first, then in a file
 * of its own. What is reserved here is so for all turns of a process: of those that have ended the
 * oldest make room for those that go on. Thread-safe.
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

  /** What a turn may hold when all of them hold as much as they may together. */
  private static final int TIGHT_BYTES = 64 * 1024;

  /**
   * Times what all turns may hold: so much waits for a disk that pauses for some seconds, as many
   * do when they write back what they have.
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

  /** Of turns that have ended, the oldest first. */
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

  /** One without files: of each turn the latest is kept. */
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

  /** What a turn with a file may hold in memory now. */
  int share() {
    return memory.get() < limits.memory()
        ? limits.turnMemory()
        : Math.min(TIGHT_BYTES, limits.turnMemory());
  }

  /** Whether turns that have ended should hold nothing in memory. */
  boolean isTight() {
    return memory.get() > limits.memory() / 2;
  }

  /** Whether all turns hold far more than they may, since the disk does not take it. */
  boolean isOver() {
    return memory.get() > FAR_MORE * limits.memory();
  }

  /** A turn holds so much more, or less. */
  void hold(int bytes) {
    memory.addAndGet(bytes);
    memoryMeter.add(bytes);
  }

  // Turns that have ended.

  /** It is kept until it is forgotten, or the oldest of those that are kept. */
  void ended(KeptAudio turn) {
    if (turn.staysInMemory() && isTight()) {
      evictOldest(KeptAudio::staysInMemory);
    }
    ended.add(turn);
  }

  void forget(KeptAudio turn) {
    ended.remove(turn);
  }

  /** Discards what is kept of the oldest such turn that nobody reads; whether there was one. */
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
   * @param has how long the file is
   * @param more what is to be added
   * @throws IOException there is none; says so for a person
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

  /** Runs what blocks beside the event loops, and what follows on the inbox's context. */
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
      inbox.execute(() -> failed.accept(stopping));
    }
  }

  /** A turn is not kept as a whole. Who runs the process is told at most once a minute. */
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
