package io.voicebus.bus;

/**
 * Why a turn, a stream or a job ended before its time.
 *
 * @param stage where it went wrong
 * @param kind what went wrong, classified
 * @param detail what to do about it, in words a person can act on; never the turn's text, never a
 *     key
 */
public record Failure(Stage stage, FailureKind kind, String detail) {

  /** The same failure as an exception. */
  public VoicebusException toException() {
    return new VoicebusException(this);
  }

  /** The failure that an exception carries, or an {@code INTERNAL} one of this stage. */
  public static Failure of(Stage stage, Throwable cause) {
    if (cause instanceof VoicebusException voicebus) {
      return voicebus.failure();
    }
    String message = cause.getMessage();
    return new Failure(
        stage,
        FailureKind.INTERNAL,
        cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }
}
