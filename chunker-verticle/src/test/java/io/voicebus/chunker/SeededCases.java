package io.voicebus.chunker;

import java.util.Random;
import java.util.function.Consumer;

/** Checks a law on random cases; a failure names the seed that repeats it. */
final class SeededCases {
  private static final long FIRST_SEED = Long.getLong("voicebus.seed", 20_260_101L);

  private SeededCases() {}

  static void check(int cases, Consumer<Random> law) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + cases; seed++) {
      try {
        law.accept(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("fails with -Dvoicebus.seed=" + seed, e);
      }
    }
  }
}
