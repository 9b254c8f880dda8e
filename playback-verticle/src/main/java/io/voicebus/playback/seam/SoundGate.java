package io.voicebus.playback.seam;

/**
 * Tells sound from silence, window by window: above a level that is learnt from the loudest and the
 * quietest that a segment has had. NOT thread safe.
 */
final class SoundGate {
  /** -40 dB: quieter than that beside speech is no speech. */
  private static final double BELOW_LOUDEST = 0.01;

  /** -12 dB: who speaks is louder than the noise behind by more than that. */
  private static final double NO_NOISE = 0.25;

  /** 6 dB: a noise that is always there is no speech. */
  private static final double ABOVE_QUIETEST = 2;

  /** -45 dBFS: however noisy a voice is, what is louder than this is sound. */
  private static final double HIGHEST = 184;

  /** -54 dBFS: what comes before the first sound and is quieter than this is no sound. */
  private static final double LOWEST_BEFORE_SOUND = 64;

  /** -66 dBFS: nobody hears what is quieter than this. */
  static final double INAUDIBLE = 16;

  private double loudest;
  private double quietest = Double.MAX_VALUE;
  private boolean sounded;

  /** Another segment begins. */
  void reset() {
    loudest = 0;
    quietest = Double.MAX_VALUE;
    sounded = false;
  }

  /** Whether a window with this effective value, of 32,767, is sound. */
  boolean isSound(double level) {
    loudest = Math.max(loudest, level);
    quietest = Math.min(quietest, level);
    double lowest = sounded ? INAUDIBLE : LOWEST_BEFORE_SOUND;
    double noise = quietest * ABOVE_QUIETEST;
    // A quiet voice that has not paused yet is no noise.
    noise = sounded ? Math.min(noise, loudest * NO_NOISE) : noise;
    double learnt = Math.max(loudest * BELOW_LOUDEST, noise);
    return level > Math.min(HIGHEST, Math.max(lowest, learnt));
  }

  /** It is known that what came so far has sound in it, however quiet it is. */
  void takeForSound() {
    sounded = true;
  }

  /** Whether anything of the segment can be heard. */
  boolean isAudible() {
    return loudest > INAUDIBLE;
  }

  /** The effective value of samples, without what is constant in them. All sound comes by here. */
  static double level(byte[] pcm, int from, int count) {
    long sum = 0;
    long squares = 0;
    int end = 2 * (from + count);
    for (int i = 2 * from; i < end; i += 2) {
      int sample = (pcm[i + 1] << 8) | (pcm[i] & 0xff);
      sum += sample;
      squares += (long) sample * sample;
    }
    double mean = (double) sum / count;
    return Math.sqrt(Math.max(0, (double) squares / count - mean * mean));
  }
}
