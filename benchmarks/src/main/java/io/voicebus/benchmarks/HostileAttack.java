package io.voicebus.benchmarks;

import java.util.Set;

/** What a client may do to a server, on purpose or by a fault of its own. */
enum HostileAttack {
  IDLE("2,000 idle connections", Set.of()),
  TRICKLE("500 heads, a byte a second", Set.of()),
  BODIES("500 bodies of 6 MiB at once", Set.of(408, 413, 429, 503)),
  UNHEARD("1,000 turns that nobody listens to", Set.of(201, 429)),
  FOREIGN("1,000 requests of foreign pages", Set.of(403)),
  NO_TOKEN("1,000 requests without a token, or with a guess", Set.of(401, 429)),
  GUESSES("1,000 guessed turns and conversations", Set.of(404));

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of
  private final Set<Integer> expected;

  HostileAttack(String words, Set<Integer> expected) {
    this.words = words;
    this.expected = expected;
  }

  String words() {
    return words;
  }

  /** The statuses that it may be answered with. */
  Set<Integer> expected() {
    return expected;
  }
}
