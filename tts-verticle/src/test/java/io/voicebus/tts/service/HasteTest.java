package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.voicebus.tts.time.UsualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HasteTest {
  private static final long MS = 1_000_000;
  private static final long LATER = 10_000 * MS;
  private static final int UNDER_WAY = 100 * Runtime.getRuntime().availableProcessors();

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicLong now = new AtomicLong();
  private final LinkedBlockingQueue<Boolean> pumped = new LinkedBlockingQueue<>();
  private final Haste haste =
      new Haste(
          vertx,
          now::get,
          new ServiceLimit.Way() {
            @Override
            public int underWay() {
              return UNDER_WAY;
            }

            @Override
            public void pump() {
              pumped.add(true);
            }
          },
          new UsualTime());

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private boolean on(BooleanSupplier question) throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    context.runOnContext(go -> answer.complete(question.getAsBoolean()));
    return answer.get(10, TimeUnit.SECONDS);
  }

  private boolean allows(long inNanos) throws Exception {
    return on(() -> haste.allows(now.get() + inNanos, now.get()));
  }

  @Test
  void whileTheLoopIsLateOnlyWhatIsDueSoonBeginsAndAllThatMayWhenItHasTimeAgain() throws Exception {
    // given
    assertThat(allows(LATER)).isTrue();
    // when another took the loop
    now.addAndGet(200 * MS);
    pumped.take();
    // then
    assertThat(allows(LATER)).isFalse();
    assertThat(allows(0)).isTrue();
    assertThat(allows(500 * MS)).isTrue();
    // and when nobody does, whoever waits is asked again until it may begin
    while (!allows(LATER)) {
      pumped.take();
    }
  }
}
