package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Vert.x instances that form a cluster on the loopback interface, without multicast: each listens
 * for the cluster on one port and looks for the others on those of its cluster.
 */
public final class ClusteredVertx {
  private static final String HOST = "127.0.0.1";
  private static final String FILE_PROPERTY = "vertx.infinispan.config";
  private static final String CONFIGURATION =
      """
      <infinispan>
        <jgroups>
          <stack name="loopback">
            <TCP bind_addr="127.0.0.1" bind_port="{port}" port_range="0"/>
            <TCPPING initial_hosts="{hosts}" port_range="0"/>
            <MERGE3 min_interval="500" max_interval="1000"/>
            <FD_SOCK2 bind_addr="127.0.0.1" port_range="20"/>
            <FD_ALL3 timeout="5000" interval="1000"/>
            <VERIFY_SUSPECT2 timeout="500"/>
            <pbcast.NAKACK2/>
            <UNICAST3/>
            <pbcast.STABLE/>
            <pbcast.GMS join_timeout="500" print_local_addr="false"/>
            <UFC/>
            <MFC/>
            <FRAG4/>
          </stack>
        </jgroups>
        <cache-container default-cache="distributed-cache">
          <transport stack="loopback"/>
          <distributed-cache name="distributed-cache"/>
          <replicated-cache name="__vertx.subs"/>
          <replicated-cache name="__vertx.haInfo"/>
          <replicated-cache name="__vertx.nodeInfo"/>
          <distributed-cache-configuration name="__vertx.distributed.cache.configuration"/>
        </cache-container>
      </infinispan>
      """;

  private ClusteredVertx() {}

  /**
   * Starts a node.
   *
   * @param port its own, one of {@code ports}
   * @param ports of all nodes of its cluster
   */
  public static Future<Vertx> start(int port, int... ports) {
    StringBuilder hosts = new StringBuilder();
    for (int other : ports) {
      hosts.append(hosts.isEmpty() ? "" : ",").append(HOST).append('[').append(other).append(']');
    }
    return Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost(HOST)))
        .withClusterManager(
            manager(
                CONFIGURATION.replace("{port}", Integer.toString(port)).replace("{hosts}", hosts)))
        .buildClustered();
  }

  /** The manager takes its configuration from a file that a system property names. */
  private static synchronized ClusterManager manager(String configuration) {
    try {
      Path file = Files.createTempFile("voicebus-cluster", ".xml");
      Files.writeString(file, configuration);
      file.toFile().deleteOnExit();
      System.setProperty(FILE_PROPERTY, file.toString());
      return new InfinispanClusterManager();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.clearProperty(FILE_PROPERTY);
    }
  }
}
