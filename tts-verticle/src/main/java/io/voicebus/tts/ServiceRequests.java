package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.ConnectionTrouble;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Utterances at a speech service over HTTP: one request for each, as many at once as the service
 * takes; the others wait. What fails before its first sound, in a way that may pass, is tried
 * again. Lives on one context.
 */
final class ServiceRequests implements ServiceLimit.Way {
  /** A service that wants to be left alone for longer is as good as gone. */
  private static final Duration MOST_RETRY_AFTER = Duration.ofSeconds(60);

  /** So many first waits are between two questions to a server that is starting. */
  private static final int START_POLL = 4;

  /** How often it is asked. */
  private static final int MOST_START_POLLS = 120;

  /** So many times the usual time without a first byte are too long; and the least. */
  private static final int TOO_LONG = 3;

  private static final Duration LEAST_TOO_LONG = Duration.ofSeconds(1);

  /** How often it is looked after a request whose sound has begun. */
  private static final long LOOK_MS = 250;

  /** A connection that takes longer to be refused is not worth another try. */
  private static final Duration REFUSED_AT_ONCE = Duration.ofSeconds(1);

  /** After nobody was there it is not tried again for so long. */
  private static final Duration DESERTED = Duration.ofMillis(500);

  /** {@code audio/L16;rate=16000}, {@code audio/pcm; rate=24000}. */
  private static final Pattern RATE = Pattern.compile(";\\s*rate\\s*=\\s*\"?(?<hz>\\d{4,6})");

  private static final Logger LOG = LoggerFactory.getLogger(ServiceRequests.class);

