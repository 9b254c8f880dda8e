package io.voicebus.tts.elevenlabs;

import io.voicebus.bus.Failure;
import io.voicebus.tts.service.ServiceUtterance;
import org.jspecify.annotations.Nullable;

/** Receives what happens to an {@link ElevenSocket} and its utterances. */
interface ElevenSocketOwner {
  /** A name that no context of this engine ever had. */
  String newContextId();

  /**
   * The WebSocket accepts utterances now.
   *
   * @param limit how many utterances the service accepts at once; 0 if it did not tell
   */
  void opened(ElevenSocket socket, int limit);

  /** The WebSocket is open, and the service has reported no error. */
  void proved(ElevenSocket socket);

  /**
   * The WebSocket could not be opened.
   *
   * @param limit how many utterances the service accepts at once; 0 if it did not tell
   */
  void refused(ElevenSocket socket, Failure why, int limit);

  /** The service took an utterance: its first word about it was no error. */
  void accepted(ServiceUtterance utterance);

  /** An utterance got no sound for too long: it is to be asked for in another context. */
  void unanswered(ServiceUtterance utterance);

  /** The service's usual time to the first sound, in nanoseconds; 0 if it is not known. */
  long usualNanos();

  /** The first sound of a context came, so many nanoseconds after its text was sent. */
  void sounded(long nanos);

  /** An utterance is off it, since the service said its last word or an error about it. */
  void ended(ServiceUtterance utterance);

  /** A cancelled context has ended. */
  void freed();

  /** The service will not say this utterance, or not to its end. */
  void failed(ServiceUtterance utterance, Failure why);

  /** The WebSocket has closed; its utterances have been failed. */
  void gone(ElevenSocket socket, @Nullable Failure why);
}
