package io.voicebus.contract;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the turns of this process may hold of its heap. It counts what is held, and what may come to
 * be held: it never looks at the heap, in which nobody can tell garbage from what is in use. Each
 * turn has a share of its own at its owner and at playback; what it holds beyond its share leaves
 * less room for new turns. Thread-safe, but for a {@link Share}.
 */
public final class MemoryBudget implements Shareable {
  /**
   * What a turn's owner holds of its audio in the heap when nobody takes it: a link's window, and
   * the queues before and behind the owner. What was passed on is in {@link NativeBytes}.
   */
  public static final long OWNER_AUDIO_BYTES = 256 * 1024;

  /** The same of its text, its events and its prompt: those of an answer of five minutes. */
  public static final long OWNER_TEXT_BYTES = 64 * 1024;

  /** What a turn's owner has for it. */
  public static final long OWNER_BYTES = OWNER_AUDIO_BYTES + OWNER_TEXT_BYTES;

  /** What playback has for it: 5 s of speech at 24 kHz. */
  public static final long PLAYBACK_BYTES = 256 * 1024;

  /** What the program itself takes of a heap, with room for a collector. */
  private static final long PROGRAM_BYTES = 80L * 1024 * 1024;

  /**
   * Of the rest. What is held without being asked for, as the events of turns that were all
   * accepted before the first had any, and a collector, need some room, too.
   */
  private static final double OF_THE_REST = 0.65;

  /** Why a turn would hold more than its share. */
  public enum Need {
    /** To have sooner what nobody hears sooner. */
    HASTE,
    /** To have it before it is heard. */
    AHEAD,
    /** The listener gets it now. */
    NOW
  }

  /** So much of the budget may be held beyond shares: the rest is for new turns. */
  private static final double BEYOND_SHARES = 0.25;

  /** The same for turns that want their audio as fast as it comes: nobody hears it sooner. */
  private static final double IN_HASTE = 0.125;

  private static final long MOST_IN_HASTE = 64L * 1024 * 1024;

  /** So much more than the budget is given for what listeners get now; new turns are refused. */
  private static final double OVER_LIMIT = 0.125;

  private static final String MAP = "voicebus.memory";

  private final long limit;
  private final AtomicLong charged = new AtomicLong();

  /** What shares hold beyond what is their own. */
  private final AtomicLong beyond = new AtomicLong();

  /** Turns whose owners have taken room for their playback, too; and who have used that. */
  private final AtomicInteger provided = new AtomicInteger();

  private final AtomicInteger used = new AtomicInteger();

  /** How many instances of playback are in this process. */
  private final AtomicInteger players = new AtomicInteger();

  /**
   * A budget of which nothing is taken.
   *
   * @param limit in bytes
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** One that never says no. */
  public static MemoryBudget unlimited() {
    return new MemoryBudget(Long.MAX_VALUE / 2);
  }

  /** That of a process with so large a heap, in bytes. */
  static MemoryBudget ofHeap(long maxBytes) {
    return new MemoryBudget((long) (OF_THE_REST * Math.max(0, maxBytes - PROGRAM_BYTES)));
  }

  /** What all roles in this process share. */
  public static MemoryBudget of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, MemoryBudget>getLocalMap(MAP)
        .computeIfAbsent(MAP, first -> ofHeap(Runtime.getRuntime().maxMemory()));
  }

  /** The same, with another limit: before anything of Voicebus is deployed. */
  public static MemoryBudget of(Vertx vertx, long limit) {
    MemoryBudget budget = new MemoryBudget(limit);
    vertx.sharedData().<String, MemoryBudget>getLocalMap(MAP).put(MAP, budget);
    return budget;
  }

  /** Bytes that are in use or reserved. */
  public long charged() {
    return charged.get();
  }

  /** Bytes that may be. */
  public long limit() {
    return limit;
  }

  /** What all may hold beyond their shares. */
  public long mostBeyond() {
    return (long) (BEYOND_SHARES * limit);
  }

  /** The same, in haste. */
  long mostInHaste() {
    return Math.min(MOST_IN_HASTE, (long) (IN_HASTE * limit));
  }

  private boolean has(long bytes) {
    return charged.get() + bytes <= limit;
  }

  private boolean reserve(long bytes) {
    if (charged.addAndGet(bytes) <= limit) {
      return true;
    }
    charged.addAndGet(-bytes);
    return false;
  }

  /** An instance of playback is in this process now, or is not any more. */
  public void plays(boolean nowPlays) {
    players.addAndGet(nowPlays ? 1 : -1);
  }

  /** Whether {@link #own} would find room. */
  public boolean hasTurn() {
    return has(ofTurn(players.get() > 0));
  }

  private static long ofTurn(boolean played) {
    return OWNER_BYTES + (played ? PLAYBACK_BYTES : 0);
  }

  /**
   * A share for one turn that is owned here, to be closed. It has what the turn's playback needs,
   * too, if that is in this process, so that nobody is refused there who was accepted here.
   *
   * @param bytes that it holds from its beginning
   * @return null if there is no room
   */
  public @Nullable Share own(long bytes) {
    boolean played = players.get() > 0;
    long kept = ofTurn(played);
    long more = Math.max(0, bytes - OWNER_BYTES);
    if (!reserve(kept + more)) {
      return null;
    }
    if (played) {
      provided.incrementAndGet();
    }
    beyond.addAndGet(more);
    return new Share(
        OWNER_BYTES,
        Math.max(bytes, 0),
        () -> {
          charged.addAndGet(-kept);
          if (played) {
            provided.decrementAndGet();
          }
        });
  }

  /**
   * A share for something else that a turn needs, to be closed.
   *
   * @param bytes that it holds until then
   * @return null if there is no room
   */
  public @Nullable Share take(long bytes) {
    return reserve(bytes) ? new Share(bytes, 0, () -> charged.addAndGet(-bytes)) : null;
  }

  /** A share for one turn that is played here, to be closed; null if there is no room for it. */
  public @Nullable Share play() {
    if (used.incrementAndGet() <= provided.get()) {
      return new Share(PLAYBACK_BYTES, 0, used::decrementAndGet);
    }
    used.decrementAndGet();
    return take(PLAYBACK_BYTES);
  }

  /** What one turn may hold, and what it holds. NOT thread safe. */
  public final class Share implements AutoCloseable {
    private final long own;
    private final Runnable giveBack;
    private long held;
    private boolean closed;

    private Share(long own, long held, Runnable giveBack) {
      this.own = own;
      this.held = held;
      this.giveBack = giveBack;
    }

    /**
     * Whether it may come to hold so much: what is its own, always.
     *
     * @param bytes in all
     * @param need why
     */
    public boolean allows(long bytes, Need need) {
      long more = beyondOwn(bytes) - beyondOwn(held);
      return more <= 0
          || switch (need) {
            case HASTE -> has(more) && beyond.get() + more <= mostInHaste();
            case AHEAD -> has(more) && beyond.get() + more <= mostBeyond();
            case NOW -> has((long) (more - OVER_LIMIT * limit));
          };
    }

    /** It holds so much now, in all: whether that was allowed is not asked. */
    public void holds(long bytes) {
      if (!closed) {
        long more = beyondOwn(bytes) - beyondOwn(held);
        held = bytes;
        if (more != 0) {
          charged.addAndGet(more);
          beyond.addAndGet(more);
        }
      }
    }

    private long beyondOwn(long bytes) {
      return Math.max(0, bytes - own);
    }

    /** The turn is over, and holds nothing. */
    @Override
    public void close() {
      holds(0);
      if (!closed) {
        closed = true;
        giveBack.run();
      }
    }
  }
}
