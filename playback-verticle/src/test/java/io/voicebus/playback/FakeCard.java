package io.voicebus.playback;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/** A sound card that takes one format, and remembers what it played. */
final class FakeCard {
  private final AudioFormat format;
  private final ByteArrayOutputStream played = new ByteArrayOutputStream();
  private final List<String> calls = new ArrayList<>();
  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean blocks;
  private boolean busy;

  FakeCard(AudioFormat format) {
    this.format = format;
  }

  /** A write does not return before the line is stopped. */
  FakeCard thatBlocks() {
    blocks = true;
    return this;
  }

  FakeCard thatIsBusy() {
    busy = true;
    return this;
  }

  void awaitWrite() throws InterruptedException {
    writing.await(10, TimeUnit.SECONDS);
  }

  synchronized byte[] played() {
    return played.toByteArray();
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  SourceDataLine line(AudioFormat wanted) {
    if (!wanted.matches(format)) {
      throw new IllegalArgumentException("not taken");
    }
    return (SourceDataLine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SourceDataLine.class},
            (proxy, method, args) -> call(method.getName(), args));
  }

  private @Nullable Object call(String name, Object @Nullable [] args) throws Exception {
    if (name.equals("write") && args != null) {
      synchronized (this) {
        played.write((byte[]) args[0], (int) args[1], (int) args[2]);
      }
      writing.countDown();
      if (blocks) {
        stopped.await(10, TimeUnit.SECONDS);
      }
      return args[2];
    }
    if (name.equals("open") && busy) {
      throw new LineUnavailableException("busy");
    }
    if (name.equals("stop")) {
      stopped.countDown();
    }
    synchronized (this) {
      calls.add(name);
    }
    return null;
  }
}
