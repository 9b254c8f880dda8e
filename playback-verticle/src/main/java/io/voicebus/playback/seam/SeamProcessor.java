package io.voicebus.playback.seam;

import io.voicebus.contract.ChunkEnd;
import java.util.Arrays;

/**
 * Makes the seams between pieces of speech sound like those of a human reader, with every engine.
 * It removes the silence around each segment, inserts a pause that fits the end of the text, fades
 * every edge, and makes a voice that continues for another one as loud as that. Within a segment it
 * neither removes nor inserts anything: one raw sample is one sample of the playout.
 *
 * <p>It holds back sound for {@link #FADE_OUT_MS} at most, silence until it is known whether the
 * segment ends with it, and a soft beginning until the audible part of the segment has come: the
 * segment's mark is there, and half of the soft beginning counts as a part of the pause. If a voice
 * continues for another one and its loudness is unknown here, its first second is held back to
 * measure it.
 */
public final class SeamProcessor implements Processing {
  /** The length of the pieces by which sound and silence are distinguished. */
  private static final int WINDOW_MS = 5;

  /**
   * How much of the silence before a segment's first sound is kept, since consonants begin softly.
   * With less than 20 ms a speech recogniser misses a "the" at a turn's beginning.
   */
  private static final int PRE_ROLL_MS = 20;

  /** Half of a soft beginning is added to the pause, but no more than this. */
  private static final int LONGEST_ADDED_MS = 30;

  /** A longer soft beginning shortens the pause before it by no more than this. */
  private static final int LONGEST_TAKEN_MS = 80;

  /** The edges' fades: longer than a click, shorter than a consonant. */
  private static final int FADE_IN_MS = 8;

  private static final int FADE_OUT_MS = 12;

  /** So much hardly audible sound before the first sound is the voice itself: a quiet one. */
  private static final int LONGEST_LEAD_MS = 1_000;

  /**
   * So much silence after a segment's last sound is removed; more of it stays audible. A service's
   * answer ends after four seconds of it.
   */
  private static final int LONGEST_TAIL_MS = 4_000;

  private final int rateHz;
  private final double speed;
  private final LevelMatch levels;
  private final SoundGate gate = new SoundGate();
  private final Onset onset;

  /** Samples that went in and have not come out. */
  private final PcmQueue held = new PcmQueue();

  /** How many of these, from the front, are known to be sound or silence. */
  private int classified;

  /** How many of these, from the front, come out even if the segment ends here. */
  private int kept;

  private ChunkEnd end = ChunkEnd.SENTENCE;
  private boolean finished = true;
  private boolean sounded;

  /** The silence since the segment's last sound. */
  private int silence;

  /** The chunk's raw sample that came out first. */
  private long firstRaw;

  /** How many samples come out before the audible ones, and the usual pre-roll. */
  private int lead;

  private long given;
  private long skipped;
  private int due;

  /** The processor of a turn at the voice's own speed. */
  public SeamProcessor(int rateHz, VoiceLoudness loudness) {
    this(rateHz, loudness, 1);
  }

  /**
   * The processor of a turn.
   *
   * @param loudness of the voices, learnt from all turns
   * @param speed how fast the turn is spoken, which pauses follow: 1 as usual
   */
  public SeamProcessor(int rateHz, VoiceLoudness loudness, double speed) {
    this.rateHz = rateHz;
    this.speed = speed;
    this.levels = new LevelMatch(rateHz, loudness);
    this.onset = new Onset(rateHz);
  }

  @Override
  public void resume(int stillDue, int gain) {
    due = stillDue;
    levels.resume(gain);
  }

  private int samples(int ms) {
    return ms * rateHz / 1000;
  }

  @Override
  public void begin(long fromRaw, ChunkEnd ends, String voice) {
    end = ends;
    finished = false;
    sounded = false;
    silence = 0;
    firstRaw = fromRaw;
    given = 0;
    skipped = 0;
    lead = 0;
    gate.reset();
    onset.reset();
    levels.begin(voice);
  }

  @Override
  public void skip(long count) {
    skipped = count;
  }

  @Override
  public byte[] accept(byte[] pcm) {
    held.add(pcm);
    int window = samples(WINDOW_MS);
    while (held.size() - classified >= window) {
      classify(window);
    }
    levels.listen(pcm);
    int known = levels.isSettled() ? kept - samples(FADE_OUT_MS) : 0;
    return give(Math.max(0, known), false);
  }

