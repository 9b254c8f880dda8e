package io.voicebus.playback.seam;

import org.jspecify.annotations.Nullable;

/**
 * A voice that takes over in a turn is made as loud as the one before it. Within a voice nothing is
 * changed: one that whispers is meant to. NOT thread safe.
 */
final class LevelMatch {
  /** Beyond this two voices differ in more than in loudness, in dB. */
  private static final double MOST_BOOST = 8;

  private static final double MOST_CUT = 12;

  /** Above this share of full scale raised samples are bent, so that none is cut off. */
  private static final double KNEE = 0.7;

  private final VoiceLoudness loudness;
  private final int rateHz;
  private String voice = "";
  private double reference = Double.NaN;
  private boolean settled = true;
  private int gain;
  private LoudnessMeter meter;

  /** What has come of a segment whose voice nobody knows yet, and its loudness. */
  private @Nullable LoudnessMeter early;

  private @Nullable LoudnessCount earlyCount;

  LevelMatch(int rateHz, VoiceLoudness loudness) {
    this.rateHz = rateHz;
    this.loudness = loudness;
    this.meter = new LoudnessMeter(rateHz, loudness.of(""));
  }

  /** The voice that begins has spoken before, with this gain. */
  void resume(int ofVoice) {
    gain = ofVoice;
  }

  /** A segment of this voice begins. */
  void begin(String next) {
    if (voice.isEmpty()) {
      voice = next;
    } else if (!next.equals(voice)) {
      reference = loudness.of(voice).roughLufs() + gain / 100.0;
      settled = Double.isNaN(reference);
      gain = 0;
      voice = next;
    }
    settle(loudness.of(voice).lufs());
    meter = new LoudnessMeter(rateHz, loudness.of(voice));
    early = null;
    earlyCount = null;
  }

  private void settle(double own) {
    if (!settled && !Double.isNaN(own)) {
      double db = Math.max(-MOST_CUT, Math.min(MOST_BOOST, reference - own));
      gain = (int) Math.round(100 * db);
      settled = true;
    }
  }

  /** Takes what has come of the segment, before any of it is {@link #apply applied} to. */
  void listen(byte[] pcm) {
    if (!settled) {
      if (early == null || earlyCount == null) {
        earlyCount = new LoudnessCount();
        early = new LoudnessMeter(rateHz, earlyCount);
      }
      early.accept(pcm);
      settle(earlyCount.lufs());
    }
  }

  /** Nothing more will come of the segment. */
  void listened() {
    if (earlyCount != null) {
      settle(earlyCount.roughLufs());
    }
  }

  /** Whether it is known what the segment is raised by. */
  boolean isSettled() {
    return settled;
  }

  /** What the voice is raised by, in hundredths of a decibel. */
  int gain() {
    return gain;
  }

  void apply(byte[] pcm) {
    meter.accept(pcm);
    if (gain != 0) {
      double factor = Math.pow(10, gain / 2000.0);
      for (int i = 0; i < pcm.length / 2; i++) {
        Samples.set(pcm, i, bent(Samples.get(pcm, i) * factor / 32_768) * 32_767);
      }
    }
  }

  private static double bent(double sample) {
    double size = Math.abs(sample);
    if (size <= KNEE) {
      return sample;
    }
    double over = (size - KNEE) / (1 - KNEE);
    return Math.copySign(KNEE + (1 - KNEE) * Math.tanh(over), sample);
  }
}
