package io.voicebus.audio;

/**
 * There is no such format, or it cannot be made on this machine. The message says which there are,
 * in words for the person who asked. Carries no stack trace.
 */
public final class UnsupportedAudioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  UnsupportedAudioException(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  /** What to ask for instead. */
  @Override
  public String getMessage() {
    return why;
  }
}
