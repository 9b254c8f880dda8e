package io.voicebus.turn;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import io.voicebus.contract.TurnId;

/**
 * Receives what happens to the turns of a process, for metrics and traces. Called on the owners'
 * contexts, so it must return at once.
 */
public interface TurnObserver {
  /** Wants to know nothing. */
  TurnObserver NONE = summary -> {};

  /**
   * A turn begins.
   *
   * @param trace what its caller said of the trace that it belongs to, as a {@code traceparent} of
   *     W3C Trace Context; empty for nothing
   * @return the trace context of the turn, passed on to its stages; empty where nothing is traced
   */
  default String begins(String trace) {
    return "";
  }

  /**
   * A turn begins here, perhaps one that another owner has lost.
   *
   * @param generation as {@link Turn#generation} has it
   * @return where it is taken down
   */
  default TurnTape tape(TurnId turn, int generation, TurnRequest request) {
    return TurnTape.NONE;
  }

  /** A turn has ended; not told of one that another node goes on with. */
  void ended(TurnSummary summary);

  /** The observer of this process, that is of its Vert.x. */
  static TurnObserver of(Vertx vertx) {
    Installed installed = Installed.map(vertx).get(Installed.KEY);
    return installed == null ? NONE : installed.observer();
  }

  /** Has the turns observed whose owners are deployed from now on. */
  static void install(Vertx vertx, TurnObserver observer) {
    Installed.map(vertx).put(Installed.KEY, new Installed(observer));
  }

  /** As the local map takes it. */
  record Installed(TurnObserver observer) implements Shareable {
    private static final String MAP = "voicebus.turn-observer";
    private static final String KEY = "observer";

    private static LocalMap<String, Installed> map(Vertx vertx) {
      return vertx.sharedData().getLocalMap(MAP);
    }
  }
}
