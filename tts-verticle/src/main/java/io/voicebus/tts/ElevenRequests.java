package io.voicebus.tts;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.voicebus.contract.Clock;
import io.voicebus.contract.Failure;
import io.voicebus.contract.FailureKind;
import io.voicebus.contract.Stage;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ElevenLabs over HTTP: one request for each utterance, as many at once as the plan allows; the
 * others wait. Lives on one context.
 */
final class ElevenRequests {
  /** Each belongs to a slot of a worker, so there are never many. */
  private static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(ElevenRequests.class);

  private final Vertx vertx;
  private final Clock clock;
  private final ElevenSettings settings;
  private final ElevenTimes times;
  private final HttpClient client;
  private final ElevenLimit limit;
  private final ArrayDeque<ElevenUtterance> waiting = new ArrayDeque<>();
  private final Set<ElevenRequest> active = new HashSet<>();
  private int failures;
  private boolean closed;

  ElevenRequests(
      Vertx vertx, Clock clock, ElevenSettings settings, ElevenTimes times, HttpClient client) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.times = times;
    this.client = client;
    this.limit = new ElevenLimit(times, settings.maxConcurrent());
  }

  /**
   * Opens a connection, so that the first utterance need not, with a question that costs nothing.
   *
   * @return fails if the service does not accept the key
   */
  Future<Void> warm() {
    return client
        .request(options(HttpMethod.GET, settings.path("models")))
        .compose(request -> request.send())
        .compose(
            response -> response.body().map(body -> judge(response.statusCode(), body.toString())))
        .otherwise(why -> ElevenFailures.unreachable())
        .compose(
            why -> {
              if (why.kind() == FailureKind.UNAUTHENTICATED) {
                return Future.failedFuture(why.toException());
              }
              if (why.kind() == FailureKind.UNAVAILABLE) {
                LOG.warn("ElevenLabs is not ready: {}", why.detail());
              }
              return Future.succeededFuture();
            });
  }

  /** Of kind {@code CANCELLED} for nothing. */
  private static Failure judge(int status, String body) {
    return status == 401 || status >= 500
        ? ElevenFailures.ofStatus(status, body, "")
        : new Failure(Stage.SPEECH, FailureKind.CANCELLED, "");
  }

  void speak(ElevenUtterance utterance) {
    waiting.removeIf(ElevenUtterance::over);
    if (waiting.size() >= MAX_WAITING) {
      utterance.fail(
          new Failure(
              Stage.SPEECH,
              FailureKind.RATE_LIMITED,
              MAX_WAITING + " utterances wait for ElevenLabs already; try again later"));
      return;
    }
    waiting.addLast(utterance);
    pump();
  }

  /** Begins what there is room for, in the order in which it came. */
  private void pump() {
    waiting.removeIf(ElevenUtterance::over);
    if (closed || waiting.isEmpty()) {
      return;
    }
    long now = clock.nanoTime();
    if (limit.waitNanos(now) > 0) {
      pumpIn(limit.waitNanos(now));
      return;
    }
    while (!waiting.isEmpty() && active.size() < limit.most(now)) {
      begin(waiting.removeFirst());
    }
    if (!waiting.isEmpty() && active.isEmpty()) {
      pumpIn(times.retry().toNanos());
    }
  }

  private void pumpIn(long nanos) {
    vertx.setTimer(nanos / 1_000_000 + 1, id -> pump());
  }

  private void begin(ElevenUtterance utterance) {
    ElevenRequest request = new ElevenRequest(utterance);
    active.add(request);
    utterance.onOver(() -> vertx.runOnContext(go -> request.stop()));
    request.http.begin(
        client,
        options(HttpMethod.POST, settings.httpUri(utterance.voice()))
            .putHeader("content-type", "application/json"),
        Buffer.buffer(utterance.body(settings).encode()));
  }

  private RequestOptions options(HttpMethod method, String uri) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(settings.baseUrl().getHost())
        .setPort(settings.port())
        .setSsl(settings.secure())
        .setURI(uri)
        .setConnectTimeout(times.connect().toMillis())
        .putHeader("xi-api-key", settings.apiKey());
  }

  void close() {
    closed = true;
    List.copyOf(active).forEach(ElevenRequest::stop);
    waiting.clear();
  }

  /** One utterance being asked for. */
  private final class ElevenRequest implements SpeechRequest.Listener {
    private final ElevenUtterance utterance;
    private final SpeechRequest http = new SpeechRequest(this);
    private final JsonLines lines = new JsonLines(this::line);
    private String requestId = "";

    ElevenRequest(ElevenUtterance utterance) {
      this.utterance = utterance;
    }

    @Override
    public void accepted(UnaryOperator<String> headers) {
      requestId = headers.apply("request-id");
      limit.taken();
      failures = 0;
      limit.told(ElevenSocket.number(headers.apply("maximum-concurrent-requests")));
      String type = headers.apply("content-type");
      boolean audio = type.startsWith("audio/") && !type.startsWith("audio/mpeg");
      boolean json = type.contains("json") || type.startsWith("text/event-stream");
      if (settings.timings() ? !json : !audio) {
        fail(ElevenFailures.stranger());
      }
    }

    @Override
    public void piece(byte[] bytes) {
      if (!settings.timings()) {
        utterance.accept(bytes, Optional.empty());
        return;
      }
      try {
        lines.feed(bytes);
      } catch (RuntimeException e) { // no JSON, or of other types
        fail(ElevenFailures.stranger());
      }
    }

    private void line(String json) {
      if (!utterance.over()) {
        ElevenMessage message = new ElevenMessage(json);
        if (message.detail().isPresent()) {
          fail(ElevenFailures.ofStatus(500, json, requestId));
        } else {
          utterance.accept(message.audio(), message.timing());
        }
      }
    }

    @Override
    public void ended() {
      if (over()) {
        try {
          lines.end();
          utterance.end();
        } catch (RuntimeException e) { // it was cut within a line
          again(ElevenFailures.lost());
        }
        pump();
      }
    }

    @Override
    public void refused(int status, UnaryOperator<String> headers, String body) {
      if (!over()) {
        return;
      }
      String id = headers.apply("request-id");
      Failure why =
          ElevenFailures.ofStatus(status, body, id.isEmpty() ? headers.apply("x-trace-id") : id);
      long now = clock.nanoTime();
      if (why.kind() == FailureKind.RATE_LIMITED) {
        limit.refused(
            active.size(), ElevenSocket.number(headers.apply("maximum-concurrent-requests")), now);
        LOG.info("ElevenLabs takes {} utterances at once: the others wait", limit.most(now));
      }
      int seconds = ElevenSocket.number(headers.apply("retry-after"));
      if (seconds > 0) {
        limit.waitFor(seconds * 1_000_000_000L, now);
      }
      again(why);
      pump();
    }

    @Override
    public void broken(boolean connected) {
      if (over()) {
        again(connected ? ElevenFailures.lost() : ElevenFailures.unreachable());
        pump();
      }
    }

    /** Tries once more what may succeed and was not heard; there is no hurry after a fault. */
    private void again(Failure why) {
      if (closed) {
        return;
      }
      boolean busy = why.kind() == FailureKind.RATE_LIMITED;
      if (why.kind().retryable() && utterance.complete()) {
        utterance.end();
      } else if (busy
          ? utterance.fresh()
          : why.kind() == FailureKind.UNAVAILABLE && utterance.move()) {
        if (!busy) {
          failures++;
          limit.waitFor(times.retryNanos(failures), clock.nanoTime());
        }
        waiting.addFirst(utterance);
      } else {
        utterance.fail(ElevenFailures.known(why, requestId));
      }
    }

    private void fail(Failure why) {
      http.cancel();
      if (over()) {
        utterance.fail(ElevenFailures.known(why, requestId));
        pump();
      }
    }

    /** Whether it was under way until now. */
    private boolean over() {
      return active.remove(this);
    }

    void stop() {
      if (over()) {
        http.cancel();
        pump();
      }
    }
  }
}
