package io.voicebus.chunker.spoken;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that is compiled at its first use. A language has two hundred, and most texts need a
 * few of them. NOT thread-safe.
 */
final class LatePattern {
  private final Supplier<Pattern> compiler;
  private @Nullable Pattern pattern;

  LatePattern(Supplier<Pattern> compiler) {
    this.compiler = compiler;
  }

  Pattern get() {
    Pattern known = pattern;
    if (known == null) {
      known = compiler.get();
      pattern = known;
    }
    return known;
  }
}
