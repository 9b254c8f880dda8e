package io.voicebus.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks questions over HTTP on a schedule that never waits for an answer: what is slow is not asked
 * less often for it, and all times count from when the question was due. Lives on one context.
 */
final class LoadClient {
  private static final int MAX_CONNECTIONS = 4_000;
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final long PATIENCE_SECONDS = 60;

  private final Vertx vertx;
  private final Context context;
  private final HttpClient client;
  private final int voicebusPort;
  private final int relayPort;
  private final Clock clock = Clock.system();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  LoadClient(Vertx vertx, int voicebusPort, int relayPort) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.voicebusPort = voicebusPort;
    this.relayPort = relayPort;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
  }

  /** Questions that wait for the end of their answers. */
  int inFlight() {
    return inFlight.get();
  }

  /** The most that were in flight since this was asked last. */
  int takePeak() {
    return peak.getAndSet(0);
  }

  /**
   * Asks one question after the other.
   *
   * @param everyNanos from one question's due time to the next one's
   * @return fails as soon as one is not answered
   */
  Future<List<LoadAnswer>> ask(LoadFlow flow, List<LoadQuestion> questions, long everyNanos) {
    List<Due> dues = new ArrayList<>();
    for (LoadQuestion question : questions) {
      dues.add(new Due(flow, question, dues.size() * everyNanos));
    }
    return ask(dues, Future::succeededFuture);
  }

  /**
   * A question that is due.
   *
   * @param afterNanos after the first one
   */
  record Due(LoadFlow flow, LoadQuestion question, long afterNanos) {}

  /**
   * Asks each question when it is due.
   *
   * @param keep what is to be kept of each answer, whose sound takes a megabyte for 20 s
   * @return fails as soon as one is not answered
   */
  <K> Future<List<K>> ask(List<Due> dues, Function<LoadAnswer, Future<K>> keep) {
    Promise<List<K>> all = Promise.promise();
    context.runOnContext(
        go -> {
          long begin = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
          List<Future<K>> answers = new ArrayList<>();
          for (Due each : dues) {
            long due = begin + each.afterNanos();
            answers.add(
                at(due).compose(now -> ask(each.flow(), each.question(), due)).compose(keep));
          }
          Future.all(answers)
              .map(done -> answers.stream().map(Future::result).toList())
              .onComplete(all);
        });
    return all.future();
  }

  private Future<?> at(long due) {
    long ms = Math.max(1, (long) Math.ceil((due - clock.nanoTime()) / 1e6));
    return vertx.timer(ms);
  }

  private Future<LoadAnswer> ask(LoadFlow flow, LoadQuestion question, long due) {
    peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    RequestOptions to =
        options(flow.voicebus() ? voicebusPort : relayPort, HttpMethod.POST, flow.uri())
            .putHeader("content-type", "text/plain")
            .putHeader("accept", "audio/pcm")
            .putHeader("Turn", Integer.toString(question.number()))
            .putHeader(
                "Cut-At",
                question.cuts().stream().map(String::valueOf).collect(Collectors.joining(",")));
    return client
        .request(to)
        .compose((HttpClientRequest request) -> request.send(question.text()))
        .compose(response -> hear(flow, question, due, response))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .recover(why -> why(flow, why))
        .onComplete(over -> inFlight.decrementAndGet());
  }

  private static Future<LoadAnswer> why(LoadFlow flow, Throwable why) {
    return why instanceof IllegalStateException
        ? Future.failedFuture(why)
        : Future.failedFuture(new IllegalStateException(flow.word() + ": " + why, why));
  }

  /** A turn of Voicebus that breaks off says in its events why. */
  private Future<LoadAnswer> brokenOff(LoadFlow flow, HttpClientResponse response, Throwable why) {
    String turn = response.getHeader("Voicebus-Turn");
    Future<String> events = turn == null ? Future.succeededFuture("") : events(turn);
    return events
        .otherwise("")
        .compose(
            told ->
                Future.failedFuture(
                    new IllegalStateException(
                        flow.word()
                            + " broke off: "
                            + why.getMessage()
                            + told.substring(Math.max(0, told.lastIndexOf("event: end"))))));
  }

  private Future<LoadAnswer> hear(
      LoadFlow flow, LoadQuestion question, long due, HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return response
          .body()
          .compose(body -> Future.failedFuture(flow.word() + " answered: " + body));
    }
    List<byte[]> pcm = new ArrayList<>();
    List<Double> pcmMs = new ArrayList<>();
    Promise<LoadAnswer> answer = Promise.promise();
    response.exceptionHandler(answer::tryFail);
    response.handler(
        piece -> {
          pcmMs.add((clock.nanoTime() - due) / 1e6);
          pcm.add(piece.getBytes());
        });
    response.endHandler(
        end ->
            answer.tryComplete(
                new LoadAnswer(
                    flow,
                    question,
                    pcmMs.isEmpty() ? Double.NaN : pcmMs.get(0),
                    (clock.nanoTime() - due) / 1e6,
                    pcm,
                    pcmMs,
                    String.valueOf(response.getHeader("Voicebus-Turn")))));
    return answer.future().recover(why -> brokenOff(flow, response, why));
  }

  /** What happened in a turn of Voicebus, as server-sent events. */
  Future<String> events(String turn) {
    return get(voicebusPort, "/v1/turns/" + turn + "/events");
  }

  /** What Voicebus tells of itself. */
  Future<String> status() {
    return get(voicebusPort, "/v1/status");
  }

  /** Its figures, for Prometheus. */
  Future<String> metrics() {
    return get(voicebusPort, "/metrics");
  }

  /** The relay's milestones since this was asked last. */
  Future<String> traces() {
    return get(relayPort, "/traces");
  }

  /** On the client's context, so that no piece of a response comes before there is who takes it. */
  private Future<String> get(int port, String uri) {
    Promise<String> body = Promise.promise();
    context.runOnContext(
        go ->
            client
                .request(options(port, HttpMethod.GET, uri))
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .map(Buffer::toString)
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .onComplete(body));
    return body.future();
  }

  private static RequestOptions options(int port, HttpMethod method, String uri) {
    return new RequestOptions().setHost("127.0.0.1").setPort(port).setMethod(method).setURI(uri);
  }
}
