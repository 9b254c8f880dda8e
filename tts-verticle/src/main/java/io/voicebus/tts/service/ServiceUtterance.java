package io.voicebus.tts.service;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.sound.CharTimes;
import io.voicebus.tts.sound.SpokenAudio;
import io.voicebus.tts.sound.WordFrames;
import io.voicebus.tts.time.SpeakingPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One utterance at a service, with its attempts, of which there is usually one. Bound to one
 * context.
 */
public final class ServiceUtterance {
  /** How often it is tried again after a fault before its first sound. */
  private static final int MAX_MOVES = 2;

  /**
   * Amplitude of 16-bit samples below which a sound is silence; the silence of services has 1 or 2.
   */
  private static final int AUDIBLE = 32;

  /** How much silence is held back until a sound comes; a longer silence is no speech. */
  private static final int MOST_SILENT_MS = 10_000;

  /** The longest pause before speech. */
  private static final int LONG_PAUSE_MS = 2_000;

  /** How much silence after possibly complete speech counts as its end. */
  private static final int SILENT_AT_END_MS = 4_000;

  /** How an attempt ended. */
  public enum Ending {
    /** All was said, as far as is known. */
    WHOLE,
    /** There was something to say, and no sound. */
    SILENT,
    /** By its own times, some words are missing. */
    CUT_SHORT
  }

  /** Handed over, never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Held(byte[] pcm, Optional<CharTimes> times) {}

  private final String voice;
  private final Utterance asked;
  private final int sampleRateHz;
  private final OnceSink sink;
  private WordFrames frames;
  private SpokenAudio audio;
  private final List<Held> held = new ArrayList<>();
  private Optional<CharTimes> times = Optional.empty();

  /** Length of the silence at the end of the sound so far. */
  private long silentBytes;

  private boolean sounded;
  private boolean audible;

  /** Whether the service works on it. */
  private boolean working;

  /** The rate that was told last. */
  private int toldHz;

  private int moves;
  private int starts;
  private boolean reconnected;
  private boolean dated;
  private long dueAt;

  /**
   * Creates one that was not sent yet.
   *
   * @param voice the service's id of the voice
   * @param asked the utterance, whose text is not blank
   * @param sampleRateHz rate of samples for which the service tells none
   */
  public ServiceUtterance(String voice, Utterance asked, int sampleRateHz, OnceSink sink) {
    this.voice = voice;
    this.asked = asked;
    this.sampleRateHz = sampleRateHz;
    this.toldHz = sampleRateHz;
    this.sink = sink;
    this.frames = new WordFrames(asked.text(), sampleRateHz, sink);
    this.audio = newAudio();
  }

  private SpokenAudio newAudio() {
    return new SpokenAudio(sampleRateHz, this::rate, this::samples);
  }

  /** The service's id of the voice. */
  public String voice() {
    return voice;
  }

  /** Whether it has ended or was cancelled. */
  public boolean over() {
    return sink.closed();
  }

  /** The utterance that was asked for. */
  public Utterance asked() {
    return asked;
  }

  /** Adds a task that runs when it has ended or was cancelled. */
  public void onOver(Runnable task) {
    sink.onClosed(task);
  }

  /** An attempt starts; the state of an earlier one is discarded. */
  public void sent() {
    if (!sounded) {
      held.clear();
      silentBytes = 0;
      audible = false;
      frames = new WordFrames(asked.text(), sampleRateHz, sink);
      audio = newAudio();
    }
    works();
  }

  /**
   * A connection is being opened for it. A server that does not answer it counts as silent, too.
   */
  public void connects() {
    if (!working) {
      works();
    }
  }

  private void works() {
    working = true;
    sink.working();
  }

  /**
   * It waits for room, or because the service asked for a pause.
   *
   * @param atLeastMs shortest wait in milliseconds; 0 if it is not known
   * @param why the service's reason; empty for none
   */
  public void waits(long atLeastMs, String why) {
    working = false;
    sink.waits(atLeastMs, why);
  }

  /**
   * It is in the queue, perhaps again.
   *
   * @param why the service's reason; empty for none
   */
  public void stands(String why) {
    if (working) {
      waits(0, why);
    }
  }

  /**
   * When the listener needs it, in nanoseconds. The first call fixes it.
   *
   * @param now a reading of the same clock
   */
  public long dueAt(long now) {
    if (!dated) {
      dated = true;
      dueAt = now + asked.dueInMs() * 1_000_000;
    }
    return dueAt;
  }

  /** The service accepted a number of characters. */
  public void accepted(int chars) {
    sink.asked(chars);
  }

  /** A header told the rate of what has no head of its own. Before the first byte. */
  void bareRate(int hz) {
    audio.bareRate(hz);
  }

  /**
   * The next bytes of sound.
   *
   * @param bytes not changed afterwards
   * @throws SpokenAudio.Unplayable if they are no sound that can be played
   */
  public void accept(byte[] bytes) {
    if (bytes.length > 0) {
      audio.feed(bytes);
    }
  }

