package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads Gemini's errors. */
final class GeminiFaults {
  private GeminiFaults() {}

  /**
   * Reads a response that is no stream.
   *
   * @param status of HTTP
   * @param body whatever it is
   * @param after what its headers say
   */
  static ModelFault ofResponse(ServiceWords words, int status, String body, Duration after) {
    Optional<JsonObject> json = TolerantJson.parse(body);
    Optional<ModelFault> told =
        status == 200 ? json.flatMap(said -> findIn(words, said)) : Optional.empty();
    if (told.isPresent()) {
      return told.get();
    }
    JsonObject error =
        json.map(said -> TolerantJson.object(said, "error")).orElse(new JsonObject());
    if (error.isEmpty() && (status != 200 || json.isEmpty())) {
      error = new JsonObject().put("message", body);
    }
    return classify(words, status, error, after);
  }

  /** The error that an event or a piece of JSON carries. */
  static Optional<ModelFault> findIn(ServiceWords words, JsonObject json) {
    if (!(json.getValue("error") instanceof JsonObject error)) {
      return Optional.empty();
    }
    int code = TolerantJson.number(error, "code");
    return Optional.of(classify(words, code, error, Duration.ZERO));
  }

  private static ModelFault classify(
      ServiceWords words, int status, JsonObject error, Duration after) {
    String message = TolerantJson.text(error, "message");
    if (ServiceWords.speaksOfTheSystemRole(status, message)) {
      return words.noSystemRole(message);
    }
    return switch (status) {
      case 400 -> badRequest(words, error, message);
      case 429 -> tooMany(words, error, message, after);
      default -> words.classify(status, message, after);
    };
  }

  private static ModelFault badRequest(ServiceWords words, JsonObject error, String message) {
    boolean key =
        TolerantJson.objects(error, "details").stream()
            .anyMatch(detail -> TolerantJson.text(detail, "reason").startsWith("API_KEY_"));
    if (key) {
      return words.unauthenticated("the key is not valid");
    }
    if (TolerantJson.text(error, "status").equals("FAILED_PRECONDITION")) {
      return ModelFault.of(
          FailureKind.INVALID_REQUEST,
          words.service()
              + " does not serve this account from here: enable billing for the key's project ("
              + ModelFault.brief(message)
              + ")",
          0);
    }
    ModelFault fault = words.badRequest(message);
    return message.toLowerCase(Locale.ROOT).contains("thinking")
        ? fault.from(ModelFault.Cause.OPTION)
        : fault;
  }

  private static ModelFault tooMany(
      ServiceWords words, JsonObject error, String message, Duration headers) {
    Duration after = headers;
    for (JsonObject detail : TolerantJson.objects(error, "details")) {
      for (JsonObject violation : TolerantJson.objects(detail, "violations")) {
        if (TolerantJson.text(violation, "quotaId").contains("PerDay")) {
          return words.quota(words.service() + "'s allowance of the day is used up", message);
        }
      }
      if (TolerantJson.text(detail, "@type").endsWith("RetryInfo")) {
        after = RetryAfter.seconds(TolerantJson.text(detail, "retryDelay")).orElse(after);
      }
    }
    return words.classify(429, message, after);
  }
}
