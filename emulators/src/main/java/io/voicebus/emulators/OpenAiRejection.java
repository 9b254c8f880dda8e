package io.voicebus.emulators;

/** A request that breaks a rule. */
final class OpenAiRejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient OpenAiError error;

  OpenAiRejection(OpenAiError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  static OpenAiRejection invalid(String code, String param, String message) {
    return new OpenAiRejection(OpenAiError.invalid(code, param, message));
  }

  OpenAiError error() {
    return error;
  }
}
