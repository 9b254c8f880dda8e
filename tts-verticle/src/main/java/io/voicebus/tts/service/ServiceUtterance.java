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

/** One utterance on its way to a service, mostly by one try. Lives on one context. */
public final class ServiceUtterance {
  /** How often it is tried again after a fault before its first sound. */
  private static final int MAX_MOVES = 2;

  /** Of 16 bits: what stays below is silence; the silence of services is one or two. */
  private static final int AUDIBLE = 32;

  /** So much silence is held back until something is heard; what is silent longer is no speech. */
  private static final int MOST_SILENT_MS = 10_000;

  /** Nobody begins with a longer pause. */
  private static final int LONG_PAUSE_MS = 2_000;

  /** So much silence after what may be all of it is its end. */
  private static final int SILENT_AT_END_MS = 4_000;

  /** How a try came to its end. */
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

  /** Of the silence that comes just now. */
  private long silentBytes;

  private boolean sounded;
  private boolean audible;

  /** Whether somebody is at it. */
  private boolean working;

  /** The rate that was told last. */
  private int toldHz;

  private int moves;
  private int starts;
  private boolean reconnected;
  private boolean dated;
  private long dueAt;

  /**
   * @param voice the id that the service knows
   * @param asked of which the text is not blank
   * @param sampleRateHz of samples whose rate is not told
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

  /** The id that the service knows. */
  public String voice() {
    return voice;
  }

  /** Whether nobody waits for it any more. */
  public boolean over() {
    return sink.closed();
  }

  /** What was asked for. */
  public Utterance asked() {
    return asked;
  }

  /** Runs a task when nobody waits for it any more. */
  public void onOver(Runnable task) {
    sink.onClosed(task);
  }

  /** The service is asked now; what a former try may have left is forgotten. */
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

  /** A connection is being made for it: who does not answer that is silent, too. */
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
   * It waits for room, or since the service wants to be left alone.
   *
   * @param why what the service has said; empty for nothing
   */
  public void waits(long atLeastMs, String why) {
    working = false;
    sink.waits(atLeastMs, why);
  }

  /**
   * It stands in line, perhaps once more: nobody is at it.
   *
   * @param why what the service has said; empty for nothing
   */
  public void stands(String why) {
    if (working) {
      waits(0, why);
    }
  }

  /** When it is to be heard, by the clock of which this is a reading; known from the first time. */
  public long dueAt(long now) {
    if (!dated) {
      dated = true;
      dueAt = now + asked.dueInMs() * 1_000_000;
    }
    return dueAt;
  }

  /** The service took so many characters. */
  public void accepted(int chars) {
    sink.asked(chars);
  }

  /** A header told the rate of what has no head of its own. Before the first byte. */
  void bareRate(int hz) {
    audio.bareRate(hz);
  }

  /**
   * The next bytes.
   *
   * @param bytes handed over
   * @throws SpokenAudio.Unplayable if they are no sound that can be played
   */
  public void accept(byte[] bytes) {
    if (bytes.length > 0) {
      audio.feed(bytes);
    }
  }

  /**
   * The next bytes.
   *
   * @param bytes of which the first {@code length} are meant; not kept
   * @param timing of the segment that begins with them, if one does
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

  /** The times of the words are not understood. */
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
   * The service has said its last word.
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

  /** All was said. Nothing follows. */
  public void end() {
    sink.end();
  }

  /** Nothing more comes, and what came may be all. */
  public void unconfirmed() {
    sink.unconfirmed();
  }

  /**
   * It did not end well.
   *
   * @param soundsElse whether other texts have sounded lately: if not, it is not for this one that
   *     nothing does
   */
  public void failEnding(Failure why, boolean soundsElse) {
    boolean ofText = soundsElse || why.kind() != FailureKind.INVALID_REQUEST;
    sink.fail(ofText ? why.kind() : FailureKind.UNAVAILABLE, why.detail());
  }

  /** It could not be said, or not to its end. Nothing follows. */
  public void fail(Failure why) {
    sink.fail(why.kind(), why.detail());
  }

  /** Whether all of it was said, whatever comes after. */
  public boolean complete() {
    return audible && frames.complete();
  }

  /**
   * Whether it may have come to its end though nobody says so: it has sounded, its times are not
   * known, and it is not shorter than anybody could speak.
   */
  public boolean maybeWhole() {
    return audible
        && frames.untimed()
        && frames.ms() >= (long) SpeakingPace.LEAST_MS * asked.text().length();
  }

  /** Whether it has sounded, and nobody told when its words end. */
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
   * Whether nothing more is to be waited for, though it goes on: it is silent for too long, or
   * longer than anybody could speak.
   */
  public boolean endless() {
    long most = MOST_SILENT_MS + (long) SpeakingPace.MOST_MS * asked.text().length();
    return silentMs() >= MOST_SILENT_MS
        || (silentMs() >= SILENT_AT_END_MS && (complete() || maybeWhole()))
        || frames.ms() > most;
  }

  /** Whether what came until now is silence, and too much of it to be a pause. */
  public boolean silentSoFar() {
    return !audible && silentMs() >= LONG_PAUSE_MS;
  }

  /** Whether it can begin again without being heard twice. */
  public boolean fresh() {
    return !sounded && !over();
  }

  /** Whether it may be tried once more. */
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
