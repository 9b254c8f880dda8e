package io.voicebus.tts.service;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LateTimers;
import io.voicebus.contract.ConnectionTrouble;
import io.voicebus.tts.sound.SpokenAudio;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at an utterance: a request and its outcome. Bound to one context. */
final class ServiceTry implements SpeechRequest.Listener {
  /**
   * A service that wants to be left alone for longer is as good as gone: it is for so long, and
   * then it is asked once more.
   */
  private static final Duration MOST_RETRY_AFTER = Duration.ofSeconds(60);

  /**
   * The wait between two requests to a server that is starting, as a multiple of the first wait.
   */
  private static final int START_POLL = 4;

  /** How often it is asked. */
  private static final int MOST_START_POLLS = 120;

  /** How many times the usual time may pass without a first byte; and the least of it. */
  private static final int TOO_LONG = 3;

  private static final Duration LEAST_TOO_LONG = Duration.ofSeconds(1);

  /** The interval of checks of a request whose sound has begun. */
  private static final long LOOK_MS = 250;

  /** Once an answer had no end, the next one's is waited for so many times less. */
  private static final int LESS_PATIENT = 3;

  /** A connection that takes longer to be refused is not worth another try. */
  private static final Duration REFUSED_AT_ONCE = Duration.ofSeconds(1);

  /** {@code audio/L16;rate=16000}, {@code audio/pcm; rate=24000}. */
  private static final Pattern RATE = Pattern.compile(";\\s*rate\\s*=\\s*\"?(?<hz>\\d{4,6})");

  private static final Logger LOG = LoggerFactory.getLogger(ServiceRequests.class);

  private final ServiceRequests requests;
  private final ServiceDialect dialect;
  private final ServiceLimit limit;
  private final ServiceTimes times;
  private final Clock clock;
  private final Vertx vertx;
  private final ServiceUtterance utterance;
  final SpeechRequest http = new SpeechRequest(this);
  private final ServiceDialect.Body body;
  private final long begunAt;
  private long heardAt;
  private boolean answered;
  private boolean begun;
  private String requestId = "";

  ServiceTry(ServiceRequests requests, ServiceUtterance utterance) {
    this.requests = requests;
    this.utterance = utterance;
    this.dialect = requests.dialect;
    this.limit = requests.limit;
    this.times = requests.times;
    this.clock = requests.clock;
    this.vertx = requests.vertx;
    this.begunAt = clock.nanoTime();
    this.body = dialect.answer(utterance);
  }

