package io.voicebus.emulators;

/** A request that breaks a rule. */
final class GeminiRejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GeminiRefusal refusal;

  GeminiRejection(GeminiRefusal refusal) {
    super(refusal.body(), null, false, false);
    this.refusal = refusal;
  }

  GeminiRejection(GeminiError error) {
    this(GeminiRefusal.object(error));
  }

  static GeminiRejection invalid(String message) {
    return new GeminiRejection(GeminiError.invalid(message));
  }

  GeminiRefusal refusal() {
    return refusal;
  }
}
