package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * An error as the service words it.
 *
 * @param code the HTTP status
 * @param status the canonical name, like {@code INVALID_ARGUMENT}
 * @param message for people
 * @param details typed objects; not changed after it is made
 */
public record GeminiError(int code, String status, String message, JsonArray details) {
  private static final String TYPE = "type.googleapis.com/google.rpc.";

  /** One without details. */
  public static GeminiError of(int code, String status, String message) {
    return new GeminiError(code, status, message, new JsonArray());
  }

  /** 400: something about the request is wrong. */
  public static GeminiError invalid(String message) {
    return of(400, "INVALID_ARGUMENT", message);
  }

  /** 400: a field that the service does not have. */
  static GeminiError unknownField(String name, String at) {
    String message =
        "Invalid JSON payload received. Unknown name \""
            + name
            + "\""
            + (at.isEmpty() ? "" : " at '" + at + "'")
            + ": Cannot find field.";
    JsonObject violation = new JsonObject().put("description", message);
    if (!at.isEmpty()) {
      violation.put("field", at);
    }
    return invalid(message)
        .with(
            "BadRequest", new JsonObject().put("fieldViolations", new JsonArray().add(violation)));
  }

  /** 400: a key that is none. */
  public static GeminiError badKey() {
    String message = "API key not valid. Please pass a valid API key.";
    return invalid(message)
        .with(
            "ErrorInfo",
            new JsonObject()
                .put("reason", "API_KEY_INVALID")
                .put("domain", "googleapis.com")
                .put(
                    "metadata",
                    new JsonObject().put("service", "generativelanguage.googleapis.com")))
        .with("LocalizedMessage", new JsonObject().put("locale", "en-US").put("message", message));
  }

  /** 401: no key at all. */
  static GeminiError noKey() {
    return of(
        401,
        "UNAUTHENTICATED",
        "Request is missing required authentication credential. Expected an API key or other valid"
            + " authentication credential.");
  }

  /** 403: the key may not do this. */
  public static GeminiError forbidden() {
    return of(403, "PERMISSION_DENIED", "The caller does not have permission");
  }

  /** 404: no such model. */
  static GeminiError unknownModel(String model, String version) {
    return of(
        404,
        "NOT_FOUND",
        "models/"
            + model
            + " is not found for API version "
            + version
            + ", or is not supported for generateContent. Call ListModels to see the list of"
            + " available models and their supported methods.");
  }

  /**
   * 429: too many requests.
   *
   * @param retryDelay a protobuf duration, like {@code 8.94s}
   */
  public static GeminiError rateLimited(String retryDelay) {
    return of(429, "RESOURCE_EXHAUSTED", "Quota exceeded. Please retry in " + retryDelay + ".")
        .with("QuotaFailure", violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"))
        .with("Help", new JsonObject().put("links", new JsonArray()))
        .with("RetryInfo", new JsonObject().put("retryDelay", retryDelay));
  }

  /** 429: the day's allowance is used up; the retry delay that comes with it is of no use. */
  public static GeminiError dailyQuota() {
    return of(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.")
        .with("RetryInfo", new JsonObject().put("retryDelay", "0.05s"))
        .with("QuotaFailure", violation("GenerateRequestsPerDayPerProjectPerModel-FreeTier"));
  }

  /** 503: too much to do. */
  public static GeminiError overloaded() {
    return of(503, "UNAVAILABLE", "This model is currently overloaded.");
  }

  private static JsonObject violation(String quotaId) {
    return new JsonObject()
        .put(
            "violations",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("quotaMetric", "x/generate_content_free_tier_requests")
                        .put("quotaId", quotaId)
                        .put("quotaValue", "15")));
  }

  /** The same with one more detail. */
  public GeminiError with(String type, JsonObject detail) {
    JsonObject typed = new JsonObject().put("@type", TYPE + type).mergeIn(detail);
    return new GeminiError(code, status, message, details.copy().add(typed));
  }

  /** {@code {"error": …}}. */
  JsonObject json() {
    JsonObject error =
        new JsonObject().put("code", code).put("message", message).put("status", status);
    if (!details.isEmpty()) {
      error.put("details", details);
    }
    return new JsonObject().put("error", error);
  }
}
