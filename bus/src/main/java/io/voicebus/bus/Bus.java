package io.voicebus.bus;

import io.vertx.core.Future;

/**
 * What an {@link Inbox} needs of the world: best-effort delivery, in order per pair of inboxes, and
 * timers. {@link VertxBus} is the real one; simulations bring their own, with virtual time.
 *
 * <p>Every callback comes on the one thread that the inbox lives on.
 */
public interface Bus extends Clock {
  /** Sends and forgets. */
  void send(String inbox, Packet packet);

  /** Sends to everybody who listens at an address, and forgets. */
  void publish(String address, Packet packet);

  /**
   * Asks one of those who serve an address.
   *
   * @param timeoutNanos how long to wait for the answer
   * @param local whether to ask those of this JVM only
   * @return the answer, or a failure: {@code UNAVAILABLE} when nobody serves the address, {@code
   *     TIMEOUT}
   */
  Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local);

  /** Whether an inbox is in this process, and cannot be lost without it. */
  default boolean isWithin(String inbox) {
    return false;
  }

  /** Runs the task once, later, unless cancelled. */
  Timer after(long nanos, Runnable task);

  /** Runs the task on the inbox's thread, soon; may be called from any thread. */
  void execute(Runnable task);

  /** The meters of the process. The default ones are read by nobody. */
  default Meters meters() {
    return new Meters();
  }

  /** A task that waits for its time. */
  interface Timer {
    void cancel();
  }
}
