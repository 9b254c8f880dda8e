package io.voicebus.tts.service;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.tts.time.SoonestTimer;
import io.voicebus.tts.time.UsualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Speaks utterances with a service over HTTP, one request for each. As many run at once as the
 * service accepts; the others wait. A request that fails before its first sound is repeated if the
 * failure may pass. Bound to one context.
 */
public final class ServiceRequests implements ServiceLimit.Way {
  /** How long a server that did not answer is not tried again. */
  private static final Duration DESERTED = Duration.ofMillis(500);

  final Vertx vertx;
  final Clock clock;
  final ServiceTimes times;
  private final HttpClient client;
  final ServiceDialect dialect;
  final ServiceLimit limit;
  final WaitingLine waiting;
  final UsualTime usual = new UsualTime();
  final UsualLengths lengths = new UsualLengths();

  /** Whether the last answer that may have been all did not end. */
  boolean staysOpen;

  private final Haste haste;
  final Set<ServiceTry> active = new HashSet<>();
  private final SoonestTimer pumping;
  private @Nullable Failure deserted;
  private long desertedUntil;
  private boolean closed;

  /**
   * Sends requests to one service.
   *
   * @param limit how many utterances may run at once, over all ways of asking the service
   */
  public ServiceRequests(
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
    this.pumping =
        new SoonestTimer(
            (delay, task) -> vertx.setTimer(delay.toMillis() + 1, id -> task.run()),
            clock,
            this::pump);
    this.haste =
        new Haste(
            (delay, task) -> vertx.setTimer(delay.toMillis(), id -> task.run()),
            clock,
            this,
            usual);
    limit.add(this);
  }

  /** Speaks an utterance as soon as there is room. */
  public void speak(ServiceUtterance utterance) {
    if (closed) {
      return;
    }
    long now = clock.nanoTime();
    // Where nobody was a moment ago, nobody else is made to wait to learn it.
    if (deserted != null && now - desertedUntil < 0) {
      if (desertedUntil - now > DESERTED.toNanos()) {
        utterance.waits((desertedUntil - now) / 1_000_000, deserted.detail());
      }
      utterance.fail(deserted);
      return;
    }
    waiting.add(utterance, now);
    pump();
    waiting.tell(utterance, limit, now);
  }

  /** Starts waiting utterances while there is room, the earliest due first. */
  @Override
  public void pump() {
    waiting.dropOver();
    if (closed || waiting.isEmpty()) {
      return;
    }
    long now = clock.nanoTime();
    long wait = limit.waitNanos(now);
    if (wait > 0) {
      pumping.in(wait);
      return;
    }
    while (!waiting.isEmpty() && limit.room() > 0 && haste.allows(waiting.firstDueAt(), now)) {
      begin(waiting.first());
    }
  }

  private void begin(ServiceUtterance utterance) {
    ServiceTry request = new ServiceTry(this, utterance);
    active.add(request);
    utterance.onOver(() -> vertx.runOnContext(go -> request.stop()));
    utterance.sent();
    request.watch();
    request.http.begin(
        client, dialect.options(utterance), Buffer.buffer(dialect.body(utterance).encode()));
  }

  /** Whether utterances that are not due are delayed because the event loop is late. */
  public boolean behind() {
    return haste.keeps();
  }

  /** The address does not answer: all utterances that wait fail. */
  void deserted(Failure why) {
    leaveAlone(why, DESERTED);
  }

  /** Fails all utterances that wait, and those that come within this time, without a request. */
  void leaveAlone(Failure why, Duration time) {
    deserted = why;
    desertedUntil = clock.nanoTime() + time.toNanos();
    waiting.takeAll(any -> true).forEach(other -> other.fail(why));
  }

  /** The server answers. */
  void found() {
    deserted = null;
  }

  boolean closed() {
    return closed;
  }

  /** Tries once more, at once or after a while, during which it counts as being tried. */
  void again(ServiceUtterance utterance, Duration after) {
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

  /** Ends all requests, and drops the waiting ones. */
  public void close() {
    closed = true;
    List.copyOf(active).forEach(ServiceTry::stop);
    waiting.takeAll(any -> true);
  }

  /** A header's number of up to four digits; 0 for anything else. */
  public static int number(String header) {
    return header.matches("\\d{1,4}") ? Integer.parseInt(header) : 0;
  }
}
