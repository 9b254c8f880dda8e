package io.voicebus.turn;

import io.voicebus.bus.Inbox;
import io.voicebus.contract.Frame;
import io.voicebus.contract.NativeBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A turn's audio, as it was passed to its first listener, for listeners that come late or come
 * back. It is in memory first; what exceeds a turn's share of memory goes to a file. Without a
 * file, or if the file fails, only the latest audio is kept, and a reader that asks for more gets
 * an error. Readers are {@link AudioCursor}s; none of them delays it. NOT thread safe: bound to its
 * owner's context, except where a method says otherwise.
 */
public final class KeptAudio {
  /** How much is read from the file at a time: 0.7 s at 24 kHz. */
  private static final int BLOCK_BYTES = 32 * 1024;

  /**
   * A file is given up when the audio that waits for it exceeds the turn's memory so many times.
   */
  private static final int TOO_SLOW = 4;

  /** How many chunks are distinguished: those of hours. */
  private static final int MAX_CHUNKS = 4096;

  private static final byte[] NOTHING = {};

  /**
   * Some of it.
   *
   * @param chunk whose it is
   * @param pcm whole samples; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Piece(int chunk, byte[] pcm) {}

  private final Inbox inbox;
  private final Spool spool;
  private final Consumer<String> onNotKept;

  /** What is in memory: the latest. The place of its first byte is that of {@link #base}. */
  private final NativeBytes memory;

  /** Where each chunk begins. */
  private final TreeMap<Long, Integer> chunks = new TreeMap<>();

  private final List<AudioFollower> followers = new ArrayList<>();

  private int rateHz;
  private long base;
  private long end;

  /** What {@link #memory} takes, as the spool knows it. */
  private long bytes;

  /** Whether all of it is kept, or can still be. Read by other threads, too. */
  private volatile boolean whole = true;

  /** Read by other threads, too. */
  private volatile @Nullable SpoolFile file;

  /** All samples before this one are in the file. */
  private long filed;

  private boolean writing;
  private boolean ended;
  private boolean forgotten;
  private boolean closed;

  /** Read by other threads, too. */
  private final AtomicInteger readers = new AtomicInteger();

  /**
   * Keeps nothing yet.
   *
   * @param onNotKept gets the reason, once, if only the latest audio is kept although all of it
   *     should be
   */
  KeptAudio(Inbox inbox, Spool spool, Consumer<String> onNotKept) {
    this.inbox = inbox;
    this.spool = spool;
    this.onNotKept = onNotKept;
    this.memory = new NativeBytes(spool.blockBytes());
  }

  // What comes.

  void rate(int hz) {
    rateHz = hz;
    List.copyOf(followers).forEach(follower -> follower.format(hz));
  }

  /** What was before this sample is not here. */
  void resumeAt(long sample) {
    base = sample;
    end = sample;
    filed = sample;
  }

  void add(int chunk, byte[] pcm) {
    if (chunks.isEmpty() || chunks.lastEntry().getValue() != chunk) {
      chunks.put(end, chunk);
      if (chunks.size() > MAX_CHUNKS) {
        chunks.pollFirstEntry();
      }
    }
    end += pcm.length / 2;
    if (closed) {
      return;
    }
    memory.append(pcm);
    count();
    balance();
    if (!followers.isEmpty()) {
      List.copyOf(followers).forEach(AudioFollower::goOn);
    }
  }

  private void count() {
    long now = memory.heldBytes();
    spool.hold(now - bytes);
    bytes = now;
  }

  private long place(long sample) {
    return 2 * (sample - base);
  }

  private long sampleAt(long place) {
    return base + place / 2;
  }

  /** Keeps what is in memory within its bound. */
  private void balance() {
    if (whole && bytes > spool.share()) {
      drop(spool.share());
      if (!spool.hasFiles()) {
        whole = false;
      } else if (!writing && bytes > spool.share()) {
        write();
      } else if (bytes > (long) TOO_SLOW * spool.turnMemory()
          || (bytes > spool.turnMemory() && spool.isOver())) {
        notKept("the disk is too slow");
      }
    }
    if (!whole) {
      drop(spool.turnMemory());
    }
  }

  /** Drops the oldest in memory, as far as it is in the file or need not be. */
  private void drop(int most) {
    while (memory.heldBytes() > most) {
      long blockEnd = memory.firstBlockEnd();
      if (whole ? blockEnd > place(filed) : blockEnd == memory.end()) {
        break;
      }
      memory.dropFirstBlock();
    }
    count();
  }

  private void write() {
    SpoolFile known = file;
    long from = filed;
    long to = end;
    NativeBytes unfiled = memory.share(place(from), place(to));
    if (unfiled == null) {
      return;
    }
    writing = true;
    spool.onDisk(
        inbox,
        () -> {
          SpoolFile into = known == null ? spool.create() : known;
          into.write(place(from), unfiled);
          return into;
        },
        written -> {
          unfiled.close();
          written(written, to);
        },
        why -> {
          unfiled.close();
          writing = false;
          notKept(inWords(why));
        });
  }

  private static String inWords(Throwable why) {
    return why instanceof IOException && why.getMessage() != null
        ? why.getMessage()
        : why.toString();
  }

