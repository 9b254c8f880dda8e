package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.CopyHolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instances of other processes that keep copies of turns, used in rotation. They announce
 * themselves when they start, and are called for while turns wait for one. NOT thread safe.
 */
final class CopyHolders {
  /** The time until the first call for others while turns wait; it doubles with each call … */
  static final Duration CALL_AGAIN = Duration.ofSeconds(1);

  /** … up to this. */
  static final Duration CALL_AGAIN_MAX = Duration.ofSeconds(30);

  /** Since a call may be lost, others are called again after this time, even if some are known. */
  static final Duration CALL_ANYWAY = Duration.ofMinutes(1);

  /**
   * The interval at which turns that have waited open their copies, so that they do not all at
   * once.
   */
  private static final Duration ONE_BY_ONE = Duration.ofMillis(1);

  private final Inbox inbox;
  private final String process;

  /** Inbox → process; the one that was chosen last comes last. */
  private final Map<String, String> holders = new LinkedHashMap<>();

  /** Run once there is a holder. */
  private final Set<Runnable> waiting = new LinkedHashSet<>();

  private Duration callAgain = CALL_AGAIN;
  private Bus.@Nullable Timer timer;
  private long calledAt;
  private boolean stopping;

  CopyHolders(Inbox inbox, String process) {
    this.inbox = inbox;
    this.process = process;
    inbox.onPacket(CopyHolder.class, this::heard);
  }

  /** Announces this instance, and asks the others to announce themselves. */
  void call() {
    calledAt = inbox.now();
    inbox.publish(Addresses.COPIES, new CopyHolder(inbox.address(), process, true));
  }

  private void heard(CopyHolder holder) {
    if (note(holder.from(), holder.process()) && holder.asks() && !stopping) {
      inbox.send(holder.from(), new CopyHolder(inbox.address(), process, false));
    }
  }

  /**
   * An instance is there.
   *
   * @return whether it is of another process
   */
  boolean note(String holder, String ofProcess) {
    boolean other = !ofProcess.equals(process);
    if (other && holders.putIfAbsent(holder, ofProcess) == null) {
      wake();
    }
    return other;
  }

  private void wake() {
    List<Runnable> woken = List.copyOf(waiting);
    waiting.clear();
    callAgain = CALL_AGAIN;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    for (int i = 0; i < woken.size(); i++) {
      inbox.after(i * ONE_BY_ONE.toNanos(), woken.get(i));
    }
  }

  /** An instance does not answer, or stops: all instances of its process are forgotten. */
  void forget(String holder) {
    String ofProcess = holders.get(holder);
    if (ofProcess != null) {
      holders.values().removeIf(ofProcess::equals);
    }
  }

  /** Whether some are known. */
  boolean any() {
    return !holders.isEmpty();
  }

  /**
   * The next instance, in rotation.
   *
   * @param onceKnown if none is known, runs once when one is, unless {@link #awaitNoMore} is called
   * @return null if none is known
   */
  @Nullable String next(Runnable onceKnown) {
    if (holders.isEmpty()) {
      waiting.add(onceKnown);
      callLater();
      return null;
    }
    if (inbox.now() - calledAt > CALL_ANYWAY.toNanos()) {
      call();
    }
    Map.Entry<String, String> first = holders.entrySet().iterator().next();
    holders.remove(first.getKey());
    holders.put(first.getKey(), first.getValue());
    return first.getKey();
  }

  /** Takes back what {@link #next} was to run. */
  void awaitNoMore(Runnable onceKnown) {
    waiting.remove(onceKnown);
  }

  private void callLater() {
    if (timer == null) {
      timer =
          inbox.after(
              callAgain.toNanos(),
              () -> {
                timer = null;
                if (!waiting.isEmpty()) {
                  callAgain =
                      callAgain.compareTo(CALL_AGAIN_MAX.dividedBy(2)) < 0
                          ? callAgain.multipliedBy(2)
                          : CALL_AGAIN_MAX;
                  call();
                  callLater();
                }
              });
    }
  }

  /** This instance keeps no more copies, and answers no calls. */
  void stop() {
    stopping = true;
  }
}
