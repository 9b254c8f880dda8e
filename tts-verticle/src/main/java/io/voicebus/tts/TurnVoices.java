package io.voicebus.tts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which engine speaks each turn: who spoke it last goes on, so that its voice changes once at most.
 * Thread-safe.
 */
final class TurnVoices {
  /** Of so many turns it is known. */
  private static final int REMEMBERED = 4_096;

  /** NOT thread-safe: used under its own lock. */
  private static final Meter FALLBACKS =
      Meter.counter(
          "voicebus.engine.fallbacks",
          "Chunks that go on with another engine, since one failed.",
          "from",
          "to");

  private static final class Known {
    String engine = "";

    /** The last chunk that this engine has sounded in; -1 for none. */
    int sounded = -1;

    /** The last chunk of which it is known who speaks it; -1 for none. */
    int asOf = -1;

    final Set<String> left = new HashSet<>();
    final Map<Integer, Integer> faults = new HashMap<>();
  }

  private final Cache<String, Known> turns = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private final Meters meters;

  TurnVoices(Meters meters) {
    this.meters = meters;
  }

  private <T> T with(String turn, Function<Known, T> what) {
    Known known = turn.isEmpty() ? new Known() : turns.get(turn, any -> new Known());
    synchronized (known) {
      return what.apply(known);
    }
  }

  /**
   * Who speaks the turn.
   *
   * @return empty if nobody has been chosen
   */
  String engine(String turn) {
    return with(turn, known -> known.engine);
  }

  /** Whether the turn has left an engine, since it failed. */
  boolean left(String turn, String engine) {
    return with(turn, known -> known.left.contains(engine));
  }

  /**
   * An engine was heard in a chunk, wherever that was. Of what is known here and what is reported,
   * the later chunk counts: so all who speak for the turn agree, and who has gone over to another
   * engine is followed, not called back.
   */
  void heard(String turn, int chunk, String engine) {
    with(
        turn,
        known -> {
          if (chunk > known.asOf) {
            known.asOf = chunk;
            if (!known.engine.equals(engine)) {
              known.engine = engine;
              known.left.remove(engine);
            }
            known.sounded = Math.max(known.sounded, chunk);
          }
          return true;
        });
  }

  /** An engine begins with a turn that nobody speaks. */
  void begins(String turn, String engine) {
    with(
        turn,
        known -> {
          if (known.engine.isEmpty()) {
            known.engine = engine;
          }
          return true;
        });
  }

  /** An engine is heard in a chunk. */
  void sounds(String turn, int chunk, String engine) {
    with(
        turn,
        known -> {
          if (known.engine.isEmpty() || known.sounded < 0) {
            known.engine = engine;
          }
          if (known.engine.equals(engine)) {
            known.sounded = Math.max(known.sounded, chunk);
            known.asOf = Math.max(known.asOf, chunk);
          }
          return true;
        });
  }

  /** A chunk broke off in mid-sentence; how often that has happened to it. */
  int broken(String turn, int chunk) {
    return with(turn, known -> known.faults.merge(chunk, 1, Integer::sum));
  }

  /**
   * A chunk goes on with another engine, and so does the turn, unless the one that failed has
   * spoken later chunks already: then one chunk in another voice is less than two changes.
   */
  void leaves(String turn, int chunk, String engine, String next) {
    meters.of(FALLBACKS, engine, next).increment();
    with(
        turn,
        known -> {
          if (known.engine.equals(engine) && known.sounded > chunk) {
            return false;
          }
          known.left.add(engine);
          known.engine = next;
          known.sounded = -1;
          known.asOf = Math.max(known.asOf, chunk);
          return true;
        });
  }

  /** Nobody could speak for the turn: its next chunk may try all again. */
  void forget(String turn) {
    turns.invalidate(turn);
  }
}
