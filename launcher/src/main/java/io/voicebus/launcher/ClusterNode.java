package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PfxOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.configuration.parsing.ParserRegistry;
import org.infinispan.manager.DefaultCacheManager;

/**
 * A node of a cluster. With {@link RejoiningClusterManager} it alone knows Infinispan, which is so
 * loaded for a cluster only.
 */
final class ClusterNode implements Node {
  /** A node that accepts no connection for so long counts as lost. */
  private static final int CONNECT_MS = 2_000;

  /** A connection that is silent for so long gets a ping, and is closed if it stays silent. */
  private static final long PING_MS = 4_000;

  /** No node was found: the wait is only for nodes that start at the same time. */
  private static final Duration ALONE = Duration.ofMillis(700);

  /**
   * Somebody listens: between cold JVMs on a busy machine an answer, with TLS, has taken more than
   * a second, and two clusters that begin side by side take seconds to merge.
   */
  private static final Duration PATIENT = Duration.ofSeconds(5);

  private final DefaultCacheManager caches;
  private final Vertx vertx;

  private ClusterNode(DefaultCacheManager caches, Vertx vertx) {
    this.caches = caches;
    this.vertx = vertx;
  }

  /**
   * Joins the cluster, or begins it; blocks meanwhile.
   *
   * @param name by which the other nodes tell of this one
   * @param roles that this node has
   */
  static ClusterNode join(ClusterSettings settings, String name, Set<Role> roles) throws Exception {
    Optional<NodeKeys> keys =
        settings.ownKeys()
            ? Optional.of(OwnClusterKeys.in(settings.keys().orElseThrow()))
            : settings.keys().map(NodeKeys::in);
    Duration join = ClusterProbe.anybody(settings.peers(), settings.port()) ? PATIENT : ALONE;
    ConfigurationBuilderHolder configuration =
        new ParserRegistry()
            .parse(ClusterConfiguration.of(settings, keys, join, Membership.unique(name)));
    DefaultCacheManager caches = new DefaultCacheManager(configuration, true);
    try {
      Vertx vertx =
          Waiting.on(
              Vertx.builder()
                  .with(EventLoops.options().setEventBusOptions(bus(settings, keys)))
                  .withClusterManager(manager(caches, roles))
                  .buildClustered());
      return new ClusterNode(caches, vertx);
    } catch (Exception e) {
      caches.stop();
      throw e;
    }
  }

  private static RejoiningClusterManager manager(DefaultCacheManager caches, Set<Role> roles) {
    caches.addListener(new Membership(roles.containsAll(EnumSet.allOf(Role.class))));
    return new RejoiningClusterManager(caches);
  }

  /** Vert.x trusts every certificate here unless told otherwise, and never checks host names. */
  private static EventBusOptions bus(ClusterSettings settings, Optional<NodeKeys> keys) {
    String host = settings.address().getHostAddress();
    EventBusOptions options =
        new EventBusOptions()
            .setHost(host)
            .setClusterPublicHost(host)
            .setPort(settings.busPort())
            .setConnectTimeout(CONNECT_MS)
            .setClusterPingInterval(PING_MS)
            .setClusterPingReplyInterval(PING_MS)
            .setTrustAll(false);
    keys.ifPresent(
        own ->
            options
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(store(own.keyStore().toString(), own.password()))
                .setTrustOptions(store(own.trustStore().toString(), own.password())));
    return options;
  }

  private static PfxOptions store(String path, String password) {
    return new PfxOptions().setPath(path).setPassword(password);
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    Waiting.quietly(vertx.close());
    caches.stop();
  }
}
