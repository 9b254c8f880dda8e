package io.voicebus.tts.cache;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import io.voicebus.contract.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a process: instances with the same settings share one, so that what one of them has
 * said none says again, and the bound holds for all. Thread-safe.
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

  /** Those of all instances with this Vert.x. */
  public static SpeechCaches of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, SpeechCaches>getLocalMap(MAP)
        .computeIfAbsent(MAP, first -> new SpeechCaches());
  }

  /** The one that the settings ask for; empty if there is to be none. */
  public Optional<SpeechCache> read(Settings settings) {
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
        : Optional.of(caches.computeIfAbsent(bounds, any -> SpeechCache.open(settings)));
  }
}
