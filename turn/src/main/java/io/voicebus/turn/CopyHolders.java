package io.voicebus.turn;

import io.voicebus.bus.Inbox;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.CopyHolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instances of other processes that keep copies of turns, each in its turn. They tell of
 * themselves when they start, and are asked for when none is known. NOT thread safe.
 */
final class CopyHolders {
  /** Between two calls for others while there is none. */
  static final Duration CALL_AGAIN = Duration.ofSeconds(1);

  /** A call may have been missed: the next one comes after this. */
  static final Duration CALL_ANYWAY = Duration.ofMinutes(5);

  private final Inbox inbox;
  private final String process;

  /** Inbox → process; who was chosen last comes last. */
  private final Map<String, String> holders = new LinkedHashMap<>();

  private long calledAt;

  CopyHolders(Inbox inbox, String process) {
    this.inbox = inbox;
    this.process = process;
    inbox.onPacket(CopyHolder.class, this::heard);
  }

  /** Tells others that this one is there, and has them answer. */
  void call() {
    calledAt = inbox.now();
    inbox.publish(Addresses.COPIES, new CopyHolder(inbox.address(), process, true));
  }

  private void heard(CopyHolder holder) {
    if (note(holder.from(), holder.process()) && holder.asks()) {
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
    if (other) {
      holders.putIfAbsent(holder, ofProcess);
    }
    return other;
  }

  /** It does not answer. */
  void forget(String holder) {
    holders.remove(holder);
  }

  /** Whether some are known. */
  boolean any() {
    Duration patience = holders.isEmpty() ? CALL_AGAIN : CALL_ANYWAY;
    if (inbox.now() - calledAt > patience.toNanos()) {
      call();
    }
    return !holders.isEmpty();
  }

  /** The one whose turn it is; null when none is known. */
  @Nullable String next() {
    if (!any()) {
      return null;
    }
    Map.Entry<String, String> first = holders.entrySet().iterator().next();
    holders.remove(first.getKey());
    holders.put(first.getKey(), first.getValue());
    return first.getKey();
  }
}
