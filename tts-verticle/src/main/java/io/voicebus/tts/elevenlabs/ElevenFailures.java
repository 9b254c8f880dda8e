package io.voicebus.tts.elevenlabs;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.tts.service.ServiceUtterance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the service's errors mean and what to do about them. The name of the error decides; the
 * close code is 1008 for almost all of them. The service's own words are not passed on: they may
 * hold the text.
 */
final class ElevenFailures {
  private static final Failure KEY =
      failure(
          FailureKind.UNAUTHENTICATED,
          "ElevenLabs does not accept the key: check ELEVENLABS_API_KEY (elevenlabs-api-key)");
  private static final Failure PERMISSION =
      failure(
          FailureKind.UNAUTHENTICATED,
          "the ElevenLabs key may not do this: give it the permission for text to speech");
  private static final Failure PLAN =
      failure(
          FailureKind.QUOTA,
          "the ElevenLabs plan does not include this: choose another model, voice or"
              + " elevenlabs-format, or a larger plan");
  private static final Failure BLOCKED_ACCOUNT =
      failure(
          FailureKind.QUOTA,
          "ElevenLabs has blocked free use from this account or network: a paid plan is needed");
  private static final Failure CREDITS =
      failure(
          FailureKind.QUOTA,
          "the ElevenLabs credits are used up: add some, or choose another engine");
  private static final Failure VOICE =
      failure(
          FailureKind.NOT_FOUND,
          "this ElevenLabs account has no such voice: choose another (elevenlabs-voice)");
  private static final Failure MODEL =
      failure(
          FailureKind.INVALID_REQUEST,
          "this ElevenLabs model cannot speak this way, or not with this voice: choose another"
              + " (elevenlabs-model), such as eleven_flash_v2_5, or elevenlabs-transport=auto");
  private static final Failure PARAMETERS =
      failure(
          FailureKind.INVALID_REQUEST,
          "ElevenLabs does not accept the settings: check elevenlabs-format and elevenlabs-model");
  private static final Failure SCHEMA =
      failure(
          FailureKind.INTERNAL,
          "ElevenLabs did not understand a message of ours; please report it");
  private static final Failure LENGTH =
      failure(FailureKind.TOO_LARGE, "the text is too long for ElevenLabs; send less at once");
  private static final Failure BUSY =
      failure(
          FailureKind.RATE_LIMITED,
          "the ElevenLabs plan allows no more at once; it is tried again when there is room");
  private static final Failure RATE =
      failure(
          FailureKind.RATE_LIMITED, "ElevenLabs is asked too often; it is asked again in a moment");
  private static final Failure SOCKET_FULL =
      failure(
          FailureKind.RATE_LIMITED,
          "an ElevenLabs WebSocket takes no more at once; another one is used");
  private static final Failure SERVER =
      failure(FailureKind.UNAVAILABLE, "ElevenLabs has a fault or is overloaded; try again later");
  private static final Failure ELSEWHERE =
      failure(
          FailureKind.UNAVAILABLE,
          "what answers for ElevenLabs is something else: check elevenlabs-base-url, and whether"
              + " this network wants a sign-in first");
  private static final Failure LOST =
      failure(FailureKind.UNAVAILABLE, "the connection to ElevenLabs was lost; try again");

  private static final Failure SILENT =
      failure(
          FailureKind.INVALID_REQUEST,
          "ElevenLabs sent no sound for this text, again and again; try another voice or model");

  private static final Failure CUT_SHORT =
      failure(FailureKind.LOST, "ElevenLabs ended before the last word; try again");

  private static final Failure STRANGER =
      failure(
          FailureKind.UNAVAILABLE,
          "what answers is not ElevenLabs, or not with what was asked for: check"
              + " elevenlabs-base-url and elevenlabs-format");

  private static final Map<String, Failure> BY_NAME =
      Map.ofEntries(
          Map.entry("invalid_api_key", KEY),
          Map.entry("unauthorized", KEY),
          Map.entry("authentication_required", KEY),
          Map.entry("needs_authorization", KEY),
          Map.entry("missing_permissions", PERMISSION),
          Map.entry("voice_id_does_not_exist", VOICE),
          Map.entry("voice_not_found", VOICE),
          Map.entry("unsupported_model", MODEL),
          Map.entry("model_not_found", MODEL),
          Map.entry("invalid_parameters", PARAMETERS),
          Map.entry("quota_exceeded", CREDITS),
          Map.entry("detected_unusual_activity", BLOCKED_ACCOUNT),
          Map.entry("paid_plan_required", PLAN),
          Map.entry("subscription_required", PLAN),
          Map.entry("output_format_not_allowed", PLAN),
          Map.entry("only_for_creator+", PLAN),
          Map.entry("invalid_input_message", SCHEMA),
          Map.entry("max_character_limit_exceeded", LENGTH),
          Map.entry("text_too_long", LENGTH),
          Map.entry("max_active_conversations", SOCKET_FULL),
          Map.entry("too_many_concurrent_requests", BUSY),
          Map.entry("concurrent_limit_exceeded", BUSY),
          Map.entry("rate_limit_exceeded", RATE),
          Map.entry("system_busy", SERVER),
          Map.entry("something_went_wrong", SERVER),
          Map.entry("input_timeout_exceeded", LOST));

  /** What the kind of an error means where its name tells nothing. */
  private static final Map<String, Failure> BY_TYPE =
      Map.of(
          "authentication_error", KEY,
          "authorization_error", PERMISSION,
          "quota_error", CREDITS,
          "rate_limit_error", BUSY,
          "not_found", VOICE);

  private static final String REQUEST = " (ElevenLabs request ";

