package io.voicebus.tts.engine;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;

/**
 * Takes what an engine says. Called by one thread at a time; must neither block nor wait for a
 * thread that may be cancelling this speech. One that throws is treated as if it had cancelled.
 */
public interface SpeechSink {
  /** Says that the engine does not know how far into the text it is. */
  int UNKNOWN = -1;

  /**
   * Who speaks, before its first frame, if it is not the engine that was asked.
   *
   * @param voice its id; empty for the engine's default
   */
  default void spokenBy(SpeechEngine engine, String voice) {}

  /**
   * The rate of the frames that follow, if it is not that of the engine's traits. Before the first
   * frame.
   *
   * @param sampleRateHz 8000 to 48000
   */
  default void format(int sampleRateHz) {}

  /**
   * Somebody is at it now: the service was asked, or the program was started. May come again, when
   * it is tried again. From here on silence counts, until it {@link #waits}.
   */
  default void working() {}

  /**
   * Nobody is at it: it waits for room, or for a service that asked to be left alone. That is not
   * to be silent.
   *
   * @param atLeastMs how long at least, in milliseconds; 0 if that is not known
   * @param why what the service says, and what to do about it; never the text; empty for nothing
   */
  default void waits(long atLeastMs, String why) {}

  /**
   * An engine was given so many characters to say, and took them; each time that one does. May come
   * at any time, even after the end.
   */
  default void asked(int chars) {}

  /**
   * It is said otherwise than it should be. May come at any time before the end.
   *
   * @param detail who does what instead, and what to do about it; never the text
   */
  default void notice(SpeechNotice.Kind kind, String detail) {}

  /** What follows was said before, and costs nothing. Before the first frame, if at all. */
  default void saved() {}

  /**
   * The next samples.
   *
   * @param pcm signed 16-bit little-endian mono, whole samples, not empty; handed over: nobody
   *     changes it afterwards
   * @param spokenChars how many leading chars of the text are wholly spoken once this frame was
   *     heard, or {@link #UNKNOWN}; never falls
   * @param wordSamples where a word ends with this frame: how many samples before the frame's end
   *     it began, perhaps in an earlier frame; 0 if that is not known
   */
  void frame(byte[] pcm, int spokenChars, int wordSamples);

  /** The same, where it is not known when a word began. */
  default void frame(byte[] pcm, int spokenChars) {
    frame(pcm, spokenChars, 0);
  }

  /**
   * What was said is taken for all of it, since nothing more comes, though nobody said so: nobody
   * should keep it. Before {@link #end}, if at all.
   */
  default void unconfirmed() {}

  /** All was said. Nothing follows. */
  void end();

  /**
   * It could not be said, or not to its end. Nothing follows.
   *
   * @param detail what to do about it; never the text, never a key
   */
  void fail(FailureKind kind, String detail);
}
