package io.voicebus.http.wire;

/**
 * The format of errors. Clients of other services read only the format of their own service, so the
 * path decides, also for errors of the router and of the door.
 */
public interface ErrorDialect {
  /** RFC 9457, for all paths but those of other services' APIs. */
  ErrorDialect PROBLEM_JSON = new ProblemJson();

  /** For clients of OpenAI's API. */
  ErrorDialect OPENAI = new OpenAiErrors();

  /** For clients of ElevenLabs' API. */
  ErrorDialect ELEVENLABS = new ElevenLabsErrors();

  /** The media type of the body. */
  String contentType();

  /**
   * The body, on one line.
   *
   * @param base the path of a proxy before the server's own, without a slash at its end
   */
  String body(Problem problem, String base);

  /** The body for a server without such a path; also for an event of a stream. */
  String body(Problem problem);
}
