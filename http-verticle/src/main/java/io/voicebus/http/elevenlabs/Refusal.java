package io.voicebus.http.elevenlabs;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;

/** What is refused, in ElevenLabs' words. */
final class Refusal {
  /** What the service itself makes where nothing is said. */
  static final String USUAL_FORMAT = "mp3_44100_128";

  private static final String CODE = "code";
  private static final String PARAM = "param";

  private Refusal() {}

  /** A body that is not what its schema says: 422 with a list of places. */
  static ProblemException schema(ProblemException why) {
    Problem problem = why.problem();
    if (problem.status() != 400 || !problem.type().equals("invalid-request")) {
      return why;
    }
    return new Problem(
            problem.type(),
            problem.title(),
            422,
            problem.detail(),
            problem.stage(),
            problem.headers(),
            problem.members())
        .toException();
  }

  /** The same for one of its fields. */
  static ProblemException field(String name, String code, String detail) {
    return new Problem("invalid-request", "The request cannot be served as it is", 422, detail)
        .withMember(PARAM, name)
        .withMember(CODE, code)
        .toException();
  }

  /** Of this name; 400 with those that there are. */
  static AudioCoding coding(String outputFormat) {
    try {
      return AudioCoding.elevenLabs(outputFormat);
    } catch (UnsupportedAudioException e) {
      throw of(
          FailureKind.INVALID_REQUEST,
          "output_format",
          "unsupported_output_format",
          String.valueOf(e.getMessage()));
    }
  }

  /** Too many characters. */
  static ProblemException textTooLong(String detail) {
    return of(FailureKind.TOO_LARGE, "text", "text_too_long", detail);
  }

  static ProblemException of(FailureKind kind, String param, String code, String detail) {
    return ProblemMapping.of(kind, detail)
        .withMember(PARAM, param)
        .withMember(CODE, code)
        .toException();
  }

  /** What is told of a turn that failed. */
  static Problem of(Failure failure) {
    return failure.stage() == Stage.SPEECH && failure.kind() == FailureKind.NOT_FOUND
        ? of(FailureKind.NOT_FOUND, VoiceIds.PARAM, "voice_not_found", failure.detail()).problem()
        : ProblemMapping.of(failure);
  }
}
