package io.voicebus.tts.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.LogLines;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RealDelaysTest {
  @RegisterExtension final LogLines log = LogLines.of(RealDelays.class);

  private static Thread threadOf(Delays delays) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    delays.after(Duration.ofMillis(1), () -> thread.complete(Thread.currentThread()));
    return thread.join();
  }

  @Test
  void aTaskThatFailsIsToldToTheLogAndOthersRun() {
    // when
    Delays.real()
        .after(
            Duration.ofMillis(1),
            () -> {
              throw new IllegalStateException("a fault");
            });
    threadOf(Delays.real());
    // then
    assertThat(log.texts()).containsExactly("a delayed task failed");
  }

  @Test
  void allWhoWaitShareOneThread() {
    assertThat(threadOf(Delays.real())).isSameAs(threadOf(Delays.real()));
  }
}
