package io.voicebus.tts;

import io.voicebus.bus.Failure;
import java.util.Optional;

/** One utterance on its way to a service, mostly by one try. Lives on one context. */
final class ServiceUtterance {
  /** How often it is tried again after a fault before its first sound. */
  private static final int MAX_MOVES = 2;

  private final String voice;
  private final Utterance asked;
  private final OnceSink sink;
  private final WordFrames frames;
  private boolean sounded;
  private int moves;

  /**
   * @param voice the id that the service knows
   * @param asked of which the text is not blank
   */
  ServiceUtterance(String voice, Utterance asked, int sampleRateHz, OnceSink sink) {
    this.voice = voice;
    this.asked = asked;
    this.sink = sink;
    this.frames = new WordFrames(asked.text(), sampleRateHz, sink);
  }

  String voice() {
    return voice;
  }

  /** Whether nobody waits for it any more. */
  boolean over() {
    return sink.closed();
  }

  /** What was asked for. */
  Utterance asked() {
    return asked;
  }

  /** Runs a task when nobody waits for it any more. */
  void onOver(Runnable task) {
    sink.onClosed(task);
  }

  void accept(ElevenMessage message) {
    accept(message.audio(), message.timing());
  }

  /**
   * The next bytes.
   *
   * @param timing of the segment that begins with them, if one does
   */
  void accept(byte[] audio, Optional<ElevenTiming> timing) {
    sounded |= audio.length > 0;
    frames.accept(audio, timing);
  }

  void end() {
    sink.end();
  }

  void fail(Failure why) {
    sink.fail(why.kind(), why.detail());
  }

  /** Whether all of it was said, whatever comes after. */
  boolean complete() {
    return frames.complete();
  }

  /** Whether nothing sounded though there is something to say. */
  boolean silent() {
    return !sounded && asked.text().chars().anyMatch(Character::isLetterOrDigit);
  }

  /** Whether it can begin again without being heard twice. */
  boolean fresh() {
    return !sounded && !over();
  }

  /** Whether it may be tried once more. */
  boolean move() {
    return fresh() && moves++ < MAX_MOVES;
  }
}
