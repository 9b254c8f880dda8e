package io.voicebus.bus;

import java.time.Duration;

/** The named bounds and intervals of the bus streams. */
public final class Limits {
  private Limits() {}

  /** How long an opener waits for an answer before it asks another instance; it doubles … */
  public static final Duration OPEN_AGAIN = Duration.ofMillis(250);

  /** … up to this. */
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
   * The same for an inbox of this process. It is much longer, since a busy event loop is slow, not
   * dead; one that is stuck for good is still noticed.
   */
  public static final Duration SILENCE_WITHIN = Duration.ofSeconds(10);

  /** A timer that fires later than this shows that its process stood still, or was overloaded. */
  static final Duration LATE = Duration.ofMillis(200);

  /** Bytes that one stream's consumer lets be under way or unread. */
  public static final long STREAM_WINDOW = 64 * 1024;

  /** Bytes that all streams of one pair of inboxes may have under way. */
  public static final long PEER_WINDOW = 1024 * 1024;

  /** How many ended streams a consumer remembers, to repeat how they ended. */
  public static final int REMEMBERED_STREAMS = 4096;

  /** The heaviest item; a stream's window holds at least two. */
  public static final int MAX_ITEM = 32 * 1024;
}