  /** The service's words of an error, without the text that is spoken. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+){1,8}");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** What a reason or a message says where the name tells nothing. */
  private static final List<Map.Entry<String, Failure>> BY_WORDS =
      List.of(
          Map.entry("api key", KEY),
          Map.entry("authenticat", KEY),
          Map.entry("quota", CREDITS),
          Map.entry("credit", CREDITS),
          Map.entry("voice_id", VOICE),
          Map.entry("concurrent", BUSY),
          Map.entry("overloaded", SERVER),
          Map.entry("rate limit", RATE),
          Map.entry("text input within", LOST),
          Map.entry("model", MODEL));

  private ElevenFailures() {}

  /** The failure for an error frame. */
  static Failure ofError(String name, String message, int code) {
    Failure known = BY_NAME.get(name);
    return known == null ? named(ofClose(code, message), name) : known;
  }

  /** The failure, and by what name the service calls it, if it is a name that is not known here. */
  private static Failure named(Failure failure, String name) {
    return NAME.matcher(name).matches()
        ? failure(failure.kind(), failure.detail() + " (it is called " + name + ")")
        : failure;
  }

  /** The failure for a WebSocket that closed, or for an unknown error. */
  static Failure ofClose(int code, @Nullable String reason) {
    String words = reason == null ? "" : reason.strip();
    Failure told = BY_NAME.get(words);
    if (told == null) {
      told = byWords(words);
    }
    if (told != null) {
      return told;
    }
    return switch (code) {
      case 1008 ->
          named(
              failure(
                  FailureKind.INVALID_REQUEST,
                  "ElevenLabs refused the request and did not say why in terms known here"),
              words);
      case 1009 -> MODEL;
      default -> LOST;
    };
  }

  /**
   * The failure for an answer that is no success, to an upgrade or a request. The name in its body
   * decides, then the kind of error that the body names, then its words, and the status last.
   */
  static Failure ofStatus(int status, String body) {
    Object detail = detail(body);
    Failure known = null;
    if (detail instanceof JsonObject fields) {
      known = BY_NAME.get(text(fields, "code"));
      if (known == null) {
        known = BY_NAME.get(text(fields, "status"));
      }
      if (known == null) {
        known = BY_TYPE.get(text(fields, "type"));
      }
    } else if (detail instanceof String words) {
      known = byWords(words);
    }
    Failure why = known == null ? byStatus(status) : known;
    return detail instanceof JsonObject fields ? identified(why, text(fields, "request_id")) : why;
  }

  private static Failure byStatus(int status) {
    return switch (status) {
      case 401 -> KEY;
      case 403 -> PERMISSION;
      case 402 -> PLAN;
      case 404 -> VOICE;
      case 408 -> LOST;
      case 429 -> BUSY;
      // A redirect, or a page in place of a WebSocket, says nothing of what was asked.
      default -> status < 400 ? ELSEWHERE : status >= 500 ? SERVER : PARAMETERS;
    };
  }

  /** Adds the service's id of the request to a failure, for questions to the service. */
  static Failure identified(Failure failure, String requestId) {
    return ID.matcher(requestId).matches() && !failure.detail().contains(REQUEST)
        ? failure(failure.kind(), failure.detail() + REQUEST + requestId + ")")
        : failure;
  }

  /** What an ending means; empty for a good one. */
  static Optional<Failure> ofEnding(ServiceUtterance.Ending ending) {
    return switch (ending) {
      case WHOLE -> Optional.empty();
      case SILENT -> Optional.of(SILENT);
      case CUT_SHORT -> Optional.of(CUT_SHORT);
    };
  }

  /**
   * The failure for an answer that is neither sound nor an error.
   *
   * @param what the kind of content that came; empty if it is not known
   */
  static Failure stranger(String what) {
    return what.isEmpty()
        ? STRANGER
        : failure(STRANGER.kind(), STRANGER.detail() + " (" + what + ")");
  }

  /** Whether it says that too often was asked, whatever is under way. */
  static boolean isOfRate(Failure why) {
    return why.detail().startsWith(RATE.detail());
  }

  /** Whether it says that one WebSocket has no room, whatever the plan has. */
  static boolean isOfSocket(Failure why) {
    return why.detail().startsWith(SOCKET_FULL.detail());
  }

  /** Whether it says that the key is no key, or not any more. */
  static boolean isOfKey(Failure why) {
    return why.detail().startsWith(KEY.detail());
  }

  /** Whether it says that a model does not speak over WebSockets. */
  static boolean isOfModel(Failure why) {
    return why.detail().startsWith(MODEL.detail());
  }

  /**
   * The failure for a connection that could not be opened.
   *
   * @param trouble the reason; empty if it is only that the service does not answer
   */
  static Failure unreachable(Optional<String> trouble) {
    return failure(
        FailureKind.UNAVAILABLE,
        "ElevenLabs cannot be reached: "
            + trouble
                .map(known -> known + " (elevenlabs-base-url)")
                .orElse("check the network and elevenlabs-base-url"));
  }

  /** The failure for contexts that all stayed without a sound. */
  static Failure unanswered() {
    return failure(
        FailureKind.TIMEOUT, "ElevenLabs takes the text and sends nothing; try again later");
  }

  /** The failure for a WebSocket that does not answer, or stops in the middle of a chunk. */
  static Failure lost() {
    return LOST;
  }

  private static @Nullable Failure byWords(String text) {
    String words = text.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Failure> entry : BY_WORDS) {
      if (words.contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static @Nullable Object detail(String body) {
    try {
      return new JsonObject(body).getValue("detail");
    } catch (DecodeException e) {
      return null;
    }
  }

  private static String text(JsonObject fields, String name) {
    return fields.getValue(name) instanceof String text ? text : "";
  }

  private static Failure failure(FailureKind kind, String detail) {
    return new Failure(Stage.SPEECH, kind, detail);
  }
}
