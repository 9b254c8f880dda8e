package io.voicebus.tts.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.VoicebusException;

/** A question to a service that costs nothing, such as which voices it has. Bound to Vert.x. */
public final class ServiceQuestion {
  /** The longest answer that is read: a list of voices has a kilobyte or two for each. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private final HttpClient client;
  private final ServiceDialect dialect;

  /** Asks through this client. */
  public ServiceQuestion(HttpClient client, ServiceDialect dialect) {
    this.client = client;
    this.dialect = dialect;
  }

  /**
   * Asks, on the caller's context.
   *
   * @return the body of a success; else it fails with a {@link VoicebusException} that says what
   *     the answer means, or that the service cannot be reached
   */
  public Future<String> ask(RequestOptions options) {
    return client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(this::body)
        .recover(
            why ->
                Future.failedFuture(
                    why instanceof VoicebusException
                        ? why
                        : dialect.unreachable(why).toException()));
  }

  private Future<String> body(HttpClientResponse response) {
    Promise<String> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(why -> answer.tryFail(dialect.lost().toException()));
    response.handler(
        piece -> {
          if (body.length() + piece.length() > MAX_BYTES) {
            answer.tryFail(dialect.stranger("more than 16 MiB").toException());
            response.request().reset();
          } else {
            body.appendBuffer(piece);
          }
        });
    response.endHandler(
        end -> {
          if (response.statusCode() == 200) {
            answer.tryComplete(body.toString());
          } else {
            answer.tryFail(dialect.refusal(response.statusCode(), body.toString()).toException());
          }
        });
    return answer.future();
  }
}
