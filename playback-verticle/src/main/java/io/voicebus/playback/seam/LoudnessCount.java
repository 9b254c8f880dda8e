package io.voicebus.playback.seam;

/**
 * How loud a voice is, from the loudness of its blocks: gated as BS.1770-4 has it. NOT thread safe.
 */
final class LoudnessCount {
  /** Blocks below this are silence, in LUFS. */
  private static final double ABSOLUTE_GATE = -70;

  /** Blocks so far below the others are pauses, in LU. */
  private static final double RELATIVE_GATE = -10;

  private static final int BINS_PER_LU = 10;
  private static final int BINS = 75 * BINS_PER_LU;

  /** A second of speech, or nothing is known. */
  private static final int LEAST_BLOCKS = 7;

  /** A minute of a voice says how loud it is. */
  private static final int MOST_BLOCKS = 600;

  /** The power of each bin's middle. */
  private static final double[] POWERS = powers();

  private final int[] blocks = new int[BINS];
  private int all;

  /** A block's loudness, in LUFS. */
  void add(double lufs) {
    if (lufs >= ABSOLUTE_GATE) {
      blocks[(int) Math.min(BINS - 1, (lufs - ABSOLUTE_GATE) * BINS_PER_LU)]++;
      all++;
    }
  }

  boolean isEnough() {
    return all >= MOST_BLOCKS;
  }

  /** In LUFS; not a number while too little was heard. */
  double lufs() {
    return all < LEAST_BLOCKS ? Double.NaN : roughLufs();
  }

  /** Of what there is, if that is but a word; not a number where there is nothing. */
  double roughLufs() {
    return all == 0 ? Double.NaN : above(above(ABSOLUTE_GATE) + RELATIVE_GATE);
  }

  private double above(double gate) {
    double sum = 0;
    long count = 0;
    for (int i = Math.max(0, (int) ((gate - ABSOLUTE_GATE) * BINS_PER_LU)); i < BINS; i++) {
      sum += blocks[i] * POWERS[i];
      count += blocks[i];
    }
    return 10 * Math.log10(sum / count);
  }

  private static double[] powers() {
    double[] powers = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      double middle = ABSOLUTE_GATE + (i + 0.5) / BINS_PER_LU;
      powers[i] = Math.pow(10, middle / 10);
    }
    return powers;
  }
}
