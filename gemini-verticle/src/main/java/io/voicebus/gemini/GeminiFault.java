package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why one attempt to get an answer failed.
 *
 * @param kind classified
 * @param detail what to do about it
 * @param retries how often the same may be tried again, as long as nothing was heard of it
 * @param after how long the service wants to be left alone; zero when it did not say
 * @param aboutThinking whether the model does not take the thinking that was asked for
 */
record GeminiFault(
    FailureKind kind, String detail, int retries, Duration after, boolean aboutThinking) {

  /** A fault passes by itself, often: one more try than for what is slow already. */
  static final int PASSES = 2;

  /** Of what a service says, so many characters are passed on. */
  static final int MAX_MESSAGE_CHARS = 300;

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s?");

  static GeminiFault of(FailureKind kind, String detail, int retries) {
    return new GeminiFault(kind, detail, retries, Duration.ZERO, false);
  }

  /**
   * Reads a response that is no stream.
   *
   * @param status of HTTP
   * @param body whatever it is
   * @param retryAfter the header of that name, or empty
   */
  static GeminiFault ofResponse(int status, String body, String retryAfter) {
    Optional<JsonObject> json = GeminiJson.parse(body);
    Optional<GeminiFault> told =
        status == 200 ? json.flatMap(GeminiFault::findIn) : Optional.empty();
    if (told.isPresent()) {
      return told.get();
    }
    JsonObject error = json.map(said -> GeminiJson.object(said, "error")).orElse(new JsonObject());
    if (error.isEmpty() && (status != 200 || json.isEmpty())) {
      error = new JsonObject().put("message", body);
    }
    return classify(status, error, delay(retryAfter).orElse(Duration.ZERO));
  }

  /** The error that an event or a piece of JSON carries. */
  static Optional<GeminiFault> findIn(JsonObject json) {
    if (!(json.getValue("error") instanceof JsonObject error)) {
      return Optional.empty();
    }
    return Optional.of(classify(GeminiJson.number(error, "code"), error, Duration.ZERO));
  }

  /** The error in lines that were no events. */
  static Optional<GeminiFault> findIn(String strays) {
    for (int at = 0; at >= 0 && at < strays.length(); at = strays.indexOf('\n', at) + 1) {
      char first = strays.charAt(at);
      if (first == '{' || first == '[') {
        return GeminiJson.parse(strays.substring(at)).flatMap(GeminiFault::findIn);
      }
      if (strays.indexOf('\n', at) < 0) {
        break;
      }
    }
    return Optional.empty();
  }

  private static GeminiFault classify(int status, JsonObject error, Duration headerDelay) {
    String message = brief(GeminiJson.text(error, "message"));
    String said = message.isEmpty() ? "status " + status : "status " + status + ": " + message;
    return switch (status) {
      case 400 -> badRequest(error, message);
      case 401 -> unauthenticated("it wants a key");
      case 403 -> unauthenticated("the key may not use this model or service (" + message + ")");
      case 404 ->
          of(
              FailureKind.NOT_FOUND,
              "Gemini has no such model: set gemini-model to one that it serves (" + said + ")",
              0);
      case 408, 504 -> of(FailureKind.TIMEOUT, "Gemini took too long, try again (" + said + ")", 1);
      case 413 -> of(FailureKind.TOO_LARGE, "the prompt is too long for Gemini (" + said + ")", 0);
      case 429 -> tooMany(error, said, headerDelay);
      case 500, 502, 503 ->
          new GeminiFault(
              FailureKind.UNAVAILABLE,
              "Gemini cannot answer now, try again soon (" + said + ")",
              PASSES,
              headerDelay,
              false);
      default ->
          of(
              FailureKind.UNAVAILABLE,
              "Gemini answered in a way that is not expected: check gemini-base-url (" + said + ")",
              0);
    };
  }

  private static GeminiFault unauthenticated(String why) {
    return of(
        FailureKind.UNAUTHENTICATED,
        "Gemini refuses: " + why + "; set GEMINI_API_KEY to a valid key",
        0);
  }

  private static GeminiFault badRequest(JsonObject error, String message) {
    boolean key =
        GeminiJson.objects(error, "details").stream()
            .anyMatch(detail -> GeminiJson.text(detail, "reason").startsWith("API_KEY_"));
    if (key) {
      return unauthenticated("the key is not valid");
    }
    if (GeminiJson.text(error, "status").equals("FAILED_PRECONDITION")) {
      return of(
          FailureKind.INVALID_REQUEST,
          "Gemini does not serve this account from here: enable billing for the key's project ("
              + message
              + ")",
          0);
    }
    return new GeminiFault(
        FailureKind.INVALID_REQUEST,
        "Gemini does not take the request: check gemini-model and the prompt (" + message + ")",
        0,
        Duration.ZERO,
        message.toLowerCase(Locale.ROOT).contains("thinking"));
  }

  private static GeminiFault tooMany(JsonObject error, String said, Duration headerDelay) {
    Duration after = headerDelay;
    for (JsonObject detail : GeminiJson.objects(error, "details")) {
      for (JsonObject violation : GeminiJson.objects(detail, "violations")) {
        if (GeminiJson.text(violation, "quotaId").contains("PerDay")) {
          return of(
              FailureKind.QUOTA,
              "Gemini's allowance of the day is used up: wait for tomorrow, enable billing, or set"
                  + " another gemini-model ("
                  + said
                  + ")",
              0);
        }
      }
      if (GeminiJson.text(detail, "@type").endsWith("RetryInfo")) {
        after = delay(GeminiJson.text(detail, "retryDelay")).orElse(after);
      }
    }
    return new GeminiFault(
        FailureKind.RATE_LIMITED,
        "Gemini gets too many requests with this key: try again later (" + said + ")",
        PASSES,
        after,
        false);
  }

  /** Decimal seconds, with or without the unit. */
  private static Optional<Duration> delay(String text) {
    Matcher seconds = SECONDS.matcher(text.trim());
    return seconds.matches()
        ? Optional.of(
            Duration.ofMillis((long) Math.ceil(1000 * Double.parseDouble(seconds.group(1)))))
        : Optional.empty();
  }

  /** One line, not too long. */
  static String brief(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
