package io.voicebus.benchmarks;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What is switched on while faults strike. */
enum ScaleOption {
  /** An emulated model answers and an emulated service speaks, in place of reader and script. */
  SERVICES,
  /** The first model refuses every other prompt, and the next one ({@code fallback}) answers. */
  FALLBACK,
  /** A second speech service stands by ({@code engines}). */
  ENGINES,
  /** It is asked as well when the first one is slow ({@code hedge}), which one in eight is. */
  HEDGE,
  /** Both services fail now and then: they stall, break off, refuse and send garbage. */
  ROUGH,
  /** All turns say the same, which comes from the cache after the first time. */
  CACHE,
  /** Speech is not kept. */
  NO_CACHE,
  /** Another {@code http} node keeps copies of all turns, whichever role is struck. */
  COPIES;

  /** As on the command line: {@code no-cache}. */
  static final class Named implements ITypeConverter<ScaleOption> {
    @Override
    public ScaleOption convert(String name) {
      try {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("there is no option '" + name + "'");
      }
    }
  }
}
