package io.voicebus.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncEncoderTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Runs on the event loop, and waits until it has. */
  private void run(Runnable work) throws Exception {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        go -> {
          try {
            work.run();
            done.complete();
          } catch (RuntimeException | AssertionError e) {
            done.fail(e);
          }
        });
    await(done.future());
  }

  /** Collects what comes, and on which threads. */
  private static final class Ear implements AsyncEncoder.Listener {
    final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    final List<String> news = new ArrayList<>();
    final Promise<Void> over = Promise.promise();
    final AtomicInteger elsewhere = new AtomicInteger();

    private void check() {
      if (!Context.isOnEventLoopThread()) {
        elsewhere.incrementAndGet();
      }
    }

    @Override
    public void encoded(byte[] bytes) {
      check();
      heard.writeBytes(bytes);
    }

    @Override
    public void drained() {
      check();
      news.add("drained");
    }

    @Override
    public void finished() {
      check();
      news.add("finished");
      over.complete();
    }

    @Override
    public void failed(Throwable why) {
      check();
      news.add("failed " + why.getMessage());
      over.complete();
    }
  }

  /** Waits where it is told to, and fails where it is told to. */
  private static final class SlowCodec implements Codec {
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger together = new AtomicInteger();
    volatile boolean overlapped;
    volatile boolean fails;
    volatile boolean onEventLoop;

    @Override
    public byte[] begin(int rateHz) {
      return new byte[] {1};
    }

    @Override
    public byte[] encode(byte[] pcm) {
      overlapped |= together.incrementAndGet() > 1;
      onEventLoop |= Context.isOnEventLoopThread();
      try {
        assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      together.decrementAndGet();
      if (fails) {
        throw new IllegalStateException("broken");
      }
      return pcm;
    }

    @Override
    public byte[] end() {
      return new byte[] {2};
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private AsyncEncoder slow(SlowCodec codec, Ear ear) {
    AudioCoding mp3 = AudioCoding.of("mp3"); // Not to be made on an event loop.
    return new AsyncEncoder(vertx, mp3, () -> new AudioEncoder(mp3, codec), ear);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "opus", "flac", "wav", "pcm"})
  void whatComesOutIsWhatTheEncoderMakesInOrder(String name) throws Exception {
    // given
    AudioCoding coding = AudioCoding.of(name);
    byte[] pcm = Sound.sine(500, 24_000, 48_000, 9_000);
    Ear ear = new Ear();
    // when
    run(
        () -> {
          AsyncEncoder encoder = new AsyncEncoder(vertx, coding, ear);
          encoder.begin(24_000);
          for (int at = 0; at < pcm.length; at += 3_001) {
            encoder.encode(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + 3_001)));
          }
          encoder.end();
        });
    await(ear.over.future());
    // then
    byte[] heard = ear.heard.toByteArray();
    byte[] expected = Sound.encoded(coding, 24_000, pcm, 1);
    assertThat(heard).hasSameSizeAs(expected);
    if (!name.equals("opus")) { // whose stream's number is random
      assertThat(heard).isEqualTo(expected);
    }
    assertThat(ear.news).endsWith("finished").doesNotHaveDuplicates();
    assertThat(ear.elsewhere).hasValue(0);
  }

  @Test
  void whatIsOnlyCopiedComesBackWithinTheCall() throws Exception {
    Ear ear = new Ear();
    run(
        () -> {
          AsyncEncoder encoder = new AsyncEncoder(vertx, AudioCoding.of("pcm"), ear);
          encoder.begin(24_000);
          encoder.encode(new byte[] {1, 2});
          assertThat(ear.heard.toByteArray()).containsExactly(1, 2);
          encoder.end();
          assertThat(ear.news).containsExactly("finished");
          encoder.close();
        });
  }

  @Test
  void itIsFullWhenAsMuchWaitsAsShouldAndTellsWhenThereIsRoomAgain() throws Exception {
    // given
    SlowCodec codec = new SlowCodec();
    Ear ear = new Ear();
    AsyncEncoder encoder = slow(codec, ear);
    byte[] piece = new byte[AsyncEncoder.QUEUE_BYTES / 4];
    // when
    run(
        () -> {
          encoder.begin(24_000);
          for (int i = 0; i < 3; i++) {
            encoder.encode(piece);
            assertThat(encoder.full()).isFalse();
          }
          encoder.encode(piece);
          assertThat(encoder.full()).isTrue();
          assertThat(ear.news).isEmpty();
          encoder.end();
        });
    codec.go.countDown();
    await(ear.over.future());
    // then
    assertThat(ear.news).containsExactly("drained", "finished");
    assertThat(ear.heard.size()).isEqualTo(2 + 4 * piece.length);
    assertThat(codec.overlapped).isFalse();
    assertThat(codec.onEventLoop).isFalse();
    run(encoder::close);
  }

  @Test
  void nothingComesAfterItIsClosedAndTheEncoderIsFreedWhenNoThreadUsesIt() throws Exception {
    // given
    SlowCodec codec = new SlowCodec();
    Ear ear = new Ear();
    AsyncEncoder encoder = slow(codec, ear);
    run(
        () -> {
          encoder.begin(24_000);
          encoder.encode(new byte[200]);
        });
    // when
    run(encoder::close);
    codec.go.countDown();
    // then
    assertThat(codec.closed.await(30, TimeUnit.SECONDS)).isTrue();
    run(() -> encoder.encode(new byte[200]));
    assertThat(ear.news).isEmpty();
  }

  @Test
  void anEncoderThatFailsIsToldOnceAndFreed() throws Exception {
    // given
    SlowCodec codec = new SlowCodec();
    codec.fails = true;
    codec.go.countDown();
    Ear ear = new Ear();
    AsyncEncoder encoder = slow(codec, ear);
    // when
    run(
        () -> {
          encoder.begin(24_000);
          encoder.encode(new byte[200]);
          encoder.encode(new byte[200]);
          encoder.end();
        });
    await(ear.over.future());
    // then
    assertThat(codec.closed.await(30, TimeUnit.SECONDS)).isTrue();
    run(() -> {});
    assertThat(ear.news).containsExactly("failed broken");
  }

  @Test
  void manyTurnsDoNotWaitForOneThatIsStuck() throws Exception {
    // given: all threads but one are kept
    SlowCodec stuck = new SlowCodec();
    Ear kept = new Ear();
    AsyncEncoder first = slow(stuck, kept);
    run(
        () -> {
          first.begin(24_000);
          first.encode(new byte[20]);
        });
    // when
    Ear ear = new Ear();
    run(
        () -> {
          AsyncEncoder other = new AsyncEncoder(vertx, AudioCoding.of("mp3"), ear);
          other.begin(24_000);
          other.encode(new byte[48_000]);
          other.end();
        });
    // then
    await(ear.over.future());
    assertThat(ear.news).contains("finished");
    stuck.go.countDown();
    run(first::close);
  }
}
