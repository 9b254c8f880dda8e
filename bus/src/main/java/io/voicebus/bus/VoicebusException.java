package io.voicebus.bus;

/** A {@link Failure} on its way through futures and exception handlers. Carries no stack trace. */
public final class VoicebusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public VoicebusException(Failure failure) {
    super(failure.stage() + " " + failure.kind() + ": " + failure.detail(), null, false, false);
    this.failure = failure;
  }

  public VoicebusException(Stage stage, FailureKind kind, String detail) {
    this(new Failure(stage, kind, detail));
  }

  public Failure failure() {
    return failure;
  }
}
