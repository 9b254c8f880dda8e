package io.voicebus.playback;

import io.voicebus.bus.Failure;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.WordMark;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Audio to a device of this machine; marks, and the rate that they count in, to the owner. */
final class DeviceSink implements PlayoutSink, AudioThread.Listener {
  private final PlayoutSink report;
  private final Runnable drained;
  private final Consumer<Failure> failed;
  private final AudioThread thread;
  private int firstChunk = -1;

  /**
   * A sink.
   *
   * @param name of the device's thread
   * @param back how that thread calls back
   * @param drained told when there is room again
   * @param failed told when the device cannot go on
   */
  DeviceSink(
      PlayoutSink report,
      String name,
      AudioDevice device,
      Executor back,
      Runnable drained,
      Consumer<Failure> failed) {
    this.report = report;
    this.drained = drained;
    this.failed = failed;
    this.thread = new AudioThread(name, device, back, this);
  }

  // From the playout.

  @Override
  public boolean full() {
    return report.full() || thread.full();
  }

  @Override
  public void format(int sampleRateHz) {
    thread.open(sampleRateHz);
    report.format(sampleRateHz);
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (firstChunk < 0) {
      firstChunk = chunk;
    }
    thread.write(pcm);
  }

  @Override
  public void mark(PlayoutMark mark) {
    report.mark(mark);
  }

  @Override
  public void word(WordMark word) {
    report.word(word);
  }

  @Override
  public void underrun(Underrun underrun) {
    report.underrun(underrun);
  }

  @Override
  public void end() {
    thread.finish();
  }

  /** Stops at once. */
  @Override
  public void cancel() {
    thread.cancel();
  }

  // From the device.

  @Override
  public void firstAudio() {
    report.mark(new PlayoutMark(PlayoutMark.Kind.FIRST_AUDIO, firstChunk, 0));
  }

  @Override
  public void drained() {
    drained.run();
  }

  @Override
  public void finished() {
    report.end();
  }

  @Override
  public void failed(Failure why) {
    failed.accept(why);
  }
}
