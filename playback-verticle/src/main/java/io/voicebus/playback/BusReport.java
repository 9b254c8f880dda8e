package io.voicebus.playback;

import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.Frame;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bus stream to a turn's owner: the playout itself, or marks of what a device plays. */
final class BusReport implements PlayoutSink {
  /**
   * Bytes that wait for the owner's credit: what is next in order need not wait here, and what is
   * here counts as delivered.
   */
  private static final int QUEUE_BYTES = 32 * 1024;

  private final boolean words;
  private final Runnable ended;
  private @Nullable BusWriteStream<Message> stream;
  private @Nullable Failure failure;

  /**
   * A report.
   *
   * @param words whether the owner wants to know where words end
   * @param ended told after {@link #end}, when the owner has everything or never will
   */
  BusReport(boolean words, Runnable ended) {
    this.words = words;
    this.ended = ended;
  }

  /** The owner took the stream. */
  void opened(BusWriteStream<Message> taken) {
    if (failure != null) {
      taken.fail(failure);
    } else {
      stream = taken.setWriteQueueMaxSize(QUEUE_BYTES);
    }
  }

  /** Full until the owner takes the stream. */
  @Override
  public boolean full() {
    return stream == null || stream.writeQueueFull();
  }

  @Override
  public void format(int sampleRateHz) {
    write(new PlayoutFormat(sampleRateHz));
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    // A frame fits, but not what a rate converter makes of it.
    for (int at = 0; at < pcm.length; at += Frame.MAX_BYTES) {
      int end = Math.min(pcm.length, at + Frame.MAX_BYTES);
      write(new ChunkAudio(chunk, end - at == pcm.length ? pcm : Arrays.copyOfRange(pcm, at, end)));
    }
  }

  @Override
  public void mark(PlayoutMark mark) {
    write(mark);
  }

  @Override
  public void word(WordMark word) {
    if (words) {
      write(word);
    }
  }

  private void write(Message item) {
    if (stream != null) {
      // A stream that ends before it was sent tells its exception handler.
      stream.write(item);
    }
  }

  @Override
  public void end() {
    if (stream != null) {
      stream.end().onComplete(all -> ended.run());
    }
  }

  /** What the owner has not heard is the owner's to drop: {@link #fail} tells it. */
  @Override
  public void cancel() {}

  /** Ends the stream, if it is or comes open, as failed. */
  void fail(Failure why) {
    if (failure == null) {
      failure = why;
      if (stream != null) {
        stream.fail(why);
      }
    }
  }
}
