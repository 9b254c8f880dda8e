package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Meters;
import io.voicebus.contract.Characters;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.http.door.ClientLimits;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.http.door.GuessLimit;
import io.voicebus.mcp.McpServer;
import io.voicebus.mcp.Output;
import io.voicebus.mcp.Speaker;
import io.voicebus.turn.Spool;
import io.voicebus.turn.TurnLog;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnSlots;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the instances of one server have together: bounds that hold for all of them, and what is
 * told of all of them. Thread-safe.
 */
final class HttpShared implements Shareable {
  private static final String MAP = "voicebus.http.shared";

  private static final String SPOOL_POOL = "voicebus-spool";

  /** One that waits for the disk must not keep the others up. */
  private static final int SPOOL_THREADS = 2;

  private final List<TurnSessions> instances = new CopyOnWriteArrayList<>();
  private final AtomicInteger users = new AtomicInteger();

  /** Whether there may be other nodes, which keep copies of turns. */
  final boolean clustered;

  /** Who else is told of turns that have ended. */
  final TurnObserver observer;

  /** Keeps the audio of turns. */
  final Spool spool;

  /** Turns under way. */
  final TurnSlots slots;

  /** Connections that are open. */
  final AtomicInteger connections = new AtomicInteger();

  /** Bytes of requests' bodies that are held. */
  final AtomicLong bodyBytes = new AtomicLong();

  /** What each client may have. */
  final ClientLimits clients;

  /** Wrong access tokens. */
  final GuessLimit guesses = new GuessLimit();

  /** Turns by the keys of the requests that started them. */
  final IdempotentTurns idempotent = new IdempotentTurns();

  /** Clients that read audio in parts. */
  final PartReaders partReaders = new PartReaders();

  /** Tools for agents. */
  final McpServer mcp;

  /** Turns that have ended. */
  final TurnLog log;

  /**
   * Of a server without any instance yet; its timers are those of the first.
   *
   * @param memory of the process
   */
  HttpShared(HttpSettings settings, Bus timers, boolean clustered, MemoryBudget memory) {
    this(settings, timers, clustered, memory, TurnObserver.NONE, Spool.inMemory());
  }

  private HttpShared(
      HttpSettings settings,
      Bus timers,
      boolean clustered,
      MemoryBudget memory,
      TurnObserver observer,
      Spool spool) {
    this.clustered = clustered;
    this.spool = spool;
    this.observer = observer;
    clients =
        new ClientLimits(settings.door().clientTurns(), settings.door().clientTurnsPerMinute());
    slots = new TurnSlots(settings.limits().maxTurns(), memory);
    mcp = new McpServer(new Speaker(), outputs(settings.door()));
    log = TurnLog.ofServer(settings.logAll(), timers::after);
  }

  /** Callers from elsewhere may not choose the loudspeaker of this machine. */
  private static Set<Output> outputs(DoorSettings door) {
    return door.isReached() ? Set.of(Output.AUDIO) : Set.of(Output.SPEAKER, Output.AUDIO);
  }

  /** What the instances of this deployment share; to be {@link #leave left} by each. */
  static HttpShared join(Vertx vertx, String deployment, HttpSettings settings, Bus timers) {
    HttpShared shared =
        map(vertx)
            .computeIfAbsent(
                deployment,
                first ->
                    new HttpShared(
                        settings,
                        timers,
                        vertx.isClustered(),
                        MemoryBudget.of(vertx),
                        TurnObserver.of(vertx),
                        spool(vertx, settings)));
    shared.users.incrementAndGet();
    return shared;
  }

  private static Spool spool(Vertx vertx, HttpSettings settings) {
    WorkerExecutor pool = vertx.createSharedWorkerExecutor(SPOOL_POOL, SPOOL_THREADS);
    return new Spool(
        settings.spool(),
        settings.spoolFolder(),
        task -> pool.executeBlocking(() -> run(task), false),
        Meters.of(vertx));
  }

  private static boolean run(Runnable task) {
    task.run();
    return true;
  }

  /** An instance has stopped. */
  Future<Void> leave(Vertx vertx, String deployment) {
    if (users.decrementAndGet() > 0) {
      return Future.succeededFuture();
    }
    map(vertx).removeIfPresent(deployment, this);
    return vertx.executeBlocking(() -> run(spool::close), false).mapEmpty();
  }

  private static LocalMap<String, HttpShared> map(Vertx vertx) {
    return vertx.sharedData().getLocalMap(MAP);
  }

  void add(TurnSessions instance) {
    instances.add(instance);
  }

  void remove(TurnSessions instance) {
    instances.remove(instance);
  }

  /** How many instances there are; at least 1. */
  int instances() {
    return Math.max(1, instances.size());
  }

  /** Whether this instance tells what holds for all of them. */
  boolean speaksForAll(TurnSessions instance) {
    return !instances.isEmpty() && instances.get(0) == instance;
  }

  /** What all turns that have ended asked engines for. */
  Characters characters() {
    Characters all = Characters.NONE;
    for (TurnSessions instance : instances) {
      all = all.plus(instance.characters());
    }
    return all;
  }

  /**
   * Another turn of a conversation begins at one instance: the others report what was heard of
   * theirs.
   */
  void interrupt(TurnSessions beginning, String conversation) {
    if (!conversation.isEmpty()) {
      for (TurnSessions other : instances) {
        if (other != beginning) {
          other.interrupt(conversation);
        }
      }
    }
  }
}
