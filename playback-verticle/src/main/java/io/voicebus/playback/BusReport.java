package io.voicebus.playback;

import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.Frame;
import io.voicebus.contract.PlayoutBrokeOff;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Underrun;
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

  private final BusWriteStream stream;
  private final Runnable ended;
  private @Nullable Failure breaksOff;

  /**
   * A report.
   *
   * @param ended told after {@link #end}, when the owner has everything or never will
   */
  BusReport(BusWriteStream stream, Runnable ended) {
    this.stream = stream.setWriteQueueMaxSize(QUEUE_BYTES);
    this.ended = ended;
  }

  @Override
  public boolean full() {
    return stream.writeQueueFull();
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
    write(word);
  }

  @Override
  public void underrun(Underrun underrun) {
    write(underrun);
  }

  private void write(Message item) {
    if (stream.isOpen()) {
      stream.write(item);
    }
  }

  /** What is given until the end is not all: the owner is told why. */
  void breaksOff(Failure why) {
    breaksOff = why;
  }

  /** A link that fails would take with it what an owner that is held has not read. */
  @Override
  public void end() {
    if (breaksOff != null) {
      write(new PlayoutBrokeOff(breaksOff));
      return;
    }
    stream.end().onComplete(all -> ended.run());
  }

  /** What the owner has not heard is the owner's to discard: the link's failure says so. */
  @Override
  public void cancel() {}
}
