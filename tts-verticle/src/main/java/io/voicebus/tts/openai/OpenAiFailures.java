package io.voicebus.tts.openai;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.tts.service.ServiceUtterance;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the errors of OpenAI-compatible speech servers mean and what to do about them. The server's
 * own words are not passed on: they may hold the text. Its names for the error are.
 */
final class OpenAiFailures {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]{1,64}");

  private static final String RATE =
      "the speech server is asked too often; it is asked again in a moment";

  private static final String STARTS = "the speech server still loads its model; it is waited for";

  /** OpenAI's error code and types for limits by the minute. */
  private static final Pattern RATE_NAMES =
      Pattern.compile("rate_limit_exceeded|\\b(requests|tokens)\\b");

  /**
   * How servers without a code for it refuse a voice.
   *
   * <pre>
   * {"detail":{"error":"validation_error","message":"Voice 'bob' not found. Available voices: …"}}
   * {"detail":"Unknown voice: bob"}
   * {"detail":[{"type":"enum","loc":["body","voice"],"msg":"…"}]}
   * </pre>
   */
  private static final Pattern NO_VOICE =
      Pattern.compile(
          """
          "voice"\\s{0,4}+\\]                                           # the place of a wrong field
          | \\bvoice\\b [^.{}]{0,120}? \\b (?:not\\ found|not\\ supported|not\\ available|not\\ exist|unknown|invalid)\\b
          | \\b (?:no\\ such|unknown|invalid|unsupported)\\ voice\\b
          """,
          Pattern.COMMENTS | Pattern.CASE_INSENSITIVE);

  private static final int LEAST_ERROR = 400;

  private OpenAiFailures() {}

  /** The failure for an answer that is no success. */
  static Failure ofStatus(int status, String body) {
    if (status < LEAST_ERROR) { // a redirect says nothing of what was asked
      return failure(
          FailureKind.UNAVAILABLE,
          "the speech server's address leads elsewhere (status "
              + status
              + "): check openai-speech-base-url, and whether this network wants a sign-in first");
    }
    JsonObject error = error(body);
    String code = text(error, "code");
    String type = text(error, "type");
    String param = text(error, "param");
    String said = name(code.isEmpty() ? type : code);
    String all = (code + " " + type).toLowerCase(Locale.ROOT);
    if (all.contains("insufficient_quota") || status == 402) {
      return failure(
          FailureKind.QUOTA,
          "the credits of the speech server are used up: add some, or choose another engine"
              + said);
    }
    if (all.contains("content_policy") || all.contains("moderation")) {
      return failure(FailureKind.BLOCKED, "the speech server refuses to say this" + said);
    }
    if (all.contains("invalid_api_key") || status == 401) {
      return failure(
          FailureKind.UNAUTHENTICATED,
          "the speech server does not accept the key: check OPENAI_SPEECH_API_KEY"
              + " (openai-speech-api-key)"
              + said);
    }
    if (param.equals("voice") || all.contains("voice_not_found") || refusesVoice(status, body)) {
      return failure(
          FailureKind.NOT_FOUND,
          "the speech server has no such voice: choose another (openai-speech-voice)" + said);
    }
    if (status == 404 || all.contains("model_not_found") || param.equals("model")) {
      return failure(
          FailureKind.INVALID_REQUEST,
          "the speech server has no such model or path: check openai-speech-model and"
              + " openai-speech-base-url, which mostly ends in /v1"
              + said);
    }
    if (status == 429 && RATE_NAMES.matcher(all).find()) {
      return failure(FailureKind.RATE_LIMITED, RATE + said);
    }
    if (status == 503 && body.toLowerCase(Locale.ROOT).contains("loading")) {
      return failure(FailureKind.UNAVAILABLE, STARTS + said);
    }
    return byStatus(status, said);
  }

  /** Whether it says that too often was asked, whatever is under way. */
  static boolean isOfRate(Failure why) {
    return why.detail().startsWith(RATE);
  }

  private static boolean refusesVoice(int status, String body) {
    return (status == 400 || status == 404 || status == 422) && NO_VOICE.matcher(body).find();
  }

  /** Whether it says that the server has not loaded its model. */
  static boolean isOfStart(Failure why) {
    return why.detail().startsWith(STARTS);
  }

  private static Failure byStatus(int status, String said) {
    return switch (status) {
      case 403 ->
          failure(
              FailureKind.UNAUTHENTICATED,
              "the key may not do this at the speech server: give it the permission" + said);
      case 408, 504 ->
          failure(FailureKind.UNAVAILABLE, "the speech server was too slow; try again" + said);
      case 413 ->
          failure(FailureKind.TOO_LARGE, "the text is too long for the speech server; send less");
      case 429 ->
          failure(
              FailureKind.RATE_LIMITED,
              "the speech server takes no more at once; it is tried again when there is room");
      default ->
          status >= 500
              ? failure(
                  FailureKind.UNAVAILABLE,
                  "the speech server has a fault, or still loads its model; try again later" + said)
              : failure(
                  FailureKind.INVALID_REQUEST,
                  "the speech server does not accept the request: check the openai-speech-…"
                      + " settings"
                      + said
                      + (status == 400 || status == 422 ? "" : " (status " + status + ")"));
    };
  }

  /**
   * The failure for a connection that could not be opened.
   *
   * @param trouble the reason; empty if it is only that the server does not answer
   */
  static Failure unreachable(Optional<String> trouble) {
    return failure(
        FailureKind.UNAVAILABLE,
        "the speech server cannot be reached: "
            + trouble
                .map(known -> known + " (openai-speech-base-url)")
                .orElse("is it running? check openai-speech-base-url"));
  }

  static Failure lost() {
    return failure(FailureKind.UNAVAILABLE, "the speech server broke off in mid-answer; try again");
  }

  /**
   * The failure for an answer that is a success, but no speech.
   *
   * @param what the kind of content that came; empty if it is not known
   */
  static Failure stranger(String what) {
    return failure(
        FailureKind.UNAVAILABLE,
        "what the speech server sends is not speech as asked for: check openai-speech-base-url"
            + " and openai-speech-format"
            + (what.isEmpty() ? "" : " (" + what + ")"));
  }

  /** What an ending means; empty for a good one. */
  static Optional<Failure> ofEnding(ServiceUtterance.Ending ending) {
    return switch (ending) {
      case WHOLE -> Optional.empty();
      case SILENT ->
          Optional.of(
              failure(
                  FailureKind.INVALID_REQUEST,
                  "the speech server sent no sound for this text, again and again; check its model"
                      + " and voice"));
      case CUT_SHORT -> Optional.of(lost());
    };
  }

  /** What stands in the error, in whichever of the known shapes it is. */
  private static JsonObject error(String body) {
    JsonObject all;
    try {
      all = new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject();
    }
    if (all.getValue("error") instanceof JsonObject error) {
      return error;
    }
    if (all.getValue("detail") instanceof JsonObject detail) {
      Object type = detail.getValue("error");
      return type == null ? detail : new JsonObject().mergeIn(detail).put("code", type);
    }
    if (all.getValue("detail") instanceof JsonArray faults
        && !faults.isEmpty()
        && faults.getValue(0) instanceof JsonObject fault
        && fault.getValue("loc") instanceof JsonArray place
        && !place.isEmpty()) {
      return new JsonObject()
          .put("type", text(fault, "type"))
          .put("param", String.valueOf(place.getValue(place.size() - 1)));
    }
    return all;
  }

  /** A name, or a number in its place. */
  private static String text(JsonObject fields, String name) {
    Object value = fields.getValue(name);
    return value instanceof String || value instanceof Number ? value.toString() : "";
  }

  private static String name(String said) {
    return NAME.matcher(said).matches() ? " (" + said + ")" : "";
  }

  private static Failure failure(FailureKind kind, String detail) {
    return new Failure(Stage.SPEECH, kind, detail);
  }
}
