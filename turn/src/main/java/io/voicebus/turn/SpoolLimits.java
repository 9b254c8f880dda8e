package io.voicebus.turn;

/**
 * The bounds of a {@link Spool}, in bytes.
 *
 * @param turnMemory what one turn holds in memory before it goes to a file; where there is no file
 *     only the latest so much is kept
 * @param memory what all turns hold in memory; beyond that they go to their files earlier
 * @param turnFile the longest file; 0 for none at all
 * @param files all files together
 */
public record SpoolLimits(int turnMemory, long memory, long turnFile, long files) {
  /**
   * The least that one turn must hold, since a listener whose connection was lost lacks what was
   * handed to it: a response's queue and what the kernel sends from came to 257 KiB on their way to
   * a client that reads little.
   */
  public static final int LEAST_TURN_MEMORY = 320 * 1024;

  private static final int MIB = 1 << 20;

  /** 8 s of speech at 24 kHz in memory, and an hour and a half in a file. */
  public static final SpoolLimits DEFAULTS =
      new SpoolLimits(384 * 1024, 16L * MIB, 256L * MIB, 1024L * MIB);

  /** The same, without files. */
  public SpoolLimits withoutFiles() {
    return new SpoolLimits(turnMemory, memory, 0, 0);
  }

  boolean hasFiles() {
    return turnFile > 0 && files > 0;
  }
}
