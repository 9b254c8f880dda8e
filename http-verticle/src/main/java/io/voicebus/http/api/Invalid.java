package io.voicebus.http.api;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.util.function.Function;

/** Errors for wrong fields, with the field's name as {@code param}. */
public final class Invalid {
  /** The usual name of the voice's field. */
  public static final String VOICE = "voice";

  private static final String PARAM = "param";
  private static final String CODE = "code";

  private Invalid() {}

  /** An error 400. */
  public static ProblemException field(String param, String detail) {
    return field(param, "invalid_value", detail);
  }

  /** An error 400 with a {@code code} of OpenAI's. */
  public static ProblemException field(String param, String code, String detail) {
    return ProblemMapping.of(FailureKind.INVALID_REQUEST, detail)
        .withMember(PARAM, param)
        .withMember(CODE, code)
        .toException();
  }

  /** An error 404. */
  public static ProblemException notFound(String param, String detail) {
    return ProblemMapping.of(FailureKind.NOT_FOUND, detail)
        .withMember(PARAM, param)
        .withMember(CODE, param + "_not_found")
        .toException();
  }

  /** An error 413. */
  public static ProblemException tooLarge(String param, String detail) {
    return ProblemMapping.of(FailureKind.TOO_LARGE, detail)
        .withMember(PARAM, param)
        .withMember(CODE, "string_above_max_length")
        .toException();
  }

  /**
   * The audio format of this name.
   *
   * @throws ProblemException 400 with the available formats
   */
  public static AudioCoding coding(
      String param, String name, Function<String, AudioCoding> codings) {
    try {
      return codings.apply(name);
    } catch (UnsupportedAudioException e) {
      throw field(param, "unsupported_format", String.valueOf(e.getMessage()));
    }
  }

  /** The error for a turn's failure. An unknown voice is a mistake of the caller. */
  public static Problem of(Failure failure, String voiceParam) {
    return failure.stage() == Stage.SPEECH && failure.kind() == FailureKind.NOT_FOUND
        ? field(voiceParam, "voice_not_found", failure.detail()).problem()
        : ProblemMapping.of(failure);
  }
}
