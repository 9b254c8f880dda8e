package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks one question after another, and notes how long each takes to be heard. */
final class HonestClient {
  private static final String QUESTION = "The sky is blue because of the air. That is all.";
  private static final long PATIENCE_SECONDS = 20;

  /**
   * What came of some questions.
   *
   * @param firstAudioMs of those that were answered, in ms
   * @param failed that were not answered whole
   */
  record Asked(List<Double> firstAudioMs, int failed) {
    LoadSample sample() {
      return new LoadSample(firstAudioMs);
    }
  }

  private final HttpClient client;
  private final RequestOptions to;
  private final Clock clock = Clock.system();
  private volatile boolean going;
  private Thread asking = new Thread(() -> {});
  private Asked asked = new Asked(new ArrayList<>(), 0);

  HonestClient(Vertx vertx, int port, String token) {
    this.client = vertx.createHttpClient();
    this.to =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMethod(HttpMethod.POST)
            .setURI("/v1/speak")
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Content-Type", "text/plain");
  }

  /** Asks so many questions. */
  Asked ask(int questions) {
    Asked all = new Asked(new ArrayList<>(), 0);
    for (int i = 0; i < questions; i++) {
      all = next(all);
    }
    return all;
  }

  private Asked next(Asked before) {
    try {
      before.firstAudioMs().add(TwoNodes.await(askOnce()));
      return before;
    } catch (RuntimeException e) {
      System.err.println("an honest question failed: " + e.getMessage());
      return new Asked(before.firstAudioMs(), before.failed() + 1);
    }
  }

  /** Asks from now on. */
  void begin() {
    going = true;
    asked = new Asked(new ArrayList<>(), 0);
    asking =
        new Thread(
            () -> {
              while (going) {
                asked = next(asked);
              }
            },
            "honest");
    asking.start();
  }

  /** Asks no more. */
  Asked end() {
    going = false;
    try {
      asking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return asked;
  }

  private Future<Double> askOnce() {
    long begin = clock.nanoTime();
    return client
        .request(to)
        .compose((HttpClientRequest request) -> request.send(QUESTION))
        .compose(response -> hear(begin, response))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Future<Double> hear(long begin, HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture("status " + response.statusCode());
    }
    double[] first = {-1};
    Promise<Double> heard = Promise.promise();
    response.exceptionHandler(heard::tryFail);
    response.handler(
        piece -> {
          if (first[0] < 0) {
            first[0] = (clock.nanoTime() - begin) / 1e6;
          }
        });
    response.endHandler(end -> heard.tryComplete(first[0]));
    return heard.future();
  }
}