  private void classify(int count) {
    double level = SoundGate.level(held.array(), held.first() + classified, count);
    boolean sound = gate.isSound(level);
    classified += count;
    if (!sounded) {
      int from = classified - count;
      onset.window(held.array(), held.first() + from, from, count, level, sound);
      if (onset.isHeard()) {
        startAtOnset();
      } else if (!onset.isBegun() && classified >= samples(LONGEST_LEAD_MS)) {
        passLead();
      }
    } else if (sound) {
      silence = 0;
      kept = classified;
    } else {
      silence += count;
      boolean ownPause = kept == classified - count && silence <= longestOwnPause();
      if (ownPause) {
        kept = classified;
      } else if (classified - kept > samples(LONGEST_TAIL_MS)) {
        kept += count;
      }
    }
  }

  /** The first sound's position is known; the audio before it is removed, except the last part. */
  private void startAtOnset() {
    int dropped = Math.max(0, onset.begins() - samples(PRE_ROLL_MS));
    lead = Math.max(0, onset.heard() - dropped - samples(PRE_ROLL_MS));
    silence = onset.silence();
    start(dropped);
    kept -= Math.max(0, silence - longestOwnPause());
  }

  /** There was no sound for long: silence is removed, and a quiet voice comes out. */
  private void passLead() {
    if (gate.isAudible()) {
      start(0);
    } else {
      drop(classified - samples(PRE_ROLL_MS));
      onset.reset();
    }
  }

  private void drop(int samples) {
    held.drop(samples);
    classified -= samples;
    firstRaw += samples;
  }

  private void start(int dropped) {
    drop(dropped);
    kept = classified;
    sounded = true;
    gate.takeForSound();
  }

  /** How much of the voice's own silence may stay, as a part of the pause. */
  private int longestOwnPause() {
    return Math.max(samples(FADE_OUT_MS), samples(pauseMs(end) - PRE_ROLL_MS));
  }

  private int pauseMs(ChunkEnd ends) {
    return (int) (Pauses.ms(ends) / speed);
  }

  @Override
  public byte[] finish(boolean textGoesOn) {
    if (finished) {
      return new byte[0];
    }
    finished = true;
    if (held.size() > classified) {
      classify(held.size() - classified);
    }
    if (!sounded && onset.isBegun()) {
      startAtOnset();
    } else if (!sounded && gate.isAudible()) {
      start(0); // a quiet voice
    }
    int pause = samples(pauseMs(textGoesOn ? ChunkEnd.PHRASE : end) - PRE_ROLL_MS);
    int own = Math.max(0, silence - (classified - kept));
    due = sounded ? Math.max(0, pause - own) : Math.max(due, pause);
    levels.listened();
    byte[] rest = give(kept, true);
    held.clear();
    classified = 0;
    kept = 0;
    return rest;
  }

  private byte[] give(int count, boolean last) {
    if (count == 0) {
      return new byte[0];
    }
    byte[] pcm = held.take(count);
    classified -= count;
    kept -= count;
    levels.apply(pcm);
    Fades.in(pcm, given, samples(FADE_IN_MS));
    if (last) {
      Fades.out(pcm, samples(FADE_OUT_MS));
    }
    given += count;
    int from = (int) Math.min(count, skipped);
    skipped -= from;
    return from == 0 ? pcm : Arrays.copyOfRange(pcm, 2 * from, pcm.length);
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public int pause(long waited) {
    int ofPause = lead - Math.min(lead / 2, samples(LONGEST_ADDED_MS));
    ofPause = Math.min(ofPause, samples(LONGEST_TAKEN_MS));
    int pause = (int) Math.max(0, due - waited - ofPause);
    due = 0;
    return pause;
  }

  @Override
  public int lead() {
    return lead;
  }

  @Override
  public int due() {
    return due;
  }

  @Override
  public long within(long raw) {
    long within = Math.max(0, raw - firstRaw);
    return finished ? Math.min(given, within) : within;
  }

  @Override
  public int gain() {
    return levels.gain();
  }

  @Override
  public int heldBytes() {
    return 2 * held.size();
  }

  @Override
  public boolean transparent() {
    return false;
  }
}
