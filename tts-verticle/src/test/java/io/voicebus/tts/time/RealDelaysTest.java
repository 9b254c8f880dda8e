package io.voicebus.tts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RealDelaysTest {
  private static Thread threadOf(Delays delays) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    delays.after(Duration.ofMillis(1), () -> thread.complete(Thread.currentThread()));
    return thread.join();
  }

  @Test
  void allWhoWaitShareOneThread() {
    assertThat(threadOf(Delays.real())).isSameAs(threadOf(Delays.real()));
  }
}
