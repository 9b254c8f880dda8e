package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A sender's and a receiver's Vert.x: the same one, or two in a cluster on the loopback interface.
 */
record TwoNodes(Vertx sender, Vertx receiver) {
  private static final String HOST = "127.0.0.1";

  static TwoNodes local() {
    Vertx vertx = Vertx.vertx();
    return new TwoNodes(vertx, vertx);
  }

  static TwoNodes clustered() {
    int first = freePort();
    int second = freePort();
    System.setProperty("vertx.infinispan.config", "benchmark-infinispan.xml");
    System.setProperty(
        "voicebus.bench.hosts", HOST + "[" + first + "]," + HOST + "[" + second + "]");
    return new TwoNodes(node(first), node(second));
  }

  private static Vertx node(int port) {
    System.setProperty("voicebus.bench.port", Integer.toString(port));
    return await(
        Vertx.builder()
            .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost(HOST)))
            .withClusterManager(new InfinispanClusterManager())
            .buildClustered());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    await(receiver.close());
    await(sender.close());
  }

  static <T> T await(Future<T> future) {
    return await(future, 60);
  }

  /** What comes of it; as it fails, or does not come in time, an {@link IllegalStateException}. */
  static <T> T await(Future<T> future, long seconds) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
