package io.voicebus.launcher;

import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * How many threads carry the verticles. Nothing here blocks one, so there are as many as cores: of
 * Vert.x's default, twice as many, more packets between verticles wake another thread.
 */
public final class EventLoops {
  /** At least two, so that one busy verticle does not delay all others. */
  private static final int FEWEST = 2;

  /** How long a name server may take. */
  private static final long QUERY_MS = 2_000;

  /** How old the hosts file may be: without this it would be read once. */
  private static final int HOSTS_MS = 5_000;

  private EventLoops() {}

  /** Options of a Vert.x that carries roles of Voicebus. */
  public static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(count())
        // Sockets without a selector in between, where there is such a thing; else as everywhere.
        .setPreferNativeTransport(true)
        // A name server that is silent is asked four times in all; the system's follow
        // (SystemNames).
        .setAddressResolverOptions(
            new AddressResolverOptions().setQueryTimeout(QUERY_MS).setHostsRefreshPeriod(HOSTS_MS))
        // Nothing is read through it, and a process that is killed would leave its folder behind.
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** How many there are. */
  public static int count() {
    return Math.max(FEWEST, Runtime.getRuntime().availableProcessors());
  }
}
