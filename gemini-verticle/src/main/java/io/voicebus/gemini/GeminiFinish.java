package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import java.util.Optional;

/** Why the model stopped. */
enum GeminiFinish {
  STOP,
  MAX_TOKENS,
  /** Its content was refused by the service. */
  BLOCKED,
  /** The model does not know the language. */
  LANGUAGE,
  /** The model tried to call tools. */
  TOOLS,
  /** The model does not write text. */
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

  /** How far the answer is; of no matter when there is a fault. */
  ModelFinish outcome() {
    return switch (this) {
      case STOP -> ModelFinish.COMPLETE;
      case MAX_TOKENS -> ModelFinish.TRUNCATED;
      case BLOCKED, LANGUAGE, TOOLS, IMAGE, OTHER -> ModelFinish.OPEN;
    };
  }

  /** What is wrong with it; nothing when the answer is complete, or as long as it may be. */
  Optional<ModelFault> fault(ServiceWords words, String reason) {
    return switch (this) {
      case STOP, MAX_TOKENS -> Optional.empty();
      case BLOCKED ->
          Optional.of(ModelFault.blocked(words.service(), "the rest of its answer", reason));
      case LANGUAGE -> cannot(words, "the model does not speak this language", reason);
      case TOOLS -> cannot(words, "the model wanted tools, ask otherwise", reason);
      case IMAGE -> cannot(words, "set " + words.model() + " to a model for text", reason);
      case OTHER ->
          fault(
              words,
              FailureKind.UNAVAILABLE,
              "the model stopped for no known reason, try again",
              reason,
              ModelFault.PASSES);
    };
  }

  private static Optional<ModelFault> cannot(ServiceWords words, String detail, String reason) {
    return fault(words, FailureKind.INVALID_REQUEST, detail, reason, 0);
  }

  private static Optional<ModelFault> fault(
      ServiceWords words, FailureKind kind, String detail, String reason, int retries) {
    String told = words.service() + ": " + detail + " (" + ModelFault.brief(reason) + ")";
    return Optional.of(ModelFault.of(kind, told, retries));
  }
}
