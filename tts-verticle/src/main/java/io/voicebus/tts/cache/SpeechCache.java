package io.voicebus.tts.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.voicebus.contract.Settings;
import io.voicebus.tts.time.Delays;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps speech in memory and, if there is one, in a folder, each up to its bound. Keys are hashes:
 * nobody can read the text from them. Thread-safe.
 */
public final class SpeechCache {
  /** An utterance may take at most the cache's size divided by this. */
  private static final int LARGEST_SHARE = 4;

  /** Incomplete utterances may take the cache's size divided by this in addition. */
  private static final int RECORDED_SHARE = 2;

  /** Files waiting to be read or written; what does not fit is synthesized again, or not kept. */
  private static final int MAX_WAITING = 256;

  /**
   * How long a folder may take to answer: a service has spoken by then. One on a network, or a disk
   * that fails, may not answer at all.
   */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private static final Logger LOG = LoggerFactory.getLogger(SpeechCache.class);

  private final Cache<String, SavedSpeech> memory;
  private final int largestBytes;
  private final long mostRecorded;
  private final AtomicLong recorded = new AtomicLong();
  private final @Nullable SpeechFolder folder;
  private final Executor files;
  private final Delays delays;

  /** Whether the folder did not answer in time, and has not answered since. */
  private final AtomicBoolean stuck = new AtomicBoolean();

  private final AtomicBoolean told = new AtomicBoolean();

  private SpeechCache(long bytes, @Nullable SpeechFolder folder, Executor files, Delays delays) {
    this.memory =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<String, SavedSpeech>weigher((key, speech) -> speech.weight())
            .removalListener(
                (@Nullable String key, @Nullable SavedSpeech speech, RemovalCause why) -> {
                  if (speech != null) {
                    speech.close();
                  }
                })
            .executor(Runnable::run)
            .build();
    this.largestBytes = (int) Math.min(bytes / LARGEST_SHARE, Integer.MAX_VALUE);
    this.mostRecorded = bytes / RECORDED_SHARE;
    this.folder = folder;
    this.files = files;
    this.delays = delays;
  }

  /** One thread, which ends when it has nothing to do. */
  private static Executor thread() {
    ThreadPoolExecutor files =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "speech-cache");
              thread.setDaemon(true);
              return thread;
            });
    files.allowCoreThreadTimeOut(true);
    return files;
  }

  /** From the settings {@code cache-…}, of which {@code cache-bytes} is more than 0. */
  static SpeechCache open(Settings settings, Delays delays) {
    String directory = settings.get(CacheConfig.CACHE_DIRECTORY);
    long mostBytes = settings.get(CacheConfig.CACHE_DIRECTORY_BYTES);
    return new SpeechCache(
        settings.get(CacheConfig.CACHE_BYTES),
        directory.isEmpty() ? null : new SpeechFolder(Path.of(directory), mostBytes),
        thread(),
        delays);
  }

  /** A cache in memory, and in a folder if there is one, which is used by the executor. */
  static SpeechCache of(long bytes, Optional<SpeechFolder> folder, Executor files, Delays delays) {
    return new SpeechCache(bytes, folder.orElse(null), files, delays);
  }

  /** The key of what an engine, as it is set up, says in a voice. */
  static String key(String engine, String setup, String voice, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {engine, setup, voice, text}) {
        digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A speech larger than this is not kept. */
  int largestBytes() {
    return largestBytes;
  }

  /** Whether a recording may hold so many bytes more; they are to be given back. */
  boolean reserve(long bytes) {
    if (recorded.addAndGet(bytes) <= mostRecorded) {
      return true;
    }
    recorded.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    recorded.addAndGet(-bytes);
  }

  /**
   * Looks something up; the answer comes at once, or from another thread if there is a folder. A
   * folder that does not answer in time is not waited for, and not asked again before it has
   * answered. What is found is there until the answer returns.
   */
  void find(String key, Consumer<Optional<SavedSpeech>> answer) {
    SavedSpeech known = memory.getIfPresent(key);
    SavedSpeech shared = known == null ? null : known.share();
    SpeechFolder disk = folder;
    if (shared != null || disk == null || stuck.get()) {
      answer(answer, shared);
      return;
    }
    AtomicBoolean answered = new AtomicBoolean();
    try {
      files.execute(
          () -> {
            SavedSpeech one = null;
            try {
              SavedSpeech found = disk.find(key).orElse(null);
              if (found != null) {
                one = found.share();
                memory.put(key, found);
              }
            } finally {
              boolean inTime = answered.compareAndSet(false, true);
              stuck.set(false); // after that, or it might stay so: see late
              if (inTime) {
                answer(answer, one);
              } else if (one != null) {
                one.close();
              }
            }
          });
    } catch (RejectedExecutionException e) {
      answer.accept(Optional.empty());
      return;
    }
    if (!answered.get()) {
      delays.after(
          PATIENCE,
          () -> {
            if (late(answered)) {
              answer.accept(Optional.empty());
            }
          });
    }
  }

  /** Whether the folder has not answered in time, and so will not be waited for. */
  private boolean late(AtomicBoolean answered) {
    if (answered.get()) {
      return false;
    }
    stuck.set(true); // before the answer of the folder can come too late
    if (!answered.compareAndSet(false, true)) {
      stuck.set(false);
      return false;
    }
    tell();
    return true;
  }

  private void tell() {
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "cache-directory does not answer within {} ms: what it does not find in time is asked"
              + " for, and paid, again; this is not said again",
          PATIENCE.toMillis());
    }
  }

  private static void answer(Consumer<Optional<SavedSpeech>> answer, @Nullable SavedSpeech shared) {
    try (shared) {
      answer.accept(Optional.ofNullable(shared));
    }
  }

  /** Keeps it, and closes it when it keeps it no longer. */
  void save(String key, SavedSpeech speech) {
    // What waited for a folder that does not answer would take memory.
    SpeechFolder disk = stuck.get() ? null : folder;
    SavedSpeech shared = disk == null ? null : speech.share();
    memory.put(key, speech);
    if (disk != null && shared != null) {
      try {
        files.execute(
            () -> {
              try (shared) {
                disk.save(key, shared);
              }
              stuck.set(false);
            });
      } catch (RejectedExecutionException e) {
        shared.close();
        memory.invalidate(key); // it will be made, and kept, another time
      }
    }
  }

  /** Bytes that are held in memory. */
  long heldBytes() {
    memory.cleanUp();
    return memory.asMap().values().stream().mapToLong(SavedSpeech::weight).sum();
  }
}
