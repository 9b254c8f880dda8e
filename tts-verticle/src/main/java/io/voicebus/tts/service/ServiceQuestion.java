package io.voicebus.tts.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.VoicebusException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A question to a service that costs nothing, such as which voices it has. Bound to Vert.x. */
public final class ServiceQuestion {
  /** The longest answer that is read: a list of voices has a kilobyte or two for each. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** So many times its patience is how long the end of an answer is waited for. */
  private static final int END = 3;

  private final HttpClient client;
  private final ServiceDialect dialect;
  private final Duration patience;

  /**
   * Asks through this client.
   *
   * @param patience how long the service may take until its answer begins; it may take a few times
   *     as long to end it
   */
  public ServiceQuestion(HttpClient client, ServiceDialect dialect, Duration patience) {
    this.client = client;
    this.dialect = dialect;
    this.patience = patience;
  }

  /**
   * Asks, on the caller's context.
   *
   * @return the body of a success; else it fails with a {@link VoicebusException} that says what
   *     the answer means, or that the service cannot be reached
   */
  public Future<String> ask(RequestOptions options) {
    return answer(options, this::body)
        .recover(
            why ->
                Future.failedFuture(
                    why instanceof VoicebusException
                        ? why
                        : dialect.unreachable(why).toException()));
  }

  /** Asks, on the caller's context, and passes over what the answer says. */
  public Future<Integer> status(RequestOptions options) {
    return answer(options, response -> response.end().map(response.statusCode()));
  }

  /** What is read of an answer; of a service that hangs there is none. */
  private <T> Future<T> answer(
      RequestOptions options, Function<HttpClientResponse, Future<T>> reader) {
    return client
        .request(options.setTimeout(patience.toMillis()))
        .compose(
            request ->
                request
                    .send()
                    .compose(reader)
                    .timeout(END * patience.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(
                        why -> {
                          if (why instanceof TimeoutException) {
                            request.reset();
                          }
                        }));
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
