package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EarlyVertxTest {
  @Test
  void theOneThatWasBegunIsForWhoAsksFirst() throws Exception {
    // given
    EarlyVertx.make();
    EarlyVertx.make(); // does nothing more
    // when
    Vertx first = EarlyVertx.take();
    Vertx second = EarlyVertx.take();
    // then
    assertThat(first).isNotSameAs(second);
    assertThat(first.isNativeTransportEnabled()).isFalse();
    Future.join(first.close(), second.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
