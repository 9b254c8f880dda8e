package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnReachTest {
  private final HttpNodes nodes = new HttpNodes("a");

  /** In a later round nobody would hear of it, and the client would wait for ever. */
  @Test
  void aFaultWithinTheTurnIsTold() {
    // given
    TurnSession turn = nodes.start("a");
    IllegalStateException fault = new IllegalStateException("a fault");
    // when
    Future<String> reached =
        new TurnReach<>(
                nodes.node("a").inbox(),
                nodes.sessions("a"),
                turn.id(),
                new TurnReach.Ways<String>() {
                  @Override
                  public String here(TurnSession session) {
                    throw fault;
                  }

                  @Override
                  public Future<String> copied() {
                    return Future.failedFuture("there is no copy");
                  }

                  @Override
                  public Future<String> at(String inbox, Duration patience) {
                    return Future.failedFuture("there is no other instance");
                  }
                })
            .reach();
    // then
    assertThat(reached.cause()).isSameAs(fault);
  }
}
