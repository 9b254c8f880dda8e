package io.voicebus.gemini;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads the errors of OpenAI-compatible servers, which have many shapes. */
final class OpenAiFaults {
  private OpenAiFaults() {}

  /**
   * An error, whatever shape it had.
   *
   * @param code what the server calls it, or a status, or empty
   * @param type what the server calls its kind, or empty
   */
  private record ErrorBody(String message, String code, String type) {}

  /**
   * Reads a response that is no stream.
   *
   * @param status of HTTP
   * @param body whatever it is
   * @param after what its headers say
   */
  static ModelFault ofResponse(ServiceWords words, int status, String body, Duration after) {
    Optional<ErrorBody> found = TolerantJson.parse(body).flatMap(OpenAiFaults::errorBody);
    if (status == 200) {
      return found
          .map(error -> inStream(words, error))
          .orElseGet(() -> words.classify(status, body, after));
    }
    return classify(words, status, found.orElseGet(() -> new ErrorBody(body, "", "")), after);
  }

  /** The error that an event or a piece of JSON carries. */
  static Optional<ModelFault> findIn(ServiceWords words, JsonObject json) {
    return errorBody(json).map(error -> inStream(words, error));
  }

  /** The error in a line {@code error: {…}}, which has no member of that name. */
  static ModelFault ofField(ServiceWords words, JsonObject json) {
    return inStream(words, errorBody(json).orElseGet(() -> of(json)));
  }

  private static Optional<ErrorBody> errorBody(JsonObject json) {
    Object error = json.getValue("error");
    Object detail = json.getValue("detail");
    if (error instanceof JsonObject object) {
      return Optional.of(of(object));
    }
    if (error instanceof String text) {
      return Optional.of(new ErrorBody(text, "", ""));
    }
    if (detail instanceof JsonObject object) {
      return Optional.of(of(object));
    }
    if (detail instanceof String text) {
      return Optional.of(new ErrorBody(text, "", ""));
    }
    if (detail instanceof JsonArray array) {
      return Optional.of(new ErrorBody(array.encode(), "", ""));
    }
    return json.getValue("message") instanceof String ? Optional.of(of(json)) : Optional.empty();
  }

  private static ErrorBody of(JsonObject error) {
    String message = TolerantJson.text(error, "message");
    Object code = error.getValue("code");
    return new ErrorBody(
        message.isEmpty() ? TolerantJson.text(error, "error") : message,
        code == null ? "" : code.toString(),
        TolerantJson.text(error, "type"));
  }

  /** In a stream there is no status, but what the error itself says. */
  private static ModelFault inStream(ServiceWords words, ErrorBody error) {
    int status = error.code.matches("[1-9]\\d\\d") ? Integer.parseInt(error.code) : 0;
    if (status == 0) {
      status =
          switch (error.type) {
            case "invalid_request_error", "BadRequestError" -> 400;
            case "authentication_error" -> 401;
            case "permission_error" -> 403;
            case "not_found_error", "NotFoundError" -> 404;
            case "rate_limit_error", "rate_limit_exceeded", "insufficient_quota" -> 429;
            default -> 500;
          };
    }
    return classify(words, status, error, Duration.ZERO);
  }

  private static ModelFault classify(
      ServiceWords words, int status, ErrorBody error, Duration after) {
    String message = error.message;
    String said = (error.code + " " + error.type + " " + message).toLowerCase(Locale.ROOT);
    if (said.contains("insufficient_quota") || said.contains("billing_hard_limit")) {
      return words.quota("the credit at " + words.service() + " is used up", message);
    }
    if (said.contains("invalid_api_key")) {
      return words.unauthenticated("the key is not valid");
    }
    if (said.contains("model_not_found")) {
      return words.classify(404, "model: " + message, after);
    }
    if (said.contains("context_length") || said.contains("exceed_context_size")) {
      return words.classify(413, message, after);
    }
    if (said.contains("content_filter") || said.contains("content_policy")) {
      return ModelFault.blocked(words.service(), "the prompt", message);
    }
    if (ServiceWords.speaksOfTheSystemRole(status, message)) {
      return words.noSystemRole(message);
    }
    if (said.contains("unexpected endpoint") || said.contains("invalid url")) {
      return words.nothingThere("status " + status + ": " + ModelFault.brief(message));
    }
    ModelFault fault = words.classify(status, message, after);
    if (fault.kind() == FailureKind.INVALID_REQUEST) {
      // Whatever it says: some servers do not name the field that they do not know.
      return fault.from(
          said.contains(OpenAiSettings.NEWER_TOKENS_FIELD)
              ? ModelFault.Cause.TOKENS_FIELD
              : ModelFault.Cause.OPTION);
    }
    return status == 503 && said.contains("loading") ? fault.from(ModelFault.Cause.LOADING) : fault;
  }
}
