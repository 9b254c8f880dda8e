package io.voicebus.playback;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.FileTrouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one {@link AudioDevice} in order, off the event loop. Its methods do not block, and are
 * called from one thread; the listener is called back by way of the executor, and not any more once
 * it was told {@code finished} or {@code failed}.
 */
final class AudioThread {
  /** Bytes that wait for the device: two thirds of a second at 24 kHz, and one more frame. */
  static final int QUEUE_BYTES = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(AudioThread.class);

  /** What the device's side has to say. */
  interface Listener {
    /** The device took the first samples. */
    void firstAudio();

    /** There is room again after {@link #full()}. */
    void drained();

    /** Everything was taken, and heard or kept. */
    void finished();

    void failed(Failure why);
  }

  private interface Step {
    void run() throws IOException;
  }

  private final AudioDevice device;
  private final Executor back;
  private final Listener listener;
  private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
  private final AtomicInteger queuedBytes = new AtomicInteger();
  private volatile boolean cancelled;

  // Of the device's thread alone.
  private boolean heard;
  private boolean over;

  AudioThread(String name, AudioDevice device, Executor back, Listener listener) {
    this.device = device;
    this.back = back;
    this.listener = listener;
    steps.add(device::prepare);
    Thread thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  boolean full() {
    return queuedBytes.get() >= QUEUE_BYTES;
  }

  void open(int sampleRateHz) {
    steps.add(() -> device.open(sampleRateHz));
  }

  void write(byte[] pcm) {
    queuedBytes.addAndGet(pcm.length);
    steps.add(() -> take(pcm));
  }

  /** Nothing more follows; what was given is heard. */
  void finish() {
    steps.add(
        () -> {
          device.drain();
          over = true;
        });
  }

  /** Stops at once: what was given and not heard yet is discarded. The listener hears nothing. */
  void cancel() {
    cancelled = true;
    device.silence();
    steps.add(() -> {});
  }

  private void take(byte[] pcm) throws IOException {
    device.write(pcm);
    if (!heard) {
      heard = true;
      back.execute(listener::firstAudio);
    }
    int after = queuedBytes.addAndGet(-pcm.length);
    if (after < QUEUE_BYTES && after + pcm.length >= QUEUE_BYTES) {
      back.execute(listener::drained);
    }
  }

  private void run() {
    try {
      while (!over && !cancelled) {
        Step next = steps.take();
        if (!cancelled) {
          next.run();
        }
      }
      device.close();
      tell(listener::finished);
    } catch (InterruptedException | IOException | RuntimeException | LinkageError e) {
      closeQuietly();
      Failure why = failure(e);
      tell(() -> listener.failed(why));
    }
  }

  private void tell(Runnable news) {
    if (!cancelled) {
      back.execute(news);
    }
  }

  private void closeQuietly() {
    try {
      device.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} did not close", Thread.currentThread().getName(), e);
    }
  }

  private static Failure failure(Throwable cause) {
    if (cause instanceof VoicebusException known) {
      return known.failure();
    }
    // What the system says is for people; the class of anything else says more than its message.
    if (cause instanceof FileSystemException file && file.getFile() != null) {
      return unwritten(FileTrouble.inWords(Path.of(file.getFile()), file));
    }
    String why =
        cause instanceof IOException && cause.getMessage() != null
            ? cause.getMessage()
            : cause.toString();
    return unwritten(why);
  }

  private static Failure unwritten(String why) {
    return new Failure(
        Stage.PLAYBACK, FailureKind.UNAVAILABLE, "the audio cannot be written: " + why);
  }
}
