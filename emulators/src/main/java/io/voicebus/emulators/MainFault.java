package io.voicebus.emulators;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A fault that can be named on the command line; each service has it in its own form. */
enum MainFault {
  NONE,
  /** A wrong key. */
  BAD_KEY,
  /** Too many requests; again in a second. */
  RATE_LIMIT,
  /** No money is left. */
  QUOTA,
  /** 503. */
  OVERLOADED,
  /** A proxy's page. */
  HTML,
  /** Status 200, and an error in the middle. */
  ERROR,
  /** The end comes too early, in good form. */
  TRUNCATED,
  /** The connection breaks in the middle. */
  CUT,
  /** Nothing more comes, and no end. */
  SILENCE,
  /** The end comes at once, in good form. */
  EMPTY,
  /** Another format comes than was asked for. */
  MP3,
  /** The times of the words have a null in them, where there are times. */
  NULL_TIMES,
  /** The prompt is refused. */
  BLOCKED;

  static final Set<MainFault> TEXT = EnumSet.complementOf(EnumSet.of(EMPTY, MP3, NULL_TIMES));
  static final Set<MainFault> SPEECH =
      EnumSet.of(
          NONE,
          RATE_LIMIT,
          QUOTA,
          OVERLOADED,
          ERROR,
          TRUNCATED,
          CUT,
          SILENCE,
          EMPTY,
          MP3,
          NULL_TIMES);

  /** How many pieces of audio come before a fault in the middle. */
  private static final int PIECES = 3;

  private static final OpenAiRefusal LATER =
      OpenAiRefusal.of(OpenAiError.rateLimited()).with("retry-after", "1");

  static String names(Set<MainFault> some) {
    return some.stream().map(MainFault::word).collect(Collectors.joining(", "));
  }

  /**
   * The one of this name.
   *
   * @throws IllegalArgumentException with words to act on
   */
  static MainFault of(String name, Set<MainFault> some) {
    return Arrays.stream(values())
        .filter(fault -> some.contains(fault) && fault.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no fault '" + name + "': choose one of " + names(some)));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  GeminiScript apply(GeminiScript script) {
    return switch (this) {
      case NONE, EMPTY, MP3, NULL_TIMES -> script;
      case BAD_KEY -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.badKey()));
      case RATE_LIMIT -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.rateLimited("1s")));
      case QUOTA -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.dailyQuota()));
      case OVERLOADED -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.overloaded()));
      case HTML -> GeminiScript.refuse(GeminiRefusal.html(502, "Bad Gateway"));
      case ERROR -> script.ending(GeminiEnding.errorEvent(GeminiError.overloaded()));
      case TRUNCATED -> script.ending(GeminiEnding.TRUNCATED);
      case CUT -> script.ending(GeminiEnding.RESET);
      case SILENCE -> script.ending(GeminiEnding.SILENCE);
      case BLOCKED -> script.ending(GeminiEnding.blocked("PROHIBITED_CONTENT"));
    };
  }

  OpenAiChatScript apply(OpenAiChatScript script) {
    return switch (this) {
      case NONE, EMPTY, MP3, NULL_TIMES -> script;
      case BAD_KEY -> OpenAiChatScript.refuse(OpenAiError.badKey());
      case RATE_LIMIT -> OpenAiChatScript.refuse(LATER);
      case QUOTA -> OpenAiChatScript.refuse(OpenAiError.quota());
      case OVERLOADED -> OpenAiChatScript.refuse(OpenAiError.overloaded());
      case HTML -> OpenAiChatScript.refuse(OpenAiRefusal.html(502, "Bad Gateway"));
      case ERROR -> script.ending(OpenAiEnding.errorEvent(OpenAiError.overloaded()));
      case TRUNCATED -> script.ending(OpenAiEnding.TRUNCATED);
      case CUT -> script.ending(OpenAiEnding.RESET);
      case SILENCE -> script.ending(OpenAiEnding.SILENCE);
      case BLOCKED -> script.ending(OpenAiEnding.finish("content_filter"));
    };
  }

  OpenAiSpeechScript apply(OpenAiSpeechScript script) {
    return switch (this) {
      case NONE, BLOCKED, NULL_TIMES -> script;
      case EMPTY -> script.failing(OpenAiSpeechFault.end(0));
      case MP3 -> script.failing(OpenAiSpeechFault.mp3());
      case BAD_KEY -> OpenAiSpeechScript.refuse(OpenAiError.badKey());
      case RATE_LIMIT -> OpenAiSpeechScript.refuse(LATER);
      case QUOTA -> OpenAiSpeechScript.refuse(OpenAiError.quota());
      case OVERLOADED -> OpenAiSpeechScript.refuse(OpenAiError.overloaded());
      case HTML -> OpenAiSpeechScript.refuse(OpenAiRefusal.html(502, "Bad Gateway"));
      case ERROR -> script.failing(OpenAiSpeechFault.error(OpenAiError.broken(), PIECES));
      case TRUNCATED -> script.failing(OpenAiSpeechFault.end(PIECES));
      case CUT -> script.failing(OpenAiSpeechFault.cut(PIECES));
      case SILENCE -> script.failing(OpenAiSpeechFault.hang(PIECES));
    };
  }

  ElevenScript apply(ElevenScript script) {
    return switch (this) {
      case NONE, BLOCKED -> script;
      case EMPTY -> script.failing(ElevenFault.end(0));
      case MP3 -> script.failing(ElevenFault.mp3());
      case NULL_TIMES -> script.failing(ElevenFault.nullTimes());
      case BAD_KEY -> script.failing(ElevenFault.error("invalid_api_key", 0));
      case RATE_LIMIT -> script.failing(ElevenFault.error("too_many_concurrent_requests", 0));
      case QUOTA -> script.failing(ElevenFault.error("quota_exceeded", 0));
      case OVERLOADED, HTML -> script.failing(ElevenFault.error("system_busy", 0));
      case ERROR -> script.failing(ElevenFault.error("something_went_wrong", PIECES));
      case TRUNCATED -> script.failing(ElevenFault.close(1000, PIECES));
      case CUT -> script.failing(ElevenFault.cut(PIECES));
      case SILENCE -> script.failing(ElevenFault.hang(PIECES));
    };
  }
}
