package io.voicebus.http.wire;

/**
 * How an error is written. Clients of other services read their own service's shape and nothing
 * else, so the path decides, whether an endpoint, the router or the door answers.
 */
public interface ErrorDialect {
  /** RFC 9457: for all but what imitates another service. */
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
   * @param base the path under which the server is offered, without a slash at its end
   */
  String body(Problem problem, String base);

  /** The same, of a server without such a path; fit for an event of a stream, too. */
  String body(Problem problem);
}
