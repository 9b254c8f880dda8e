package io.voicebus.tts.failover;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.tts.engine.TurnPlace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which engine speaks each turn here. Playback decides that for all workers of a turn; what was
 * found out here since then, or before, is kept here. Thread-safe.
 */
final class TurnVoices {
  /** How many turns are remembered. */
  private static final int REMEMBERED = 4_096;

  /** NOT thread-safe: used under its own lock. */
  private static final Meter FALLBACKS =
      Meter.counter(
          "voicebus.engine.fallbacks",
          "Chunks that go on with another engine, since one failed.",
          "from",
          "to");

  private static final class Known {
    /** The engine that speaks the turn here; empty for none. */
    String engine = "";

    /** Whether that one was heard. */
    boolean sounded;

    /** Engines that failed: under which decision. */
    final Map<String, Integer> left = new HashMap<>();

    /** How often each chunk broke off in mid-sentence. */
    final Map<Integer, Integer> faults = new HashMap<>();

    boolean left(String who, TurnPlace place) {
      return left.getOrDefault(who, -1) >= place.decision();
    }

    String decided(TurnPlace place) {
      return left(place.engine(), place) ? "" : place.engine();
    }
  }

  private final Cache<String, Known> turns = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private final Meters meters;

  /**
   * None yet.
   *
   * @param engines their names, in the order in which they stand in for one another
   */
  TurnVoices(List<String> engines, Meters meters) {
    this.meters = meters;
    // A rate begins with a 0: without it the first one would be in none.
    for (int from = 0; from < engines.size(); from++) {
      for (String to : engines.subList(from + 1, engines.size())) {
        meters.of(FALLBACKS, engines.get(from), to);
      }
    }
  }

  private <T> T with(TurnPlace place, Function<Known, T> what) {
    String turn = place.turn();
    Known known = turn.isEmpty() ? new Known() : turns.get(turn, any -> new Known());
    synchronized (known) {
      return what.apply(known);
    }
  }

  /** Whether it was decided that this engine speaks, and it has not failed since. */
  boolean decided(TurnPlace place, String engine) {
    return with(place, known -> known.decided(place).equals(engine));
  }

  /**
   * The engine that speaks.
   *
   * @return empty if none was chosen
   */
  String engine(TurnPlace place) {
    return with(
        place,
        known -> {
          String decided = known.decided(place);
          return decided.isEmpty() ? known.engine : decided;
        });
  }

  /** Whether anything of the turn was heard, as far as is known here. */
  boolean heard(TurnPlace place) {
    return with(place, known -> known.sounded || !place.engine().isEmpty());
  }

  /** Whether the turn has left an engine, since it failed. */
  boolean left(TurnPlace place, String engine) {
    return with(place, known -> known.left(engine, place));
  }

  /** An engine starts with a turn that has none. */
  void begins(TurnPlace place, String engine) {
    with(
        place,
        known -> {
          if (known.engine.isEmpty()) {
            known.engine = engine;
          }
          return true;
        });
  }

  /** An engine is heard. */
  void sounds(TurnPlace place, String engine) {
    with(
        place,
        known -> {
          if (!known.sounded || known.decided(place).equals(engine)) {
            known.engine = engine;
            known.sounded = true;
          }
          return true;
        });
  }

  /** A chunk broke off in mid-sentence; how often that has happened to it. */
  int broken(TurnPlace place) {
    return with(place, known -> known.faults.merge(place.chunk(), 1, Integer::sum));
  }

  /** A chunk continues with another engine, and so does the turn. */
  void leaves(TurnPlace place, String engine, String next) {
    meters.of(FALLBACKS, engine, next).increment();
    with(
        place,
        known -> {
          known.left.merge(engine, place.decision(), Math::max);
          known.engine = next;
          known.sounded = false;
          return true;
        });
  }

  /** No engine could speak the turn: its next chunk may try all of them again. */
  void forget(TurnPlace place) {
    turns.invalidate(place.turn());
  }
}
