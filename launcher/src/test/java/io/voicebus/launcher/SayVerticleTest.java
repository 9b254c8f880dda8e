package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnRequest;
import java.io.OutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SayVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Or the command would wait for its end for ever. */
  @Test
  void aTurnThatCannotBeginFailsItsStart() {
    // given
    TurnRequest noFeed = TurnRequest.toCaller("Hello.", TurnOptions.DEFAULTS);
    TextInput text =
        new TextInput() {
          @Override
          public void feed(Context context, TextFeed feed) {}

          @Override
          public long firstTextAfter(long nanos) {
            return 0;
          }

          @Override
          public void stop() {}
        };
    // when
    SayVerticle say = new SayVerticle(noFeed, text, event -> {}, OutputStream.nullOutputStream());
    // then
    assertThatThrownBy(() -> vertx.deployVerticle(say).await())
        .hasMessageContaining("the turn is no feed");
  }
}
