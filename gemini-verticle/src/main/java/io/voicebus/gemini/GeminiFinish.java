package io.voicebus.gemini;

import io.voicebus.contract.FailureKind;
import java.util.Optional;

/** Why the model stopped. */
enum GeminiFinish {
  STOP,
  MAX_TOKENS,
  /** Its content was refused by the service. */
  BLOCKED,
  /** It does not speak the language. */
  LANGUAGE,
  /** It tried to use tools. */
  TOOLS,
  /** It is no model for text. */
  IMAGE,
  /** No reason, or one that is not known. */
  OTHER;

  /** Reads what the service calls the reason; never fails. */
  static GeminiFinish of(String reason) {
    return switch (reason) {
      case "STOP" -> STOP;
      case "MAX_TOKENS" -> MAX_TOKENS;
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> BLOCKED;
      case "LANGUAGE" -> LANGUAGE;
      case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" -> TOOLS;
      case "NO_IMAGE" -> IMAGE;
      default -> reason.startsWith("IMAGE_") ? IMAGE : OTHER;
    };
  }

  /** What is wrong with it; nothing when the answer is complete. */
  Optional<GeminiFault> fault(String reason) {
    return switch (this) {
      case STOP, MAX_TOKENS -> Optional.empty();
      case BLOCKED -> Optional.of(blocked("the rest of its answer", reason));
      case LANGUAGE ->
          fault(FailureKind.INVALID_REQUEST, "the model does not speak this language", reason, 0);
      case TOOLS ->
          fault(FailureKind.INVALID_REQUEST, "the model wanted tools, ask otherwise", reason, 0);
      case IMAGE ->
          fault(FailureKind.INVALID_REQUEST, "set gemini-model to a model for text", reason, 0);
      case OTHER ->
          fault(
              FailureKind.UNAVAILABLE,
              "the model stopped for no known reason, try again",
              reason,
              GeminiFault.PASSES);
    };
  }

  /** The service refused what it calls by the reason. */
  static GeminiFault blocked(String what, String reason) {
    return GeminiFault.of(
        FailureKind.BLOCKED,
        "Gemini's content policy refused "
            + what
            + ": ask in other words ("
            + GeminiFault.brief(reason)
            + ")",
        0);
  }

  private static Optional<GeminiFault> fault(
      FailureKind kind, String detail, String reason, int retries) {
    return Optional.of(
        GeminiFault.of(
            kind, "Gemini: " + detail + " (" + GeminiFault.brief(reason) + ")", retries));
  }
}
