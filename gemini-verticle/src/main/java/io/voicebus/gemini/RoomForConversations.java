package io.voicebus.gemini;

import io.voicebus.contract.Conversation;
import io.voicebus.contract.PastTurn;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Selects the conversations that are removed when there are too many. The owner of a conversation
 * is unknown, since clients choose the names. So a client that creates many names must not displace
 * active conversations, however many turns the new ones have.
 *
 * <p>First go idle ones: those with the fewest turns, and of these the ones that have been silent
 * the longest; a tenth more than need be, so that not every new one looks at all of them. If there
 * are too many without the idle ones, those go that began last, a hundredth more than need be.
 * Instances that make room at once may forget a few too many.
 *
 * @param idle nobody has spoken in them for {@link #IDLE}
 * @param recent the others that go
 */
record RoomForConversations(List<String> idle, List<String> recent) {
  /**
   * After so long without a turn a conversation is idle: people may listen, think and be
   * interrupted for some minutes.
   */
  static final Duration IDLE = Duration.ofMinutes(5);

  /** From so many on, one idle conversation is worth as much as another. */
  private static final int MANY_TURNS = 8;

  private record Known(String name, int turns, long beganMs, long lastMs) {
    static Known of(String name, Conversation conversation) {
      List<PastTurn> turns = conversation.turns();
      return new Known(
          name,
          Math.min(MANY_TURNS, turns.size()),
          turns.stream().mapToLong(PastTurn::beganAtMs).min().orElse(0),
          turns.stream().mapToLong(PastTurn::beganAtMs).max().orElse(0));
    }
  }

  /**
   * Makes room.
   *
   * @param all by name; empty where one cannot be read
   * @param most that may be left
   * @param nowMs on the clock on the wall
   */
  static RoomForConversations in(Map<String, Conversation> all, int most, long nowMs) {
    List<Known> known =
        all.entrySet().stream().map(one -> Known.of(one.getKey(), one.getValue())).toList();
    List<String> idle =
        known.stream()
            .filter(one -> nowMs - one.lastMs >= IDLE.toMillis())
            .sorted(Comparator.comparingInt(Known::turns).thenComparingLong(Known::lastMs))
            .limit(Math.max(0, all.size() - (most - most / 10)))
            .map(Known::name)
            .toList();
    int left = all.size() - idle.size();
    List<String> recent =
        known.stream()
            .filter(one -> nowMs - one.lastMs < IDLE.toMillis())
            .sorted(Comparator.comparingLong(Known::beganMs).reversed())
            .limit(left > most ? left - (most - most / 100) : 0)
            .map(Known::name)
            .toList();
    return new RoomForConversations(idle, recent);
  }
}
