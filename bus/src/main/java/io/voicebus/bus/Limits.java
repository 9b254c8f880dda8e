package io.voicebus.bus;

import java.time.Duration;

/** The named bounds and intervals of the bus streams. */
public final class Limits {
  private Limits() {}

  /** How long an opener waits for an answer before it asks one more; then twice as long … */
  public static final Duration OPEN_AGAIN = Duration.ofMillis(250);

  /** … and never longer than this. */
  public static final Duration OPEN_AGAIN_MAX = Duration.ofSeconds(1);

  /**
   * How long an instance of the opener's own JVM may take to answer, where the opener has less
   * patience: an event loop that others keep busy is slow, and has not gone.
   */
  public static final Duration OPEN_WITHIN = Duration.ofSeconds(30);

  /** Between two heartbeats of a pair of inboxes. */
  public static final Duration HEARTBEAT = Duration.ofMillis(400);

  /**
   * Silence after which the other side counts as dead. With one more {@link #HEARTBEAT} until that
   * is looked at, death is known within 1.9 s.
   */
  public static final Duration SILENCE = Duration.ofMillis(1500);

  /**
   * The same of an inbox in this process: only a process dies all at once, and an event loop that
   * others keep busy is slow, not dead. One that is stuck for good is found out all the same.
   */
  public static final Duration SILENCE_WITHIN = Duration.ofSeconds(10);

  /** A timer that runs later than this was frozen: it grants everybody the time it overslept. */
  public static final Duration LATE = Duration.ofMillis(200);

  /** Bytes that one stream's consumer lets be under way or unread. */
  public static final long STREAM_WINDOW = 64 * 1024;

  /** Bytes that all streams of one pair of inboxes may have under way. */
  public static final long PEER_WINDOW = 1024 * 1024;

  /** How many ended streams a consumer remembers, to tell again how they ended. */
  public static final int REMEMBERED_STREAMS = 4096;

  /** The heaviest item; a stream's window holds at least two. */
  public static final int MAX_ITEM = 32 * 1024;
}
