package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemoteConnectionTest {
  private static final Duration SOON = Duration.ofMillis(100);

  private final HttpNodes nodes = new HttpNodes("a", "b");

  /** As when a request with an Idempotency-Key is sent many times at once. */
  @Test
  void aClientWhosePlaceIsTakenBeforeItBeginsIsDismissedWhenItBegins() {
    // given
    nodes.bus.run(SOON);
    TurnId turn = nodes.start("a").id();
    TurnListen fromTheBeginning = new TurnListen(turn, 0, true, false, 0);
    HttpNodes.Client first = new HttpNodes.Client();
    Future<TurnConnection> connected = nodes.at("b").connect(fromTheBeginning, first);
    nodes.bus.run(SOON);
    // when
    HttpNodes.Client second = nodes.listen("a", fromTheBeginning);
    nodes.bus.run(SOON);
    connected.result().start();
    nodes.bus.run(SOON);
    // then
    assertThat(first.over).isTrue();
    assertThat(first.samples).isEmpty();
    assertThat(second.over).isFalse();
    assertThat(second.samples).hasSize(HttpNodes.SAMPLES);
  }
}
