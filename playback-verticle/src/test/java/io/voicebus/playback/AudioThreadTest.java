package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AudioThreadTest {
  private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch ready = new CountDownLatch(1);

  private final AudioThread.Listener listener =
      new AudioThread.Listener() {
        @Override
        public void firstAudio() {
          news.add("first audio");
        }

        @Override
        public void drained() {
          news.add("drained");
        }

        @Override
        public void finished() {
          news.add("finished");
        }

        @Override
        public void failed(Failure why) {
          news.add(why);
        }
      };

  /** Gets ready when it is told to; then says what it is asked for. */
  private class Device implements AudioDevice {
    @Override
    public void prepare() throws IOException {
      try {
        ready.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void open(int sampleRateHz) {
      calls.add("open " + sampleRateHz);
    }

    @Override
    public void write(byte[] pcm) throws IOException {
      calls.add("write " + pcm.length);
    }

    @Override
    public void drain() {
      calls.add("drain");
    }

    @Override
    public void silence() {
      calls.add("silence");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private AudioThread thread(AudioDevice device) {
    return new AudioThread("test-audio", device, Runnable::run, listener);
  }

  private static Object next(BlockingQueue<?> queue) throws InterruptedException {
    Object next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("something within 10 s").isNotNull();
    return next;
  }

  @Test
  void givesTheDeviceEverythingInOrder() throws Exception {
    // given
    AudioThread thread = thread(new Device());
    // when
    thread.open(24_000);
    thread.write(new byte[10]);
    thread.write(new byte[20]);
    thread.finish();
    ready.countDown();
    // then
    assertThat(next(news)).isEqualTo("first audio");
    assertThat(next(news)).isEqualTo("finished");
    assertThat(calls).containsExactly("open 24000", "write 10", "write 20", "drain", "close");
  }

  @Test
  void isFullWhileTheDeviceLagsBehindAndTellsWhenItIsNot() throws Exception {
    // given
    AudioThread thread = thread(new Device());
    thread.open(24_000);
    thread.write(new byte[AudioThread.QUEUE_BYTES - 2]);
    assertThat(thread.full()).isFalse();
    thread.write(new byte[2]);
    assertThat(thread.full()).isTrue();
    // when
    ready.countDown();
    // then
    assertThat(next(news)).isEqualTo("first audio");
    assertThat(next(news)).isEqualTo("drained");
    assertThat(thread.full()).isFalse();
    thread.cancel();
  }

  @Test
  void discardsWhatWaitsWhenItIsCancelled() throws Exception {
    // given
    AudioThread thread = thread(new Device());
    thread.open(24_000);
    thread.write(new byte[10]);
    // when
    thread.cancel();
    ready.countDown();
    // then
    assertThat(next(calls)).isEqualTo("silence");
    assertThat(next(calls)).isEqualTo("close");
    assertThat(calls).isEmpty();
    assertThat(news).isEmpty();
  }

  @Test
  void closesADeviceThatFailsAndSaysWhy() throws Exception {
    // given
    AudioThread thread =
        thread(
            new Device() {
              @Override
              public void write(byte[] pcm) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    // when
    thread.write(new byte[10]);
    ready.countDown();
    // then
    assertThat(next(news))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
              assertThat(failure.detail())
                  .isEqualTo("the audio cannot be written: No space left on device");
            });
    assertThat(next(calls)).isEqualTo("close");
  }
}
