package io.voicebus.http;

import io.vertx.core.Future;
import io.voicebus.bus.Clock;
import io.voicebus.bus.NodePacket;
import io.voicebus.bus.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster who is there, at most once at a time and, for all who ask meanwhile, at most
 * once in {@link #KEPT}: each question makes every instance of every node answer. NOT thread safe.
 */
final class RosterCalls {
  /** How long an answer is good, from the question on. */
  static final Duration KEPT = Duration.ofSeconds(1);

  private final Roster roster;
  private final Clock clock;

  /** Asked for, or the last answer. */
  private @Nullable Future<List<NodePacket.Here>> last;

  private boolean lastIsWhole;
  private long askedAt;

  RosterCalls(Roster roster, Clock clock) {
    this.roster = roster;
    this.clock = clock;
  }

  /** Everybody. */
  Future<List<NodePacket.Here>> all() {
    Future<List<NodePacket.Here>> known = last;
    if (known != null && !known.isComplete()) {
      return lastIsWhole ? known : known.transform(done -> all());
    }
    return known != null && lastIsWhole && fresh() ? known : ask(true, Set.of());
  }

  /**
   * Those who answer until somebody of each of these roles has; else everybody.
   *
   * @param roles always the same
   */
  Future<List<NodePacket.Here>> until(Set<String> roles) {
    Future<List<NodePacket.Here>> known = last;
    // What has been asked for was either everybody, or enough for these same roles.
    return known != null && (!known.isComplete() || fresh()) ? known : ask(false, roles);
  }

  private boolean fresh() {
    return clock.nanoTime() - askedAt < KEPT.toNanos();
  }

  private Future<List<NodePacket.Here>> ask(boolean whole, Set<String> roles) {
    askedAt = clock.nanoTime();
    lastIsWhole = whole;
    Future<List<NodePacket.Here>> asked =
        whole ? roster.call() : roster.call(there -> there.containsAll(roles));
    last = asked;
    return asked;
  }
}
