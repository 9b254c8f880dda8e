package io.voicebus.emulators;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * An HTTP answer other than 200, also to an upgrade.
 *
 * @param status of HTTP
 * @param detail the body, given a request id
 */
record ElevenRefusal(int status, Function<String, JsonObject> detail) {

  /** In the form of today: the legacy name of the same thing stands in {@code status}. */
  static ElevenRefusal of(
      int status, String type, String code, String legacy, String message, String param) {
    return new ElevenRefusal(
        status,
        requestId -> {
          JsonObject detail =
              new JsonObject()
                  .put("type", type)
                  .put("code", code)
                  .put("message", message)
                  .put("status", legacy)
                  .put("request_id", requestId);
          return new JsonObject()
              .put("detail", param.isEmpty() ? detail : detail.put("param", param));
        });
  }

  static ElevenRefusal of(int status, String type, String code, String message) {
    return of(status, type, code, code, message, "");
  }

  /** As the web framework of the service says that a field is wrong. */
  static ElevenRefusal field(String type, String field, String message) {
    JsonObject fault =
        new JsonObject()
            .put("type", type)
            .put("loc", new JsonArray().add("body").add(field))
            .put("msg", message)
            .putNull("input");
    return new ElevenRefusal(
        422, requestId -> new JsonObject().put("detail", new JsonArray().add(fault)));
  }

  static ElevenRefusal unsupportedModel(String model) {
    return of(
        400,
        "validation_error",
        "unsupported_model",
        "unsupported_model",
        "Model '" + model + "' is not supported on the text-to-speech websocket endpoint.",
        "model_id");
  }

  /** With the status that goes with an error's name. */
  static ElevenRefusal named(String error) {
    int status =
        switch (error) {
          case "too_many_concurrent_requests", "rate_limit_exceeded" -> 429;
          case "system_busy" -> 503;
          case "quota_exceeded" -> 401;
          default -> 500;
        };
    return of(status, "emulated_error", error, "Refused as told.");
  }

  static ElevenRefusal badKey() {
    return of(
        401, "authentication_error", "unauthorized", "invalid_api_key", "Invalid API key", "");
  }

  static ElevenRefusal tooManyAtOnce() {
    return of(
        429,
        "rate_limit_error",
        "concurrent_limit_exceeded",
        "too_many_concurrent_requests",
        "Too many concurrent requests for your plan.",
        "");
  }

  void send(HttpServerResponse response, ElevenUsage usage, String requestId) {
    usage.refused();
    response.setStatusCode(status);
    if (status == 429) {
      limits(response, usage);
    }
    response
        .putHeader("content-type", "application/json")
        .putHeader("x-trace-id", requestId)
        .putHeader("x-region", "emulated")
        .end(detail.apply(requestId).toBuffer());
  }

  /** Of a plan that has no limit of its own here, a refusal tells this one. */
  private static final int USUAL_PLAN = 30;

  /** How much is going on and how much may, as the service tells it, where there is a limit. */
  static void limits(HttpServerResponse response, ElevenUsage usage) {
    response.putHeader("current-concurrent-requests", String.valueOf(usage.generating()));
    int most = usage.maxConcurrent();
    if (most > 0 || response.getStatusCode() == 429) {
      int told = most > 0 ? most : USUAL_PLAN;
      response.putHeader("maximum-concurrent-requests", String.valueOf(told));
    }
  }
}
