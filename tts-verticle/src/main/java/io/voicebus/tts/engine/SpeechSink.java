package io.voicebus.tts.engine;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;

/**
 * Receives the frames and the events of one utterance. Calls come from one thread at a time. An
 * implementation must neither block nor wait for a thread that may be cancelling this utterance. An
 * exception from it cancels the utterance.
 */
public interface SpeechSink {
  /** The value of {@code spokenChars} if the engine does not know its position in the text. */
  int UNKNOWN = -1;

  /**
   * Names the engine that speaks, if it is not the one that was asked. Comes before its first
   * frame.
   *
   * @param voice id of its voice; empty for the engine's default
   */
  default void spokenBy(SpeechEngine engine, String voice) {}

  /**
   * Sets the sample rate of the frames, if it is not that of the engine's traits. Comes before the
   * first frame.
   *
   * @param sampleRateHz 8000 to 48000
   */
  default void format(int sampleRateHz) {}

  /**
   * Work has begun: the service was asked, or the program was started. Comes again with each
   * further attempt. From now on silence counts against the engine, until it {@link #waits}.
   */
  default void working() {}

  /**
   * The utterance waits for room, or for a service that asked for a pause. Such a wait does not
   * count as silence.
   *
   * @param atLeastMs shortest wait in milliseconds; 0 if it is not known
   * @param why the service's reason, and what to do; empty for none; never contains the text
   */
  default void waits(long atLeastMs, String why) {}

  /**
   * An engine accepted characters to speak. Comes once for each request; may come at any time, even
   * after the end.
   */
  default void asked(int chars) {}

  /**
   * The utterance is not spoken as it was asked for. May come at any time before the end.
   *
   * @param detail what happens instead, and what to do; never contains the text
   */
  default void notice(SpeechNotice.Kind kind, String detail) {}

  /** The frames come from the cache and cost nothing. If it comes, then before the first frame. */
  default void saved() {}

  /**
   * The next frame.
   *
   * @param pcm signed 16-bit little-endian mono, whole samples, not empty; it belongs to the sink
   *     from now on and is never changed
   * @param spokenChars how many leading UTF-16 units of the text are wholly spoken at the end of
   *     this frame, or {@link #UNKNOWN}; never decreases
   * @param wordSamples if a word ends with this frame: how many samples before the frame's end the
   *     word began, perhaps in an earlier frame; 0 if that is not known
   */
  void frame(byte[] pcm, int spokenChars, int wordSamples);

  /** The next frame, without the beginning of a word. */
  default void frame(byte[] pcm, int spokenChars) {
    frame(pcm, spokenChars, 0);
  }

  /**
   * The end was inferred from silence and not confirmed by the engine, so the speech must not be
   * cached. If it comes, then before {@link #end}.
   */
  default void unconfirmed() {}

  /** The whole text was spoken. This is the last call. */
  void end();

  /**
   * The text could not be spoken, or not to its end. This is the last call.
   *
   * @param detail the reason, and what to do; never contains the text or a key
   */
  void fail(FailureKind kind, String detail);
}
