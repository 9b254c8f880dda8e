package io.voicebus.launcher;

import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import io.vertx.ext.cluster.infinispan.impl.DataConverter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.infinispan.container.entries.CacheEntry;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.multimap.api.embedded.EmbeddedMultimapCacheManagerFactory;
import org.infinispan.multimap.api.embedded.MultimapCache;
import org.infinispan.multimap.api.embedded.MultimapCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.event.MergeEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster manager whose node is reachable again after the parts of a broken cluster have merged.
 *
 * <p>When parts merge, Infinispan keeps the entries of one and drops those of the other: the nodes
 * of that one would stay members that no message reaches. That befalls a node that was frozen for
 * some seconds, or two that began at the same time without finding each other. So after a merge
 * every node says again who it is and what is registered at it, which changes nothing where that is
 * known, and reads again what is registered elsewhere.
 *
 * <p>It also lets messages reach other nodes while one is frozen: the first one to an address needs
 * the address's registrations, and Infinispan's multimap reads them with a command that takes the
 * entry's lock and is sent to all nodes ({@code EmbeddedMultimapCache.get} evaluates a read-write
 * function). So any message to an address that was not used before waited until the frozen node was
 * expelled, for 8 s. Each node has a replica of them, from which it is answered at once; the
 * cluster's own answer corrects that when it comes.
 */
final class RejoiningClusterManager extends InfinispanClusterManager {
  private static final Logger LOG = LoggerFactory.getLogger(RejoiningClusterManager.class);

  private static final String REGISTRATIONS = "__vertx.subs";

  /**
   * After the merge, when it is said again: the parts settle within some tenths of a second, on a
   * busy machine within seconds, and what is said before is lost.
   */
  private static final List<Long> AGAIN_MS = List.of(300L, 800L, 1_500L, 2_500L, 4_000L, 8_000L);

  private record Own(String address, RegistrationInfo info) {}

  private final DefaultCacheManager caches;
  private final Set<Own> registrations = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Vertx vertx;
  private volatile @Nullable RegistrationListener listener;

  RejoiningClusterManager(DefaultCacheManager caches) {
    super(caches);
    this.caches = caches;
    caches.addListener(new Merges());
  }

  @Override
  public void init(Vertx newVertx) {
    vertx = newVertx;
    super.init(newVertx);
  }

  @Override
  public synchronized void registrationListener(RegistrationListener newListener) {
    listener = newListener;
    super.registrationListener(newListener);
  }

  @Override
  public void addRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    registrations.add(new Own(address, info));
    super.addRegistration(address, info, promise);
  }

  @Override
  public void removeRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    registrations.remove(new Own(address, info));
    super.removeRegistration(address, info, promise);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    replica()
        .getEntry(address)
        .whenComplete(
            (entry, thrown) -> {
              List<RegistrationInfo> here =
                  thrown == null ? registrations(address, entry) : List.of();
              if (here.isEmpty()) {
                super.getRegistrations(address, promise);
              } else {
                promise.succeed(here);
                super.getRegistrations(address, (found, failed) -> correct(address, here, found));
              }
            });
  }

  @SuppressWarnings("unchecked") // as the cluster manager of Vert.x reads it
  private MultimapCache<String, byte[]> replica() {
    MultimapCacheManager<String, byte[]> multimaps =
        EmbeddedMultimapCacheManagerFactory.from(caches);
    return multimaps.get(REGISTRATIONS);
  }

  private List<RegistrationInfo> registrations(
      String address, Optional<CacheEntry<String, Collection<byte[]>>> entry) {
    List<RegistrationInfo> all = new ArrayList<>();
    entry.ifPresent(
        known -> known.getValue().forEach(value -> all.add(DataConverter.fromCachedObject(value))));
    if (!all.isEmpty()) {
      // Those for this node alone are in no cache.
      registrations.stream()
          .filter(own -> own.address().equals(address) && own.info().localOnly())
          .forEach(own -> all.add(own.info()));
    }
    return all;
  }

  /** Corrects for registrations that were just added or removed and are not in the replica yet. */
  private void correct(
      String address, List<RegistrationInfo> here, @Nullable List<RegistrationInfo> found) {
    RegistrationListener told = listener;
    if (found != null && told != null && !Set.copyOf(found).equals(Set.copyOf(here))) {
      told.registrationsUpdated(new RegistrationUpdateEvent(address, found));
    }
  }

  private void rejoin() {
    NodeInfo self = getNodeInfo();
    if (!isActive() || self == null) {
      return;
    }
    setNodeInfo(self, RejoiningClusterManager::logFailure);
    for (Own own : registrations) {
      super.addRegistration(
          own.address(),
          own.info(),
          (done, thrown) -> {
            logFailure(done, thrown);
            if (!registrations.contains(own)) {
              super.removeRegistration(
                  own.address(), own.info(), RejoiningClusterManager::logFailure);
            }
          });
    }
    caches.<String, Object>getCache(REGISTRATIONS).keySet().forEach(this::lookAgain);
  }

  /** After a merge no listener is told of the registrations that it brought: this tells them. */
  private void lookAgain(String address) {
    RegistrationListener told = listener;
    if (told != null && told.wantsUpdatesFor(address)) {
      getRegistrations(
          address,
          (found, thrown) -> {
            if (found != null) {
              told.registrationsUpdated(new RegistrationUpdateEvent(address, found));
            }
          });
    }
  }

  private static void logFailure(@Nullable Void done, @Nullable Throwable thrown) {
    if (thrown != null) {
      LOG.warn("this node is not wholly back in its cluster: {}", thrown.toString());
    }
  }

  /** Told by Infinispan, on a thread of its own. */
  @Listener(sync = false)
  public final class Merges {
    @Merged
    public void merged(MergeEvent event) {
      Vertx mine = vertx;
      LOG.info("the cluster has merged: {}", event.getNewMembers());
      if (mine != null) {
        for (long ms : AGAIN_MS) {
          mine.setTimer(
              ms,
              timer ->
                  mine.executeBlocking(
                      () -> {
                        rejoin();
                        return null;
                      }));
        }
      }
    }
  }
}