  /** A request that takes longer than most is repeated. */
  void watch() {
    long known = requests.usual.of(0.5).orElse(0);
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
            boolean silent = !begun || utterance.silentSoFar();
            if (silent && requests.active.contains(this) && utterance.move()) {
              over();
              http.cancel();
              requests.again(utterance, Duration.ZERO);
              limit.freed();
            }
          });
    }
  }

  @Override
  public void accepted(UnaryOperator<String> headers) {
    answered = true;
    requests.found();
    requestId = dialect.requestId(headers);
    String coding = headers.apply("content-encoding");
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      fail(dialect.stranger("it is compressed, which nobody has asked for"));
      return;
    }
    utterance.accepted(dialect.counted(headers).orElse(utterance.asked().text().length()));
    Matcher told = RATE.matcher(headers.apply("content-type"));
    if (told.find()) {
      utterance.bareRate(Integer.parseInt(told.group("hz")));
    }
    limit.announced(ServiceRequests.number(headers.apply("maximum-concurrent-requests")));
    limit.taken(clock.nanoTime());
    limit.freed();
  }

  /** An end that does not come is not waited for when all was said. */
  private void lookLater() {
    LateTimers.after(
        vertx,
        clock,
        LOOK_MS * 1_000_000,
        () -> {
          if (!requests.active.contains(this)) {
            return;
          }
          long quiet = quiet();
          if (quiet >= ServiceTimes.COMPLETE_NANOS && utterance.complete()) {
            http.cancel();
            ended();
          } else if (quiet >= patience().toNanos() && maybeAll()) {
            http.cancel();
            endedQuietly();
          } else {
            lookLater();
          }
        });
  }

  private boolean maybeAll() {
    return utterance.isOfUnknownTimes()
        && requests.lengths.maybeAll(utterance.voice(), utterance.asked(), utterance.ms());
  }

  private Duration patience() {
    return requests.staysOpen ? times.quiet().dividedBy(LESS_PATIENT) : times.quiet();
  }

  private long quiet() {
    return clock.nanoTime() - heardAt;
  }

  /** What has come may be all, and nothing more comes. */
  private void endedQuietly() {
    over();
    requests.staysOpen = true;
    if (utterance.ending() == ServiceUtterance.Ending.WHOLE) {
      utterance.unconfirmed();
      utterance.end();
    } else { // a file that is shorter than it says
      again(dialect.lost());
    }
    limit.freed();
  }

  @Override
  public void piece(Buffer bytes) {
    if (!requests.active.contains(this)) {
      return; // nobody waits for it
    }
    heardAt = clock.nanoTime();
    if (!begun) {
      begun = true;
      long now = clock.nanoTime();
      requests.usual.took(now - begunAt, now);
      limit.firstByte(now - begunAt, now);
      limit.freed();
      lookLater();
    }
    try {
      body.feed(bytes).ifPresent(this::fail);
      if (utterance.endless() && requests.active.contains(this)) {
        http.cancel();
        ended();
      }
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
        ending(judged(utterance.ending()));
      }
      requests.staysOpen = false;
    } catch (SpokenAudio.Unplayable e) {
      utterance.fail(dialect.stranger(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) { // it was cut within something
      again(dialect.lost());
    }
    limit.freed();
  }

  /** A body without times may end in good form, and too early. */
  private ServiceUtterance.Ending judged(ServiceUtterance.Ending ending) {
    if (ending != ServiceUtterance.Ending.WHOLE || !utterance.isOfUnknownTimes()) {
      return ending;
    }
    return switch (requests.lengths.of(
        utterance.voice(), utterance.asked(), utterance.ms(), begunAt, clock.nanoTime())) {
      case USUAL -> ending;
      case CUT_SHORT -> ServiceUtterance.Ending.CUT_SHORT;
      case FASTER -> {
        LOG.warn(
            "{} needs much less time for a text than before: if words are missing, it cuts its"
                + " answers short",
            dialect.service());
        yield ending;
      }
    };
  }

  private void ending(ServiceUtterance.Ending ending) {
    Optional<Failure> why = dialect.ending(ending);
    if (why.isEmpty()) {
      utterance.end();
    } else if (ending == ServiceUtterance.Ending.SILENT && utterance.move()) {
      requests.again(utterance, Duration.ZERO);
    } else {
      utterance.failEnding(
          dialect.identified(why.get(), requestId), requests.usual.lately(clock.nanoTime()));
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
      requests.again(utterance, Duration.ZERO);
    } else if (why.kind().retryable()
        && told.isPresent()
        && told.get().compareTo(MOST_RETRY_AFTER) > 0) {
      Failure alone = dialect.identified(leftAlone(why, told.get()), requestId);
      utterance.waits(told.get().toMillis(), alone.detail());
      utterance.fail(alone);
      requests.leaveAlone(alone, MOST_RETRY_AFTER);
    } else if (why.kind() == FailureKind.RATE_LIMITED) {
      noRoom(why, ServiceRequests.number(headers.apply("maximum-concurrent-requests")), told);
    } else if (lasts(why) && requests.usual.lately(clock.nanoTime()) && utterance.reconnect()) {
      requests.again(utterance, times.retry()); // a moment ago all was well
    } else if (dialect.ofStart(why) && utterance.starts(MOST_START_POLLS)) {
      LOG.warn("{}", why.detail());
      Duration wait = longer(times.retry(), told.orElse(times.retry().multipliedBy(START_POLL)));
      utterance.waits(MOST_START_POLLS * wait.toMillis(), why.detail());
      requests.again(utterance, wait);
    } else {
      again(why, told);
    }
    limit.freed();
  }

  /** What it means, without the advice to wait for it. */
  private Failure leftAlone(Failure why, Duration told) {
    int advice = why.detail().indexOf(';');
    return new Failure(
        why.stage(),
        why.kind(),
        dialect.service()
            + " wants to be left alone for "
            + told.toSeconds()
            + " s: "
            + (advice < 0 ? why.detail() : why.detail().substring(0, advice)));
  }

  private static boolean lasts(Failure why) {
    return why.kind() == FailureKind.UNAUTHENTICATED || why.kind() == FailureKind.QUOTA;
  }

  /** Where own ones are under way, the end of one tells sooner than the service when to ask. */
  private void noRoom(Failure why, int most, Optional<Duration> told) {
    long now = clock.nanoTime();
    boolean rate = dialect.ofRate(why) && (told.isPresent() || limit.idle());
    int before = limit.slots();
    limit.because(why.detail());
    if (rate) {
      limit.rateLimited(told, now);
    } else {
      limit.refused(most, now);
      if (told.isPresent() && limit.idle()) {
        limit.waitFor(told.get().toNanos(), now);
      }
    }
    if (limit.slots() < before) {
      LOG.info("{} takes {} utterances at once: the others wait", dialect.service(), limit.slots());
    }
    if (utterance.fresh()) {
      utterance.waits(limit.waitNanos(now) / 1_000_000, why.detail());
      requests.waiting.add(utterance, now);
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
      requests.again(utterance, Duration.ZERO);
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
      requests.again(utterance, times.retry());
    } else {
      Failure failure = dialect.unreachable(why);
      utterance.fail(failure);
      requests.deserted(failure);
    }
    limit.freed();
  }

  private void again(Failure why) {
    again(why, Optional.empty());
  }

  /** Tries once more what may succeed and was not heard; there is no hurry after a fault. */
  private void again(Failure why, Optional<Duration> told) {
    if (requests.closed()) {
      return;
    }
    if (why.kind().retryable() && utterance.complete()) {
      utterance.end();
    } else if (why.kind() == FailureKind.UNAVAILABLE && utterance.move()) {
      Duration own = utterance.backoff(times.retry());
      requests.again(utterance, longer(own, told.orElse(own)));
    } else {
      utterance.fail(dialect.identified(why, requestId));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
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
    return requests.active.remove(this);
  }

  void stop() {
    if (over()) {
      requests.staysOpen |=
          quiet() >= times.quiet().dividedBy(LESS_PATIENT).toNanos() && maybeAll();
      http.cancel();
      limit.freed();
    }
  }
}
