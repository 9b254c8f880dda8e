package io.voicebus.turn;

import io.voicebus.bus.Inbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
  /** The memory that a piece takes in addition to its samples. */
  private static final int OVERHEAD = 64;

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

  /** What is in memory, by first samples: the latest, without gaps. */
  private final TreeMap<Long, byte[]> pieces = new TreeMap<>();

  /** Where each chunk begins. */
  private final TreeMap<Long, Integer> chunks = new TreeMap<>();

  private final List<AudioFollower> followers = new ArrayList<>();

  private int rateHz;
  private long base;
  private long end;
  private int bytes;

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
    pieces.put(end, pcm);
    end += pcm.length / 2;
    hold(pcm.length + OVERHEAD);
    balance();
    if (!followers.isEmpty()) {
      List.copyOf(followers).forEach(AudioFollower::goOn);
    }
  }

  private void hold(int more) {
    bytes += more;
    spool.hold(more);
  }

  /** Keeps what is in memory within its bound. */
  private void balance() {
    if (whole && bytes > spool.share()) {
      drop(spool.share());
      if (!spool.hasFiles()) {
        whole = false;
      } else if (!writing && bytes > spool.share()) {
        write();
      } else if (bytes > TOO_SLOW * spool.turnMemory()
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
    while (bytes > most && !pieces.isEmpty()) {
      Map.Entry<Long, byte[]> oldest = pieces.firstEntry();
      boolean last = pieces.size() == 1;
      if (whole ? oldest.getKey() + oldest.getValue().length / 2 > filed : last) {
        return;
      }
      pieces.pollFirstEntry();
      hold(-oldest.getValue().length - OVERHEAD);
    }
  }

  private void write() {
    writing = true;
    SpoolFile known = file;
    long from = filed;
    long to = end;
    List<byte[]> unfiled = List.copyOf(pieces.tailMap(from).values());
    spool.onDisk(
        inbox,
        () -> {
          SpoolFile into = known == null ? spool.create() : known;
          into.write(2 * (from - base), unfiled);
          return into;
        },
        written -> written(written, to),
        why -> {
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
    while (!pieces.isEmpty() && pieces.lastKey() >= end) {
      hold(-pieces.pollLastEntry().getValue().length - OVERHEAD);
    }
    Map.Entry<Long, byte[]> last = pieces.lastEntry();
    if (last != null) {
      int left = (int) Math.min(last.getValue().length, 2 * (end - last.getKey()));
      hold(left - last.getValue().length);
      pieces.put(last.getKey(), Arrays.copyOf(last.getValue(), left));
    }
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
    pieces.clear();
    hold(-bytes);
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
    return pieces.isEmpty() ? end : pieces.firstKey();
  }

  /** How many samples of the turn were handed over. */
  public long end() {
    return end;
  }

  /** What it takes in memory, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether a listener that has so many samples can get all that follow. */
  public boolean reaches(long sample) {
    return sample >= first() && sample <= end;
  }

  /** The samples from this one to the end of its piece, if they are in memory; else null. */
  @Nullable Piece from(long sample) {
    Map.Entry<Long, byte[]> entry = pieces.floorEntry(sample);
    if (entry == null || sample >= end) {
      return null;
    }
    int skipped = (int) (2 * (sample - entry.getKey()));
    byte[] pcm = entry.getValue();
    return new Piece(
        chunk(sample), skipped == 0 ? pcm : Arrays.copyOfRange(pcm, skipped, pcm.length));
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
        () -> of.read(2 * (sample - base), length),
        done,
        why -> {
          notKept(inWords(why));
          done.accept(NOTHING);
        });
  }
}
