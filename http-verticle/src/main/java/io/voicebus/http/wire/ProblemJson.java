package io.voicebus.http.wire;

/** {@code application/problem+json} (RFC 9457). */
final class ProblemJson implements ErrorDialect {
  static final String CONTENT_TYPE = "application/problem+json";

  @Override
  public String contentType() {
    return CONTENT_TYPE;
  }

  @Override
  public String body(Problem problem) {
    return body(problem, "");
  }

  @Override
  public String body(Problem problem, String base) {
    return problem.toJson(base);
  }
}