  /**
   * The next bytes of sound.
   *
   * @param bytes of which the first {@code length} count; not kept
   * @param timing times of the segment that begins with these bytes, if one does
   * @throws SpokenAudio.Unplayable if they are no sound that can be played
   */
  public void accept(byte[] bytes, int length, Optional<CharTimes> timing) {
    if (timing.isPresent()) {
      times = timing;
    }
    if (length > 0) {
      audio.feed(bytes, length);
    }
  }

  /** The times of the words cannot be matched with the text. */
  public void stray() {
    times = Optional.empty();
    frames.stray();
  }

  /** A try that was not heard may have told another one. */
  private void rate(int hz) {
    frames.rate(hz);
    if (hz != toldHz) {
      toldHz = hz;
      sink.format(hz);
    }
  }

  private void samples(byte[] pcm) {
    Optional<CharTimes> once = times;
    times = Optional.empty();
    boolean silence = silence(pcm);
    audible |= !silence;
    silentBytes = silence ? silentBytes + pcm.length : 0;
    if (!audible) {
      held.add(new Held(pcm, once));
      return;
    }
    sounded = true;
    held.forEach(one -> frames.accept(one.pcm, one.times));
    held.clear();
    frames.accept(pcm, once);
  }

  private static boolean silence(byte[] pcm) {
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      if (Math.abs((pcm[i] & 0xff) | pcm[i + 1] << 8) >= AUDIBLE) {
        return false;
      }
    }
    return true;
  }

  /**
   * The service's answer has ended: decides what that means.
   *
   * @throws SpokenAudio.Unplayable if what came is no sound that can be played
   */
  public Ending ending() {
    boolean whole = audio.end();
    if (!audible && asked.speakable()) {
      return Ending.SILENT;
    }
    return whole && !frames.cutShort() ? Ending.WHOLE : Ending.CUT_SHORT;
  }

  /** The whole text was spoken. Nothing follows. */
  public void end() {
    sink.end();
  }

  /** The service sends no more, and what came may be the whole text. */
  public void unconfirmed() {
    sink.unconfirmed();
  }

  /**
   * The answer ended too early.
   *
   * @param soundsElse whether other utterances have sounded lately; if not, the service is at fault
   *     and not this text
   */
  public void failEnding(Failure why, boolean soundsElse) {
    boolean ofText = soundsElse || why.kind() != FailureKind.INVALID_REQUEST;
    sink.fail(ofText ? why.kind() : FailureKind.UNAVAILABLE, why.detail());
  }

  /** It could not be spoken, or not to its end. Nothing follows. */
  public void fail(Failure why) {
    sink.fail(why.kind(), why.detail());
  }

  /** Whether the whole text was spoken, by the times of its words. */
  public boolean complete() {
    return audible && frames.complete();
  }

  /**
   * Whether the answer may be complete without an end of its own: it has sounded, has no times, and
   * is not shorter than the fastest speaker needs.
   */
  public boolean maybeWhole() {
    return audible
        && frames.untimed()
        && frames.ms() >= (long) SpeakingPace.LEAST_MS * asked.text().length();
  }

  /** Whether it has sounded without times of words. */
  boolean isOfUnknownTimes() {
    return audible && frames.untimed();
  }

  /** How long what came is. */
  long ms() {
    return frames.ms();
  }

  /** How long it has been silent until now. */
  private long silentMs() {
    return silentBytes * 500 / toldHz;
  }

  /**
   * Whether an answer that goes on should be ended: it is silent for too long, or longer than the
   * slowest speaker needs.
   */
  public boolean endless() {
    long most = MOST_SILENT_MS + (long) SpeakingPace.MOST_MS * asked.text().length();
    return silentMs() >= MOST_SILENT_MS
        || (silentMs() >= SILENT_AT_END_MS && (complete() || maybeWhole()))
        || frames.ms() > most;
  }

  /** Whether everything so far is silence, for longer than a pause. */
  public boolean silentSoFar() {
    return !audible && silentMs() >= LONG_PAUSE_MS;
  }

  /** Whether another attempt would repeat no sound, since none was passed on. */
  public boolean fresh() {
    return !sounded && !over();
  }

  /** Counts a further attempt; whether it is allowed. */
  public boolean move() {
    return fresh() && moves++ < MAX_MOVES;
  }

  /** How long to wait after a fault, before it is tried once more: twice as long each time. */
  Duration backoff(Duration first) {
    return first.multipliedBy(1L << Math.max(0, moves - 1));
  }

  /** Whether it goes on waiting for a service that is starting. */
  boolean starts(int most) {
    return fresh() && starts++ < most;
  }

  /**
   * Whether it may be sent once more at once, since the connection that it was sent over may have
   * been closed just before.
   */
  boolean reconnect() {
    boolean first = fresh() && !reconnected;
    reconnected = true;
    return first;
  }
}
