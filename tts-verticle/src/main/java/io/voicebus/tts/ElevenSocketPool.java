package io.voicebus.tts;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
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

  /** Each belongs to a slot of a worker, so there are never many. */
  private static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(ElevenSocketPool.class);

  private final Vertx vertx;
  private final Clock clock;
  private final ElevenSettings settings;
  private final ServiceTimes times;
  private final WebSocketClient client;
  private final int warmSockets;
  private final Elsewhere elsewhere;
  private final ServiceLimit limit;
  private final Promise<Void> warm = Promise.promise();
  private final ElevenSockets sockets = new ElevenSockets();
  private final ArrayDeque<ServiceUtterance> waiting = new ArrayDeque<>();
  private long contextIds;
  private long tickedAt;
  private int failures;
  private boolean armed;
  private long nextPump;

  /** After a refusal no more are opened for a moment. */
  private long connectFrom;

  private boolean closed;

  ElevenSocketPool(
      Vertx vertx,
      Clock clock,
      ElevenSettings settings,
      ServiceTimes times,
      WebSocketClient client,
      int warmSockets,
      ServiceLimit limit,
      Elsewhere elsewhere) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.times = times;
    this.client = client;
    this.warmSockets = warmSockets;
    this.elsewhere = elsewhere;
    this.connectFrom = clock.nanoTime();
    this.limit = limit;
    limit.add(this);
  }

  /** Opens what is to stay open; see {@link #warm()}. */
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

  /** Completes when the service was reached, or may be later; fails if it will never serve us. */
  Future<Void> warm() {
    return warm.future();
  }

  void speak(ServiceUtterance utterance) {
    if (closed) {
      elsewhere.speak(utterance);
      return;
    }
    waiting.removeIf(ServiceUtterance::over);
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
  @Override
  public void pump() {
    waiting.removeIf(ServiceUtterance::over);
    if (closed || waiting.isEmpty()) {
      return;
    }
    long now = clock.nanoTime();
    if (limit.waitNanos(now) > 0) {
      pumpIn(limit.waitNanos(now));
      return;
    }
    int room = limit.room(now);
    Map<String, Integer> needs = new HashMap<>();
    for (Iterator<ServiceUtterance> all = waiting.iterator(); all.hasNext() && room > 0; room--) {
      ServiceUtterance next = all.next();
      Optional<ElevenSocket> socket = sockets.roomiest(next.voice());
      if (socket.isPresent()) {
        all.remove();
        socket.get().speak(next, now);
      } else {
        needs.merge(next.voice(), 1, Integer::sum);
      }
    }
    if (needs.isEmpty()) {
      return;
    }
    if (now - connectFrom < 0) {
      pumpIn(connectFrom - now);
    } else {
      needs.forEach(this::openFor);
    }
  }

  private void openFor(String voice, int utterances) {
    int perSocket = settings.contextsPerSocket();
    int opening = sockets.opening(voice);
    int missing = (utterances + perSocket - 1) / perSocket - opening;
    for (int i = 0; i < missing && sockets.count() < MAX_SOCKETS; i++) {
      connect(voice);
    }
    if (opening == 0 && missing > 0 && sockets.count() >= MAX_SOCKETS) {
      sockets.idleButNotOf(voice).ifPresent(ElevenSocket::retire);
    }
  }

  private void connect(String voice) {
    ElevenSocket socket = new ElevenSocket(vertx, settings, times, voice, this);
    sockets.add(socket);
    socket.connect(client, clock.nanoTime());
  }

  private void keepWarm() {
    for (int i = sockets.count(settings.voice()); i < warmSockets && !closed; i++) {
      connect(settings.voice());
    }
  }

  private void tick() {
    long now = clock.nanoTime();
    boolean late = now - tickedAt > times.tick().toNanos() * 3 / 2;
    tickedAt = now;
    sockets.list().forEach(socket -> socket.tick(now, late));
    int spare = -warmSockets;
    for (ElevenSocket socket : sockets.list()) {
      boolean keeps = socket.voice().equals(settings.voice()) && ++spare <= 0;
      if (!keeps && socket.idleNanos(now) > times.idle().toNanos() && !socket.opening()) {
        socket.retire();
      }
    }
    pump();
  }

  private void pumpIn(long nanos) {
    long at = clock.nanoTime() + nanos;
    if (armed && at - nextPump >= 0) {
      return;
    }
    nextPump = at;
    armed = true;
    vertx.setTimer(
        nanos / 1_000_000 + 1,
        id -> {
          armed &= nextPump != at; // a sooner one may have taken its place
          pump();
        });
  }

  @Override
  public String newContextId() {
    return "voicebus-" + ++contextIds;
  }

  @Override
  public void opened(ElevenSocket socket, int told) {
    limit.told(told);
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
      learn(told);
    } else {
      failWaiting(socket.voice(), why);
    }
    afterLoss(why);
  }

  /** Those who have no other WebSocket of their voice to hope for. */
  private void failWaiting(String voice, Failure why) {
    boolean hope = sockets.opening(voice) > 0 || sockets.roomiest(voice).isPresent();
    if (!hope) {
      List<ServiceUtterance> lost =
          waiting.stream().filter(utterance -> utterance.voice().equals(voice)).toList();
      waiting.removeAll(lost);
      lost.forEach(utterance -> utterance.fail(why));
    }
  }

  private void moveOut() {
    closed = true;
    warm.tryComplete();
    List<ServiceUtterance> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(elsewhere::speak);
    for (ElevenSocket socket : sockets.list()) {
      if (socket.opening()) {
        sockets.remove(socket);
      }
      socket.leave(null);
    }
  }

  private void learn(int told) {
    long now = clock.nanoTime();
    limit.refused(told, now);
    LOG.info("ElevenLabs takes {} utterances at once: the others wait", limit.most(now));
  }

  @Override
  public void ended(ServiceUtterance utterance) {
    limit.taken();
    limit.freed();
  }

  @Override
  public void failed(ServiceUtterance utterance, Failure why) {
    if (closed) {
      return;
    }
    boolean busy = why.kind() == FailureKind.RATE_LIMITED;
    if (busy) {
      learn(0);
    }
    if (why.kind().retryable() && utterance.complete()) {
      utterance.end(); // only the service's last word is missing
    } else if (busy
        ? utterance.fresh()
        : why.kind() == FailureKind.UNAVAILABLE && utterance.move()) {
      waiting.addFirst(utterance);
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

  /** Warm ones are replaced, later each time, unless the service will not have us. */
  private void afterLoss(@Nullable Failure why) {
    if (why == null || why.kind().retryable()) {
      if (why != null) {
        failures++;
        if (warm.tryComplete()) {
          LOG.warn("ElevenLabs is not ready: {}", why.detail());
        }
      }
      vertx.setTimer(Math.max(1, times.retryNanos(failures) / 1_000_000), id -> keepWarm());
    } else {
      warm.tryFail(why.toException());
    }
    limit.freed();
  }

  @Override
  public int underWay() {
    return sockets.contexts();
  }

  void close() {
    closed = true;
    sockets.list().forEach(socket -> socket.leave(null));
    waiting.clear();
    warm.tryFail(new IllegalStateException("the ElevenLabs engine was closed"));
    client.close();
  }
}
