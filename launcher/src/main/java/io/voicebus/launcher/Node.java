package io.voicebus.launcher;

import io.vertx.core.Vertx;

/** This process as a node: alone, or of a cluster. */
interface Node {
  Vertx vertx();

  /** Leaves, and waits until that is done. */
  void close();

  /** Not in a cluster. */
  static Node alone() {
    Vertx vertx = Vertx.vertx(EventLoops.options());
    return new Node() {
      @Override
      public Vertx vertx() {
        return vertx;
      }

      @Override
      public void close() {
        Waiting.quietly(vertx.close());
      }
    };
  }
}
