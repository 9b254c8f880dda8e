package io.voicebus.tts.elevenlabs;

import io.voicebus.bus.Failure;
import io.voicebus.tts.service.ServiceUtterance;
import org.jspecify.annotations.Nullable;

/** Receives what happens to an {@link ElevenSocket} and its utterances. */
interface ElevenSocketOwner {
  /** A name that no context of this engine ever had. */
  String newContextId();

  /**
   * It takes utterances now.
   *
   * @param limit how much the service takes at once, if it said so; else 0
   */
  void opened(ElevenSocket socket, int limit);

  /** It is open, and nothing was held against it. */
  void proved(ElevenSocket socket);

  /**
   * It never opened.
   *
   * @param limit how much the service takes at once, if it said so; else 0
   */
  void refused(ElevenSocket socket, Failure why, int limit);

  /** The service took an utterance: its first word about it was no error. */
  void accepted(ServiceUtterance utterance);

  /** An utterance got no sound for too long: it is to be asked for in another context. */
  void unanswered(ServiceUtterance utterance);

  /** How long the service mostly needs to its first sound, in nanoseconds; 0 if not known. */
  long usualNanos();

  /** The first sound of a context came after so long. */
  void sounded(long nanos);

  /** An utterance is off it, since the service said its last word or an error about it. */
  void ended(ServiceUtterance utterance);

  /** A context that nobody waited for is off it. */
  void freed();

  /** The service will not say this utterance, or not to its end. */
  void failed(ServiceUtterance utterance, Failure why);

  /** It was open and is no more; its utterances have been failed. */
  void gone(ElevenSocket socket, @Nullable Failure why);
}
