package io.voicebus.http;

import io.vertx.core.http.HttpServerResponse;

/** Sends problems. */
final class ProblemResponse {
  private ProblemResponse() {}

  /** Answers with the problem, unless the answer has begun. */
  static void send(HttpServerResponse response, Problem problem) {
    if (response.headWritten() || response.closed()) {
      return;
    }
    response.setChunked(false);
    response.setStatusCode(problem.status());
    response.putHeader("Content-Type", Problem.CONTENT_TYPE);
    problem.headers().forEach(response::putHeader);
    Body.end(response, problem.toJson());
  }
}
