package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An error, before a flavour gives it its shape.
 *
 * @param status of HTTP
 * @param type a family, like {@code invalid_request_error}
 * @param code a name, a number, or nothing
 * @param param the field that is wrong, or nothing
 * @param message for people
 */
public record OpenAiError(
    int status, String type, @Nullable Object code, @Nullable String param, String message) {
  private static final String INVALID = "invalid_request_error";

  /** The code of what FastAPI finds wrong with a field by itself. */
  private static final String MISSING = "missing_required_parameter";

  /** 400: something about a field is wrong. */
  public static OpenAiError invalid(String code, String param, String message) {
    return new OpenAiError(400, INVALID, code, param, message);
  }

  /** 400: something about the request as a whole is wrong. */
  static OpenAiError invalid(String message) {
    return new OpenAiError(400, INVALID, null, null, message);
  }

  static OpenAiError missing(String param) {
    return invalid(MISSING, param, "Missing required parameter: '" + param + "'.");
  }

  /** 401: no key at all. */
  public static OpenAiError noKey() {
    return new OpenAiError(
        401,
        INVALID,
        null,
        null,
        "You didn't provide an API key. Provide it in an Authorization header using Bearer auth.");
  }

  /** 401: a key that is none. */
  public static OpenAiError badKey() {
    return new OpenAiError(
        401, INVALID, "invalid_api_key", null, "Incorrect API key provided: emul****.");
  }

  /** 404: no such model. */
  public static OpenAiError unknownModel(String model) {
    return new OpenAiError(
        404,
        INVALID,
        "model_not_found",
        null,
        "The model `" + model + "` does not exist or you do not have access to it.");
  }

  /** 429: too many requests. */
  public static OpenAiError rateLimited() {
    return new OpenAiError(
        429, "requests", "rate_limit_exceeded", null, "Rate limit reached. Try again later.");
  }

  /** 429: no money is left; trying again is of no use. */
  public static OpenAiError quota() {
    return new OpenAiError(
        429,
        "insufficient_quota",
        "insufficient_quota",
        null,
        "You exceeded your current quota, please check your plan and billing details.");
  }

  /** 500. */
  public static OpenAiError broken() {
    return new OpenAiError(
        500,
        "server_error",
        null,
        null,
        "The server had an error while processing your request. Sorry about that!");
  }

  /** 503: too much to do. */
  public static OpenAiError overloaded() {
    return new OpenAiError(503, "server_error", null, null, "The engine is currently overloaded.");
  }

  /** 503, as llama.cpp says it while it starts; its code is a number. */
  public static OpenAiError loading() {
    return new OpenAiError(503, "unavailable_error", 503, null, "Loading model");
  }

  /** Whether FastAPI itself finds this, before the server sees the request. */
  private boolean ofAField() {
    return param != null && status == 400;
  }

  /** The status that a flavour gives it. */
  int status(OpenAiFlavor flavor) {
    return flavor == OpenAiFlavor.FASTAPI && ofAField() ? 422 : status;
  }

  /** The body that a flavour gives it; also what an event with an error carries. */
  JsonObject json(OpenAiFlavor flavor) {
    return switch (flavor) {
      case OPENAI ->
          new JsonObject()
              .put(
                  "error",
                  new JsonObject()
                      .put("message", message)
                      .put("type", type)
                      .put("param", param)
                      .put("code", code));
      case FASTAPI -> new JsonObject().put("detail", detail());
      case PLAIN -> new JsonObject().put("error", message);
    };
  }

  private Object detail() {
    if (ofAField()) {
      JsonArray place = new JsonArray().add("body");
      for (String step : String.valueOf(param).split("[.\\[\\]]+", 0)) {
        boolean number = step.chars().allMatch(Character::isDigit);
        place.add(number ? (Object) Integer.valueOf(step) : step);
      }
      JsonObject fault =
          new JsonObject()
              .put("type", MISSING.equals(code) ? "missing" : code)
              .put("loc", place)
              .put("msg", MISSING.equals(code) ? "Field required" : message)
              .putNull("input");
      return new JsonArray().add(fault);
    }
    if (code == null) {
      return message;
    }
    return new JsonObject().put("error", code).put("message", message).put("type", type);
  }
}
