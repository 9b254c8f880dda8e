package io.voicebus.tts.elevenlabs;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.tts.service.Haste;
import io.voicebus.tts.service.ServiceLimit;
import io.voicebus.tts.service.ServiceTimes;
import io.voicebus.tts.service.ServiceUtterance;
import io.voicebus.tts.service.WaitingLine;
import io.voicebus.tts.sound.SpokenAudio;
import io.voicebus.tts.time.Delays;
import io.voicebus.tts.time.SoonestTimer;
import io.voicebus.tts.time.UsualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSockets of an engine, and the utterances that wait for room on one. Some stay open for the
 * default voice; more are opened as they are needed. Lives on one context.
 */
final class ElevenSocketPool implements ElevenSocketOwner, ServiceLimit.Way {
  /** Where utterances go when the service will not speak with the model over WebSockets. */
  interface Elsewhere {
    /** Whether it takes over from now on, after this refusal. */
    boolean takesOver(Failure why);

    void speak(ServiceUtterance utterance);
  }

  /** More at once than any plan allows. */
  private static final int MAX_SOCKETS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ElevenSocketPool.class);

  private final Vertx vertx;
  private final Clock clock;
  private final ElevenSettings settings;
  private final ServiceTimes times;
  private final ElevenConnections connections;
  private final int warmSockets;
  private final Elsewhere elsewhere;
  private final ServiceLimit limit;
  private final Promise<Void> warm = Promise.promise();
  private final ElevenSockets sockets = new ElevenSockets();
  private final WaitingLine waiting = new WaitingLine("ElevenLabs");
  private final UsualTime usual = new UsualTime();
  private final Haste haste;
  private String defaultVoice;
  private long contextIds;
  private long tickedAt;

  /** Rounds of opening warm ones that have failed since one was of use. */
  private int failures;

  /** One timer for all lost WebSockets: it opens as many as are missing. */
  private final SoonestTimer reopening;

  private final SoonestTimer pumping;

  /** No WebSocket is opened before this time, which a refusal sets; in nanoseconds of the clock. */
  private long connectFrom;

  private boolean closed;

  ElevenSocketPool(
      Vertx vertx,
      Clock clock,
      ElevenSettings settings,
      ServiceTimes times,
      ElevenConnections connections,
      int warmSockets,
      ServiceLimit limit,
      Elsewhere elsewhere) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.times = times;
    this.connections = connections;
    this.warmSockets = warmSockets;
    this.elsewhere = elsewhere;
    this.connectFrom = clock.nanoTime();
    this.limit = limit;
    this.defaultVoice = settings.voice();
    Delays loop = (delay, task) -> vertx.setTimer(delay.toMillis() + 1, id -> task.run());
    this.reopening = new SoonestTimer(loop, clock, this::keepWarm);
    this.pumping = new SoonestTimer(loop, clock, this::pump);
    this.haste =
        new Haste(
            (delay, task) -> vertx.setTimer(delay.toMillis(), id -> task.run()),
            clock,
            this,
            usual);
    limit.add(this);
  }

  /** WebSockets stay open for this voice from here on, in place of the one before. */
  void keepWarm(String voice) {
    defaultVoice = voice;
    keepWarm();
  }

  /** Opens the WebSockets that stay open; see {@link #warm()}. */
  void open() {
    keepWarm();
    tickedAt = clock.nanoTime();
    vertx.setPeriodic(
        Math.max(1, times.tick().toMillis()),
        id -> {
          if (closed) {
            vertx.cancelTimer(id);
          } else {
            tick();
          }
        });
  }

  /**
   * Completes when the service was reached, or can be reached later; fails if it refuses this
   * account.
   */
  Future<Void> warm() {
    return warm.future();
  }

  void speak(ServiceUtterance utterance) {
    if (closed) {
      elsewhere.speak(utterance);
      return;
    }
    long now = clock.nanoTime();
    waiting.add(utterance, now);
    pump();
    waiting.tell(utterance, limit, now);
  }

  /** Begins as many utterances as there is room for, the earliest due first. */
  @Override
  public void pump() {
    waiting.dropOver();
    if (closed || waiting.isEmpty()) {
      return;
    }
    long now = clock.nanoTime();
    if (limit.waitNanos(now) > 0) {
      waiting.all().forEach(each -> each.stands(limit.why()));
      pumping.in(limit.waitNanos(now));
      return;
    }
    int room = limit.room();
    Map<String, List<ServiceUtterance>> needs = new LinkedHashMap<>();
    boolean begins = true;
    for (ServiceUtterance next : waiting.all()) {
      begins = begins && room-- > 0 && haste.allows(next.dueAt(now), now);
      if (!begins) {
        next.stands(room < 0 ? limit.why() : "");
        continue;
      }
      // After one has found no room, others of its voice find none either.
      Optional<ElevenSocket> socket =
          needs.containsKey(next.voice()) ? Optional.empty() : sockets.roomiest(next.voice());
      if (socket.isPresent()) {
        waiting.remove(next);
        socket.get().speak(next, now);
      } else {
        needs.computeIfAbsent(next.voice(), none -> new ArrayList<>()).add(next);
      }
    }
    if (needs.isEmpty()) {
      return;
    }
    if (now - connectFrom < 0) {
      pumping.in(connectFrom - now);
    } else {
      needs.forEach(this::openFor);
    }
  }

  private void openFor(String voice, List<ServiceUtterance> utterances) {
    int perSocket = settings.contextsPerSocket();
    int opening = sockets.opening(voice);
    int missing = (utterances.size() + perSocket - 1) / perSocket - opening;
    for (int i = 0; i < missing && sockets.count() < MAX_SOCKETS; i++) {
      connect(voice);
    }
    if (opening == 0 && missing > 0 && sockets.count() >= MAX_SOCKETS) {
      sockets.idleButNotOf(voice).ifPresent(ElevenSocket::retire);
    }
    utterances.stream()
        .limit((long) perSocket * sockets.opening(voice))
        .forEach(ServiceUtterance::connects);
  }

  private void connect(String voice) {
    ElevenSocket socket = new ElevenSocket(vertx, clock, settings, times, voice, this);
    sockets.add(socket);
    socket.connect(connections, clock.nanoTime());
  }

  private void keepWarm() {
    for (int i = sockets.count(defaultVoice); i < warmSockets && !closed; i++) {
      connect(defaultVoice);
    }
  }

  private void tick() {
    long now = clock.nanoTime();
    boolean late = now - tickedAt > times.tick().toNanos() * 3 / 2;
    tickedAt = now;
    sockets.list().forEach(socket -> socket.tick(now, late));
    int spare = -warmSockets;
    for (ElevenSocket socket : sockets.list()) {
      boolean keeps = socket.voice().equals(defaultVoice) && ++spare <= 0;
      if (!keeps && socket.idleNanos(now) > times.idle().toNanos() && !socket.opening()) {
        socket.retire();
      }
    }
    pump();
  }

  @Override
  public String newContextId() {
    return "voicebus-" + ++contextIds;
  }

  @Override
  public void opened(ElevenSocket socket, int told) {
    limit.announced(told);
    pump();
  }

  @Override
  public void proved(ElevenSocket socket) {
    failures = 0;
    warm.tryComplete();
  }

  @Override
  public void refused(ElevenSocket socket, Failure why, int told) {
    sockets.remove(socket);
    if (closed) {
      return;
    }
    if (elsewhere.takesOver(why)) {
      moveOut();
      return;
    }
    connectFrom = clock.nanoTime() + times.retry().toNanos();
    if (why.kind() == FailureKind.RATE_LIMITED) {
      learn(why, told);
    } else {
      failWaiting(socket.voice(), why);
    }
    afterLoss(why);
  }

  /** Fails the utterances whose voice has no other WebSocket. */
  private void failWaiting(String voice, Failure why) {
    boolean hope = sockets.opening(voice) > 0 || sockets.roomiest(voice).isPresent();
    if (!hope) {
      List<ServiceUtterance> lost = waiting.takeAll(utterance -> utterance.voice().equals(voice));
      lost.forEach(utterance -> utterance.fail(why));
    }
  }

  private void moveOut() {
    closed = true;
    warm.tryComplete();
    waiting.takeAll(any -> true).forEach(elsewhere::speak);
    for (ElevenSocket socket : sockets.list()) {
      if (socket.opening()) {
        sockets.remove(socket);
      }
      socket.leave(null);
    }
  }

  private void learn(Failure why, int told) {
    long now = clock.nanoTime();
    int before = limit.slots();
    if (!ElevenFailures.isOfSocket(why)) {
      limit.because(why.detail());
    }
    if (ElevenFailures.isOfRate(why)) {
      limit.rateLimited(Optional.empty(), now);
    } else if (!ElevenFailures.isOfSocket(why)) {
      limit.refused(told, now);
    }
    if (limit.slots() < before) {
      LOG.info("ElevenLabs takes {} utterances at once: the others wait", limit.slots());
    }
  }

  @Override
  public void accepted(ServiceUtterance utterance) {
    limit.taken(clock.nanoTime());
    limit.freed();
  }

  @Override
  public void sounded(long nanos) {
    usual.took(nanos, clock.nanoTime());
  }

  @Override
  public long usualNanos() {
    return usual.of(0.5).orElse(0);
  }

  @Override
  public void unanswered(ServiceUtterance utterance) {
    if (utterance.move()) {
      speak(utterance);
    } else {
      utterance.fail(ElevenFailures.unanswered());
    }
  }

  @Override
  public void freed() {
    limit.freed();
  }

  @Override
  public void ended(ServiceUtterance utterance) {
    try {
      ServiceUtterance.Ending ending = utterance.ending();
      Optional<Failure> why = ElevenFailures.ofEnding(ending);
      if (why.isEmpty()) {
        utterance.end();
      } else if (ending == ServiceUtterance.Ending.SILENT && utterance.move()) {
        waiting.add(utterance, clock.nanoTime());
      } else {
        utterance.failEnding(why.get(), usual.lately(clock.nanoTime()));
      }
    } catch (SpokenAudio.Unplayable e) {
      utterance.fail(ElevenFailures.stranger(String.valueOf(e.getMessage())));
    }
    limit.freed();
  }

  @Override
  public void failed(ServiceUtterance utterance, Failure why) {
    if (closed) { // it has moved out
      if (utterance.fresh()) {
        elsewhere.speak(utterance);
      } else {
        utterance.fail(why);
      }
      return;
    }
    boolean busy = why.kind() == FailureKind.RATE_LIMITED;
    if (busy) {
      learn(why, 0);
    }
    if (why.kind().retryable() && utterance.complete()) {
      utterance.end(); // only the service's last word is missing
    } else if (busy && utterance.fresh()) {
      long now = clock.nanoTime();
      utterance.waits(limit.waitNanos(now) / 1_000_000, why.detail());
      waiting.add(utterance, now);
    } else if (why.kind() == FailureKind.UNAVAILABLE && utterance.move()) {
      waiting.add(utterance, clock.nanoTime());
    } else {
      utterance.fail(why);
    }
    limit.freed();
  }

  @Override
  public void gone(ElevenSocket socket, @Nullable Failure why) {
    sockets.remove(socket);
    if (!closed) {
      afterLoss(why);
    }
  }

  /** Opens others, after longer pauses each time, unless the service refuses this account. */
  private void afterLoss(@Nullable Failure why) {
    if (why == null || why.kind().retryable()) {
      if (why != null) {
        failures += reopening.isSet() ? 0 : 1;
        if (warm.tryComplete()) {
          LOG.warn("ElevenLabs is not ready: {}", why.detail());
        }
      }
      reopening.in(times.retryNanos(failures));
    } else {
      warm.tryFail(why.toException());
    }
    limit.freed();
  }

  /**
   * Whether an utterance that is not due is delayed, since the event loop is late. From any thread.
   */
  boolean behind() {
    return haste.keeps();
  }

  /** How many utterances all WebSockets that there may be take at once. From any thread. */
  int mostContexts() {
    return MAX_SOCKETS * settings.contextsPerSocket();
  }

  @Override
  public int underWay() {
    return sockets.contexts();
  }

  void close() {
    closed = true;
    sockets.list().forEach(socket -> socket.leave(null));
    waiting.takeAll(any -> true);
    warm.tryFail(new IllegalStateException("the ElevenLabs engine was closed"));
    connections.close();
  }
}
