package io.voicebus.tts.cache;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import io.voicebus.contract.Settings;
import io.voicebus.tts.time.Delays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The speech caches of a process. Instances with the same settings share one, so that each sentence
 * is spoken once, and the bound holds for all of them. Thread-safe.
 */
public final class SpeechCaches implements Shareable {
  private static final String MAP = "voicebus.speech-caches";

  private record Bounds(long bytes, String folder, long folderBytes) {
    // By hand, as in Meter.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bounds that
          && bytes == that.bytes
          && folder.equals(that.folder)
          && folderBytes == that.folderBytes;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Long.hashCode(bytes) + folder.hashCode()) + Long.hashCode(folderBytes);
    }
  }

  private final Map<Bounds, SpeechCache> caches = new ConcurrentHashMap<>();

  /** The caches of all instances on this Vert.x. */
  public static SpeechCaches of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, SpeechCaches>getLocalMap(MAP)
        .computeIfAbsent(MAP, first -> new SpeechCaches());
  }

  /**
   * The cache that the settings describe; empty if they turn it off.
   *
   * @param delays for what is not waited for
   */
  public Optional<SpeechCache> read(Settings settings, Delays delays) {
    Bounds bounds =
        new Bounds(
            settings.get(CacheConfig.CACHE_BYTES),
            settings.get(CacheConfig.CACHE_DIRECTORY),
            settings.get(CacheConfig.CACHE_DIRECTORY_BYTES));
    if (bounds.bytes() == 0 && !bounds.folder().isEmpty()) {
      throw new IllegalArgumentException(
          "tts setting 'cache-directory' has no effect where 'cache-bytes' is 0: what goes to a"
              + " file is in memory first; leave one of them out");
    }
    return bounds.bytes() == 0
        ? Optional.empty()
        : Optional.of(caches.computeIfAbsent(bounds, any -> SpeechCache.open(settings, delays)));
  }
}
