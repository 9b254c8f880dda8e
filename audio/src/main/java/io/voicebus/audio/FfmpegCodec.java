package io.voicebus.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * AAC-LC in ADTS frames, by a process of {@code ffmpeg} for each turn: its calls block. At most
 * twelve run at once, since each takes some 40 MB; one more is refused.
 */
final class FfmpegCodec implements Codec {
  /** Processes at once. */
  static final int MAX_PROCESSES = 12;

  private static final Semaphore ROOM = new Semaphore(MAX_PROCESSES);
  private static final int USUAL_KBPS = 64;
  private static final long END_SECONDS = 10;

  private final int kbps;

  /** What the process has written, and nobody has taken; also its lock. */
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private boolean hasRoom;
  private @Nullable Process process;
  private @Nullable Thread reader;

  /**
   * One turn.
   *
   * @param kbps {@link AudioCoding#USUAL} for what is good for speech
   * @throws UnsupportedAudioException there are too many already
   */
  FfmpegCodec(int kbps) {
    this.kbps = kbps == AudioCoding.USUAL ? USUAL_KBPS : kbps;
    if (!ROOM.tryAcquire()) {
      throw new UnsupportedAudioException(
          "as many as "
              + MAX_PROCESSES
              + " listeners get AAC already: use another format, or try again later");
    }
    hasRoom = true;
  }

  @Override
  public byte[] begin(int rateHz) {
    try {
      Process started =
          Ffmpeg.command(rateHz, List.of("-c:a", "aac", "-b:a", kbps + "k", "-f", "adts")).start();
      process = started;
      Thread reading = new Thread(() -> read(started.getInputStream()), "voicebus-ffmpeg");
      reading.setDaemon(true);
      reading.start();
      reader = reading;
    } catch (IOException e) {
      throw new IllegalStateException("ffmpeg does not start: " + e.getMessage(), e);
    }
    return AudioEncoder.NOTHING;
  }

  private void read(InputStream from) {
    byte[] buffer = new byte[4096];
    try (from) {
      for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
        synchronized (written) {
          written.write(buffer, 0, length);
        }
      }
    } catch (IOException e) {
      // The process has ended, and its pipe with it.
    }
  }

  @Override
  public byte[] encode(byte[] pcm) {
    try {
      OutputStream to = running().getOutputStream();
      to.write(pcm);
      to.flush();
    } catch (IOException e) {
      throw new IllegalStateException("ffmpeg has ended: " + e.getMessage(), e);
    }
    return taken();
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not begun");
    }
    return process;
  }

  private byte[] taken() {
    synchronized (written) {
      byte[] bytes = written.toByteArray();
      written.reset();
      return bytes;
    }
  }

  @Override
  public byte[] end() {
    Process ending = running();
    try {
      ending.getOutputStream().close();
      if (reader != null) {
        reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
      }
      if (!ending.waitFor(END_SECONDS, TimeUnit.SECONDS) || ending.exitValue() != 0) {
        throw new IllegalStateException("ffmpeg did not end well");
      }
    } catch (IOException e) {
      throw new IllegalStateException("ffmpeg has ended: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ffmpeg ended", e);
    }
    return taken();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
    if (hasRoom) {
      hasRoom = false;
      ROOM.release();
    }
  }
}
