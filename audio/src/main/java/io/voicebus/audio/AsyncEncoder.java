package io.voicebus.audio;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.voicebus.contract.MemoryBudget;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a turn's samples beside the event loops, in order, on a pool of as many threads as there
 * are processors, which all turns of a Vert.x share. Formats that only copy samples are encoded
 * within the call.
 *
 * <p>All methods are called on one event loop, and the listener is called there. {@link #full} says
 * when the bound is reached; further samples are accepted all the same. {@link #close} in any case,
 * also after the end or a failure; nothing comes after it.
 */
public final class AsyncEncoder {
  /** Samples that wait to be encoded: two thirds of a second at 24 kHz, and one more piece. */
  static final int QUEUE_BYTES = 32 * 1024;

  /** What is encoded at a time, so that turns take turns. */
  private static final int BATCH_BYTES = 8 * 1024;

  private static final String POOL = "voicebus-encoder";

  /** One that waits for a program must not keep the others up. */
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  /** What comes of it. */
  public interface Listener {
    /** The next bytes, never none; not to be changed. */
    void encoded(byte[] bytes);

    /** There is room again after {@link #full()}. */
    void drained();

    /** Everything was encoded, and the end was asked for. */
    void finished();

    /** It cannot go on; nothing more comes. */
    void failed(Throwable why);
  }

  private record Piece(int bytes, Callable<byte[]> work) {}

  private final Vertx vertx;
  private final AudioCoding coding;
  private final AudioEncoder encoder;

  /** What it takes of the process; null where that is next to nothing. */
  private final MemoryBudget.@Nullable Share memory;

  private final Listener listener;
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private @Nullable WorkerExecutor pool;
  private int queuedBytes;
  private boolean light;
  private boolean busy;
  private boolean ending;
  private boolean closed;

  /**
   * One turn; call it on the listener's event loop.
   *
   * @throws UnsupportedAudioException there are too many of this coding already, or there is no
   *     memory for another one
   */
  public AsyncEncoder(Vertx vertx, AudioCoding coding, Listener listener) {
    this(vertx, coding, coding::encoder, listener);
  }

  AsyncEncoder(Vertx vertx, AudioCoding coding, Supplier<AudioEncoder> encoder, Listener listener) {
    this.vertx = vertx;
    this.coding = coding;
    this.listener = listener;
    long bytes = AudioEncoder.heldBytes(coding);
    memory = bytes == 0 ? null : MemoryBudget.of(vertx).take(bytes);
    if (bytes > 0 && memory == null) {
      throw new UnsupportedAudioException(
          "there is no memory left to make "
              + coding.format().id()
              + " for another listener: ask for pcm or wav, or try again in a moment");
    }
    try {
      this.encoder = encoder.get();
    } catch (RuntimeException refused) {
      giveBack();
      throw refused;
    }
  }

  private void giveBack() {
    if (memory != null) {
      memory.close();
    }
  }

  /** The samples that follow have this rate. Once, before the first. */
  public void begin(int turnRateHz) {
    light = AudioEncoder.isLight(coding, turnRateHz);
    add(0, () -> encoder.begin(turnRateHz));
  }

  /** The next samples: signed 16-bit little-endian mono; not to be changed afterwards. */
  public void encode(byte[] pcm) {
    add(pcm.length, () -> encoder.encode(pcm));
  }

  /** No more follow. */
  public void end() {
    ending = true;
    add(0, encoder::end);
  }

  /** Whether as much waits as should. */
  public boolean full() {
    return queuedBytes >= QUEUE_BYTES;
  }

  private void add(int bytes, Callable<byte[]> work) {
    if (closed) {
      return;
    }
    queuedBytes += bytes;
    waiting.add(new Piece(bytes, work));
    goOn();
  }

  private void goOn() {
    if (busy || closed || waiting.isEmpty()) {
      return;
    }
    busy = true;
    Piece batch = batch();
    if (light) {
      byte[] encoded;
      try {
        encoded = batch.work.call();
      } catch (Exception e) {
        fail(e);
        return;
      }
      done(batch.bytes, encoded);
      return;
    }
    if (pool == null) {
      pool = vertx.createSharedWorkerExecutor(POOL, THREADS);
    }
    pool.executeBlocking(batch.work, false)
        .onSuccess(encoded -> done(batch.bytes, encoded))
        .onFailure(this::fail);
  }

  /** The first pieces, as one. */
  private Piece batch() {
    Piece first = waiting.remove();
    if (waiting.isEmpty()) {
      return first;
    }
    int bytes = first.bytes;
    byte[] none = AudioEncoder.NOTHING;
    Deque<Callable<byte[]>> work = new ArrayDeque<>();
    work.add(first.work);
    while (!waiting.isEmpty() && bytes + waiting.element().bytes <= BATCH_BYTES) {
      Piece next = waiting.remove();
      bytes += next.bytes;
      work.add(next.work);
    }
    return new Piece(
        bytes,
        () -> {
          byte[] all = none;
          for (Callable<byte[]> each : work) {
            all = AudioEncoder.concat(all, each.call());
          }
          return all;
        });
  }

  private void done(int bytes, byte[] encoded) {
    busy = false;
    if (closed) {
      free();
      return;
    }
    boolean was = full();
    queuedBytes -= bytes;
    if (encoded.length > 0) {
      listener.encoded(encoded);
    }
    if (closed) {
      return;
    }
    if (ending && waiting.isEmpty()) {
      listener.finished();
      return;
    }
    if (was && !full()) {
      listener.drained();
    }
    goOn(); // Last, since the next result may be there at once.
  }

  private void fail(Throwable why) {
    busy = false;
    boolean told = closed;
    close();
    free();
    if (!told) {
      listener.failed(why);
    }
  }

  /** Frees what it has, as soon as no thread uses it. More than once does no harm. */
  public void close() {
    if (!closed) {
      closed = true;
      waiting.clear();
      queuedBytes = 0;
      if (!busy) {
        free();
      }
    }
  }

  private void free() {
    encoder.close();
    giveBack();
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }
}