  private void written(SpoolFile to, long sample) {
    writing = false;
    if (closed || !whole) {
      discard(to);
      return;
    }
    file = to;
    filed = Math.min(sample, end);
    balance();
    settle();
  }

  /** All audio should be kept, but only the latest is. */
  private void notKept(String why) {
    if (!whole || closed) {
      return;
    }
    whole = false;
    SpoolFile lost = file;
    file = null;
    if (lost != null && !writing) {
      discard(lost);
    }
    drop(spool.turnMemory());
    spool.notKept(why, inbox.now());
    if (!ended) {
      onNotKept.accept(why);
    }
  }

  private void discard(SpoolFile of) {
    spool.onDisk(
        inbox,
        () -> {
          of.discard();
          return of;
        },
        gone -> {},
        why -> {});
  }

  // The end.

  /** No more comes. */
  void complete() {
    ended = true;
    settle();
  }

  /** No more audio comes, and what is after this sample was not heard. */
  void completeAt(long sample) {
    if (sample >= end) {
      complete();
      return;
    }
    end = Math.max(base, Math.min(end, sample));
    filed = Math.min(filed, end);
    memory.truncate(place(end));
    count();
    complete();
  }

  /**
   * A turn with a file needs no memory any more; a turn without one leaves its memory to others.
   */
  private void settle() {
    if (!ended || writing || closed || !whole || !spool.hasFiles()) {
      return;
    }
    if (filed < end && (file != null || spool.isTight())) {
      write();
    } else if (filed == end && file != null) {
      drop(0);
    }
  }

  /** It is kept until {@link #forget}, but may be removed earlier to make room for others. */
  public void keepEnded() {
    if (!closed && !forgotten) {
      spool.ended(this);
    }
  }

  /** It is discarded as soon as nobody reads it. */
  public void forget() {
    forgotten = true;
    if (readers.get() == 0) {
      close();
    }
  }

  /** Whether there is a file for it. From any thread. */
  boolean hasFile() {
    return file != null;
  }

  /** Whether what is kept of it stays in memory: there is no file for it. From any thread. */
  boolean staysInMemory() {
    return !whole || !spool.hasFiles();
  }

  /** Makes room for others. From any thread that may block. */
  void evict() {
    SpoolFile of = file;
    if (of != null) {
      of.discard();
    }
    inbox.execute(this::close);
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    spool.forget(this);
    memory.close();
    count();
    SpoolFile of = file;
    file = null;
    if (of != null && !writing) {
      discard(of);
    }
  }

  // Who reads.

  /** A reader has come. */
  void enter() {
    readers.incrementAndGet();
  }

  /** A reader has gone. */
  void leave() {
    if (readers.decrementAndGet() == 0 && forgotten) {
      close();
    }
  }

  /** Whether somebody reads it. From any thread. */
  boolean isRead() {
    return readers.get() > 0;
  }

  void add(AudioFollower follower) {
    followers.add(follower);
  }

  void remove(AudioFollower follower) {
    followers.remove(follower);
  }

  // What is kept.

  /** The turn's sample rate; 0 while nobody knows it. */
  public int rateHz() {
    return rateHz;
  }

  /** The first sample of the turn that is kept; {@link #end} if none is. */
  public long first() {
    SpoolFile of = file;
    if (whole && of != null && !of.isGone()) {
      return base;
    }
    return memory.heldBytes() == 0 ? end : sampleAt(memory.first());
  }

  /** How many samples of the turn were handed over. */
  public long end() {
    return end;
  }

  /** What it takes in memory, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Whether a listener that has so many samples can get all that follow. */
  public boolean reaches(long sample) {
    return sample >= first() && sample <= end;
  }

  /** Some samples from this one on, of one chunk, if they are in memory; else null. */
  @Nullable Piece from(long sample) {
    if (sample >= end || place(sample) < memory.first()) {
      return null;
    }
    int length = (int) Math.min(Frame.MAX_BYTES, 2 * (chunkEnd(sample) - sample));
    return new Piece(chunk(sample), memory.read(place(sample), length));
  }

  /** The chunk that this sample belongs to. */
  int chunk(long sample) {
    Map.Entry<Long, Integer> chunk = chunks.floorEntry(sample);
    return chunk == null ? 0 : chunk.getValue();
  }

  /** The first sample of the next chunk; {@link #end} where none has begun. */
  long chunkEnd(long sample) {
    Long next = chunks.higherKey(sample);
    return next == null ? end : Math.min(next, end);
  }

  /**
   * Reads from this sample on what is not in memory.
   *
   * @param done gets some of it, later; nothing if it is not kept
   */
  void load(long sample, Consumer<byte[]> done) {
    SpoolFile of = file;
    int length = (int) Math.min(BLOCK_BYTES, 2 * (filed - sample));
    if (of == null || sample < base || length <= 0) {
      inbox.execute(() -> done.accept(NOTHING));
      return;
    }
    spool.onDisk(
        inbox,
        () -> of.read(place(sample), length),
        done,
        why -> {
          notKept(inWords(why));
          done.accept(NOTHING);
        });
  }
}
