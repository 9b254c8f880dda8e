package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;

/** Sends problems in the format of the client's API. */
public final class ProblemResponse {
  /** Where the door notes under which path the server is offered. */
  private static final String BASE = "voicebus-base";

  private ProblemResponse() {}

  /**
   * Stores the path of a proxy in a header of the request, and overwrites what the client sent
   * there: the types of problems are pages below that path.
   */
  public static void below(HttpServerRequest request, String base) {
    request.headers().set(BASE, base);
  }

  /** Answers with a problem, unless the response has begun. */
  public static void send(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    ErrorDialect dialect = dialect(request);
    response.setChunked(false);
    response.setStatusCode(problem.status());
    response.putHeader("Content-Type", dialect.contentType());
    problem.headers().forEach(response::putHeader);
    Body.end(
        response,
        dialect.body(problem, Objects.requireNonNullElse(request.headers().get(BASE), "")));
  }

  /** The format of errors for a request. */
  public static ErrorDialect dialect(HttpServerRequest request) {
    String path = request.path();
    return path == null
        ? ErrorDialect.PROBLEM_JSON
        : ErrorPaths.dialect(path, hasElevenLabsKey(request));
  }

  /**
   * The format of errors for a request that Vert.x has not seen.
   *
   * @param uri of the request, as it was sent
   * @param elevenLabsKey whether the request has the header {@code xi-api-key}
   */
  public static ErrorDialect dialect(String uri, boolean elevenLabsKey) {
    int query = uri.indexOf('?');
    return ErrorPaths.dialect(query < 0 ? uri : uri.substring(0, query), elevenLabsKey);
  }

  /** Whether it has the header {@code xi-api-key}, which only clients of ElevenLabs send. */
  public static boolean hasElevenLabsKey(HttpServerRequest request) {
    return request.headers().contains("xi-api-key");
  }
}
