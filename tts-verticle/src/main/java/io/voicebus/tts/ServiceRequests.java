package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Utterances at a speech service over HTTP: one request for each, as many at once as the service
 * takes; the others wait. What fails before its first sound, in a way that may pass, is tried
 * again. Lives on one context.
 */
final class ServiceRequests implements ServiceLimit.Way {
  /** Each belongs to a slot of a worker, so there are never many. */
  private static final int MAX_WAITING = 256;

  /** A service that wants to be left alone for longer is as good as gone. */
  private static final int MAX_RETRY_AFTER_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(ServiceRequests.class);

  private final Vertx vertx;
  private final Clock clock;
  private final ServiceTimes times;
  private final HttpClient client;
  private final ServiceDialect dialect;
  private final ServiceLimit limit;
  private final ArrayDeque<ServiceUtterance> waiting = new ArrayDeque<>();
  private final Set<Request> active = new HashSet<>();
  private int failures;
  private boolean closed;

  /**
   * Requests to one service.
   *
   * @param limit how many at once are allowed, over all ways to ask the service
   */
  ServiceRequests(
      Vertx vertx,
      Clock clock,
      ServiceTimes times,
      HttpClient client,
      ServiceDialect dialect,
      ServiceLimit limit) {
    this.vertx = vertx;
    this.clock = clock;
    this.times = times;
    this.client = client;
    this.dialect = dialect;
    this.limit = limit;
    limit.add(this);
  }

  void speak(ServiceUtterance utterance) {
    waiting.removeIf(ServiceUtterance::over);
    if (waiting.size() >= MAX_WAITING) {
      utterance.fail(
          new Failure(
              Stage.SPEECH,
              FailureKind.RATE_LIMITED,
              MAX_WAITING
                  + " utterances wait for "
                  + dialect.service()
                  + " already; try again later"));
      return;
    }
    waiting.addLast(utterance);
    pump();
  }

  /** Begins what there is room for, in the order in which it came. */
  @Override
  public void pump() {
    waiting.removeIf(ServiceUtterance::over);
    if (closed || waiting.isEmpty()) {
      return;
    }
    long now = clock.nanoTime();
    if (limit.waitNanos(now) > 0) {
      vertx.setTimer(limit.waitNanos(now) / 1_000_000 + 1, id -> pump());
      return;
    }
    while (!waiting.isEmpty() && limit.room(now) > 0) {
      begin(waiting.removeFirst());
    }
  }

  private void begin(ServiceUtterance utterance) {
    Request request = new Request(utterance);
    active.add(request);
    utterance.onOver(() -> vertx.runOnContext(go -> request.stop()));
    request.http.begin(
        client,
        dialect.options(utterance).setConnectTimeout(times.connect().toMillis()),
        Buffer.buffer(dialect.body(utterance).encode()));
  }

  @Override
  public int underWay() {
    return active.size();
  }

  void close() {
    closed = true;
    List.copyOf(active).forEach(Request::stop);
    waiting.clear();
  }

  /** A header's number of up to four digits; 0 for anything else. */
  static int number(String header) {
    return header.matches("\\d{1,4}") ? Integer.parseInt(header) : 0;
  }

  /** One utterance being asked for. */
  private final class Request implements SpeechRequest.Listener {
    private final ServiceUtterance utterance;
    private final SpeechRequest http = new SpeechRequest(this);
    private final ServiceDialect.Body body;
    private String requestId = "";

    Request(ServiceUtterance utterance) {
      this.utterance = utterance;
      this.body = dialect.answer(utterance);
    }

    @Override
    public void accepted(UnaryOperator<String> headers) {
      requestId = dialect.requestId(headers);
      limit.taken();
      failures = 0;
      limit.told(number(headers.apply("maximum-concurrent-requests")));
      dialect.stranger(headers.apply("content-type")).ifPresent(this::fail);
    }

    @Override
    public void piece(byte[] bytes) {
      if (!active.contains(this)) {
        return; // nobody waits for it
      }
      try {
        body.feed(bytes).ifPresent(this::fail);
      } catch (RuntimeException e) { // not what it should be
        fail(dialect.stranger());
      }
    }

    @Override
    public void ended() {
      if (!over()) {
        return;
      }
      Optional<Failure> failure;
      try {
        failure = body.end();
      } catch (RuntimeException e) { // it was cut within something
        failure = Optional.of(dialect.lost());
      }
      failure.ifPresentOrElse(this::again, utterance::end);
      limit.freed();
    }

    @Override
    public void refused(int status, UnaryOperator<String> headers, String text) {
      if (!over()) {
        return;
      }
      requestId = dialect.requestId(headers);
      Failure why = dialect.refusal(status, text);
      long now = clock.nanoTime();
      if (why.kind() == FailureKind.RATE_LIMITED) {
        limit.refused(number(headers.apply("maximum-concurrent-requests")), now);
        LOG.info(
            "{} takes {} utterances at once: the others wait", dialect.service(), limit.most(now));
      }
      int seconds = number(headers.apply("retry-after"));
      if (seconds > MAX_RETRY_AFTER_SECONDS) {
        utterance.fail(dialect.identified(why, requestId));
      } else {
        limit.waitFor(seconds * 1_000_000_000L, now);
        again(why);
      }
      limit.freed();
    }

    @Override
    public void broken(boolean connected) {
      if (over()) {
        again(connected ? dialect.lost() : dialect.unreachable());
        limit.freed();
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
        utterance.fail(dialect.identified(why, requestId));
      }
    }

    private void fail(Failure why) {
      http.cancel();
      if (over()) {
        utterance.fail(dialect.identified(why, requestId));
        limit.freed();
      }
    }

    /** Whether it was under way until now. */
    private boolean over() {
      return active.remove(this);
    }

    void stop() {
      if (over()) {
        http.cancel();
        limit.freed();
      }
    }
  }
}
