package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A cluster of two nodes in this JVM for all tests of a class, with room for two more. */
public final class TwoNodes implements BeforeAllCallback, AfterAllCallback {
  private final int[] ports = FreePorts.several(4);
  private @Nullable Vertx left;
  private @Nullable Vertx right;

  @Override
  public void beforeAll(ExtensionContext tests) {
    left = VertxStreams.await(ClusteredVertx.start(ports[0], ports));
    right = VertxStreams.await(ClusteredVertx.start(ports[1], ports));
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    VertxStreams.await(right().close());
    VertxStreams.await(left().close());
  }

  /** The first node. */
  public Vertx left() {
    return Objects.requireNonNull(left);
  }

  /** The second node. */
  public Vertx right() {
    return Objects.requireNonNull(right);
  }

  /** Starts one more, which its user closes. */
  public Future<Vertx> third() {
    return ClusteredVertx.start(ports[2], ports);
  }

  /** The port of a fourth node, which may run in a JVM of its own. */
  int fourthPort() {
    return ports[3];
  }

  /** Of all four. */
  int[] ports() {
    return ports.clone();
  }
}