  private final Vertx vertx;
  private final Clock clock;
  private final ServiceTimes times;
  private final HttpClient client;
  private final ServiceDialect dialect;
  private final ServiceLimit limit;
  private final WaitingLine waiting;
  private final UsualTime usual = new UsualTime();
  private final Set<Request> active = new HashSet<>();
  private boolean armed;
  private @Nullable Failure deserted;
  private long desertedAt;
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
    this.waiting = new WaitingLine(dialect.service());
    limit.add(this);
  }

  void speak(ServiceUtterance utterance) {
    if (closed) {
      return;
    }
    long now = clock.nanoTime();
    // Where nobody was a moment ago, nobody else is made to wait to learn it.
    if (deserted != null && now - desertedAt < DESERTED.toNanos()) {
      utterance.fail(deserted);
      return;
    }
    waiting.add(utterance, now);
    pump();
    long wait = limit.waitNanos(now);
    if (wait > 0 && !utterance.over()) {
      utterance.waits(wait / 1_000_000);
    }
  }

  /** Begins what there is room for, what is due first before all others. */
  @Override
  public void pump() {
    waiting.dropOver();
    if (closed || waiting.isEmpty()) {
      return;
    }
    long wait = limit.waitNanos(clock.nanoTime());
    if (wait > 0) {
      pumpIn(wait);
      return;
    }
    while (!waiting.isEmpty() && limit.room() > 0) {
      begin(waiting.first());
    }
  }

  private void pumpIn(long nanos) {
    if (!armed) {
      armed = true;
      vertx.setTimer(
          nanos / 1_000_000 + 1,
          id -> {
            armed = false;
            pump();
          });
    }
  }

  private void begin(ServiceUtterance utterance) {
    Request request = new Request(utterance);
    active.add(request);
    utterance.onOver(() -> vertx.runOnContext(go -> request.stop()));
    utterance.sent();
    request.watch();
    request.http.begin(
        client,
        dialect.options(utterance).setConnectTimeout(times.connect().toMillis()),
        Buffer.buffer(dialect.body(utterance).encode()));
  }

  /** Tries once more, at once or after a while, during which it counts as being tried. */
  private void again(ServiceUtterance utterance, Duration after) {
    if (after.isZero()) {
      waiting.add(utterance, clock.nanoTime());
    } else {
      vertx.setTimer(
          Math.max(1, after.toMillis()),
          id -> {
            if (!utterance.over()) {
              speak(utterance);
            }
          });
    }
  }

  @Override
  public int underWay() {
    return active.size();
  }

  void close() {
    closed = true;
    List.copyOf(active).forEach(Request::stop);
    waiting.takeAll(any -> true);
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
    private final long begunAt = clock.nanoTime();
    private long heardAt;
    private boolean answered;
    private boolean begun;
    private String requestId = "";

    Request(ServiceUtterance utterance) {
      this.utterance = utterance;
      this.body = dialect.answer(utterance);
    }

    /** One that is not answered when most are is asked for in another request. */
    void watch() {
      long known = usual.of(0.5).orElse(0);
      long patience =
          known > 0
              ? Math.max(LEAST_TOO_LONG.toNanos(), TOO_LONG * known)
              : times.answering().toNanos();
      if (patience > 0) {
        LateTimers.after(
            vertx,
            clock,
            patience,
            () -> {
              if (!begun && active.contains(this) && utterance.move()) {
                over();
                http.cancel();
                ServiceRequests.this.again(utterance, Duration.ZERO);
                limit.freed();
              }
            });
      }
    }

    @Override
    public void accepted(UnaryOperator<String> headers) {
      answered = true;
      deserted = null;
      requestId = dialect.requestId(headers);
      utterance.accepted(dialect.counted(headers).orElse(utterance.asked().text().length()));
      Matcher told = RATE.matcher(headers.apply("content-type"));
      if (told.find()) {
        utterance.bareRate(Integer.parseInt(told.group("hz")));
      }
      limit.told(number(headers.apply("maximum-concurrent-requests")));
      limit.taken(clock.nanoTime());
      limit.freed();
    }

    /** An end that does not come is not waited for when all was said. */
    private void lookLater() {
      vertx.setTimer(
          LOOK_MS,
          id -> {
            if (!active.contains(this)) {
              return;
            }
            boolean quiet = clock.nanoTime() - heardAt >= LOOK_MS * 1_000_000;
            if (quiet && utterance.complete()) {
              http.cancel();
              ended();
            } else {
              lookLater();
            }
          });
    }

    @Override
    public void piece(byte[] bytes) {
      if (!active.contains(this)) {
        return; // nobody waits for it
      }
      heardAt = clock.nanoTime();
      if (!begun) {
        begun = true;
        long now = clock.nanoTime();
        usual.took(now - begunAt, now);
        limit.firstByte(now - begunAt, now);
        limit.freed();
        lookLater();
      }
      try {
        body.feed(bytes).ifPresent(this::fail);
      } catch (SpokenAudio.Unplayable e) {
        fail(dialect.stranger(String.valueOf(e.getMessage())));
      } catch (RuntimeException e) { // not what it should be
        fail(dialect.stranger(""));
      }
    }

    @Override
    public void ended() {
      if (!over()) {
        return;
      }
      try {
        Optional<Failure> told = body.end();
        if (told.isPresent()) {
          again(told.get());
        } else {
          ending(utterance.ending());
        }
      } catch (SpokenAudio.Unplayable e) {
        utterance.fail(dialect.stranger(String.valueOf(e.getMessage())));
      } catch (RuntimeException e) { // it was cut within something
        again(dialect.lost());
      }
      limit.freed();
    }

    private void ending(ServiceUtterance.Ending ending) {
      Optional<Failure> why = dialect.ending(ending);
      if (why.isEmpty()) {
        utterance.end();
      } else if (ending == ServiceUtterance.Ending.SILENT && utterance.move()) {
        ServiceRequests.this.again(utterance, Duration.ZERO);
      } else {
        utterance.failEnding(
            dialect.identified(why.get(), requestId), usual.lately(clock.nanoTime()));
      }
    }

    @Override
    public void refused(int status, UnaryOperator<String> headers, String text) {
      if (!over()) {
        return;
      }
      requestId = dialect.requestId(headers);
      Failure why = dialect.refusal(status, text);
      Optional<Duration> told = RetryAfter.of(headers);
      if (dialect.adapts(status, text) && utterance.move()) {
        ServiceRequests.this.again(utterance, Duration.ZERO);
      } else if (told.isPresent() && told.get().compareTo(MOST_RETRY_AFTER) > 0) {
        utterance.fail(dialect.identified(why, requestId));
      } else if (why.kind() == FailureKind.RATE_LIMITED) {
        noRoom(why, number(headers.apply("maximum-concurrent-requests")), told);
      } else if (dialect.ofStart(why) && utterance.starts(MOST_START_POLLS)) {
        LOG.warn("{}", why.detail());
        Duration wait = told.orElse(times.retry().multipliedBy(START_POLL));
        utterance.waits(MOST_START_POLLS * wait.toMillis());
        ServiceRequests.this.again(utterance, wait);
      } else {
        again(why, told);
      }
      limit.freed();
    }

    /** Where own ones are under way, the end of one tells sooner than the service when to ask. */
    private void noRoom(Failure why, int most, Optional<Duration> told) {
      long now = clock.nanoTime();
      boolean rate = dialect.ofRate(why) && (told.isPresent() || limit.idle());
      int before = limit.slots();
      if (!rate) {
        limit.refused(most, now);
      } else if (told.isEmpty()) {
        limit.rateLimited(now);
      }
      if (told.isPresent() && (rate || limit.idle())) {
        limit.waitFor(told.get().toNanos(), now);
      }
      if (limit.slots() < before) {
        LOG.info(
            "{} takes {} utterances at once: the others wait", dialect.service(), limit.slots());
      }
      if (utterance.fresh()) {
        utterance.waits(limit.waitNanos(now) / 1_000_000);
        waiting.add(utterance, now);
      } else {
        utterance.fail(dialect.identified(why, requestId));
      }
    }

    @Override
    public void broken() {
      if (!over()) {
        return;
      }
      if (!answered && utterance.reconnect()) {
        // The server closed it while it was idle, most likely.
        ServiceRequests.this.again(utterance, Duration.ZERO);
      } else {
        again(dialect.lost());
      }
      limit.freed();
    }

    @Override
    public void unreachable(Throwable why) {
      if (!over()) {
        return;
      }
      boolean atOnce = clock.nanoTime() - begunAt < REFUSED_AT_ONCE.toNanos();
      if (atOnce && !ConnectionTrouble.lasts(why) && utterance.reconnect()) {
        ServiceRequests.this.again(utterance, times.retry());
      } else {
        Failure failure = dialect.unreachable(why);
        deserted = failure;
        desertedAt = clock.nanoTime();
        utterance.fail(failure);
        waiting.takeAll(any -> true).forEach(other -> other.fail(failure));
      }
      limit.freed();
    }

    private void again(Failure why) {
      again(why, Optional.empty());
    }

    /** Tries once more what may succeed and was not heard; there is no hurry after a fault. */
    private void again(Failure why, Optional<Duration> told) {
      if (closed) {
        return;
      }
      if (why.kind().retryable() && utterance.complete()) {
        utterance.end();
      } else if (why.kind() == FailureKind.UNAVAILABLE && utterance.move()) {
        ServiceRequests.this.again(
            utterance, told.orElseGet(() -> utterance.backoff(times.retry())));
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
