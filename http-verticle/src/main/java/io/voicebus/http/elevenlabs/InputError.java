package io.voicebus.http.elevenlabs;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import org.jspecify.annotations.Nullable;

/**
 * An error, as it is told over a WebSocket.
 *
 * @param name the service's word, by which programs tell them apart
 * @param message what to do about it
 */
record InputError(String name, String message) {
  /** RFC 6455's "policy violation", which the service closes with whatever is wrong. */
  static final int CLOSE_CODE = 1008;

  /** Nothing came for too long. */
  static final InputError SILENT =
      new InputError(
          "input_timeout_exceeded",
          "nothing has come within inactivity_timeout; send a text, or {\"text\": \"\"} with its"
              + " context_id to keep it alive");

  /** A text came when no more could. */
  static final InputError TOO_LATE =
      new InputError(
          "invalid_input_message",
          "a text came behind the end of the input: it is not spoken; open another socket for it");

  /** A context more than there may be. */
  static InputError tooManyContexts(int most) {
    return new InputError(
        "max_active_conversations",
        "there are " + most + " contexts already, the most that one socket has: close some first");
  }

  /** Of a message that cannot be served. */
  static InputError ofMessage(Problem problem) {
    return problem.type().equals("invalid-request")
        ? new InputError(
            "invalid_input_message", "the message cannot be understood: " + problem.detail())
        : of(problem);
  }

  /** Of a turn that failed. */
  static InputError of(Failure failure) {
    return failure.stage() == Stage.SPEECH && failure.kind() == FailureKind.NOT_FOUND
        ? new InputError("voice_id_does_not_exist", failure.detail())
        : of(ProblemMapping.of(failure));
  }

  /** Of a turn that does not begin. */
  static InputError of(Problem problem) {
    String name =
        switch (problem.type()) {
          case "invalid-request" -> "invalid_input_message";
          case "rate-limited" -> "too_many_concurrent_requests";
          case "quota" -> "quota_exceeded";
          case "unavailable", "lost", "timeout" -> "system_busy";
          case "internal", "unauthenticated" -> "something_went_wrong";
          default -> problem.type().replace('-', '_');
        };
    return new InputError(name, problem.title() + ": " + problem.detail());
  }

  /**
   * The message of it.
   *
   * @param contextId which context fails alone; null for the whole socket
   */
  JsonText frame(@Nullable String contextId) {
    JsonText frame =
        JsonText.object().put("message", message).put("error", name).put("code", CLOSE_CODE);
    return contextId == null ? frame : frame.put("contextId", contextId);
  }
}
