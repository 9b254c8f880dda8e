package io.voicebus.bus;

import static io.voicebus.bus.VertxStreams.await;
import static io.voicebus.bus.VertxStreams.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxBusTest {
  /** So long somebody is sought who is not there. */
  private static final Duration BRIEF = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void thousandsOfFramesGoBothWaysInOrderWithPauses() {
    VertxBus server = await(VertxStreams.serve(vertx));
    VertxBus client = await(VertxBus.register(vertx, Clock.system(), "client"));
    Inbox inbox = client.inbox();
    assertThat(await(on(inbox, () -> VertxStreams.roundTrip(inbox, VertxStreams.QUEUE, 10_000))))
        .isEqualTo(10_000);
    await(client.close());
    await(server.close());
  }

  @Test
  void anAddressThatNobodyServesFailsWhenThePatienceIsOver() {
    VertxBus client = await(VertxBus.register(vertx, Clock.system(), "client"));
    Future<Link> opened = link(client, "voicebus.nobody", BRIEF);
    assertThatThrownBy(() -> await(opened))
        .hasRootCauseInstanceOf(VoicebusException.class)
        .rootCause()
        .hasMessageContaining("is that role deployed");
  }

  @Test
  void thoseWhoServeAQueueTakeTurns() {
    VertxBus client = await(VertxBus.register(vertx, Clock.system(), "client"));
    await(VertxStreams.serve(vertx));
    await(VertxStreams.serve(vertx));
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      peers.add(await(link(client, VertxStreams.QUEUE)).peer());
    }
    assertThat(peers.get(0)).isEqualTo(peers.get(2)).isNotEqualTo(peers.get(1));
    assertThat(peers.get(1)).isEqualTo(peers.get(3));
  }

  @Test
  void oneThatStoppedServingKeepsItsLinksAndTakesNoNewOnes() {
    VertxBus server = await(VertxStreams.serve(vertx));
    VertxBus client = await(VertxBus.register(vertx, Clock.system(), "client"));
    await(server.stopServing());
    Inbox inbox = client.inbox();
    Future<Integer> direct =
        on(inbox, () -> VertxStreams.roundTrip(inbox, server.inbox().address(), 100));
    assertThat(await(direct)).isEqualTo(100);
    Future<Link> opened = link(client, VertxStreams.QUEUE, BRIEF);
    assertThatThrownBy(() -> await(opened)).hasRootCauseInstanceOf(VoicebusException.class);
  }

  @Test
  void aDrainingInboxTakesNoNewLinksAndWaitsForThoseItHas() {
    // given
    VertxBus server = await(VertxStreams.reader(vertx, VertxStreams.QUEUE));
    VertxBus client = await(VertxBus.register(vertx, Clock.system(), "client"));
    Link link = await(link(client, VertxStreams.QUEUE));

    // when
    Future<Void> drained = server.drain(Duration.ofMinutes(1));
    assertThatThrownBy(() -> await(refused(client)))
        .hasRootCauseInstanceOf(VoicebusException.class);
    assertThat(drained.isComplete()).isFalse();
    client.inbox().execute(link.out()::end);

    // then
    await(drained);
    await(client.close());
    await(server.close());
  }

  private static Future<Link> link(VertxBus from, String to) {
    return link(from, to, Pair.PATIENCE);
  }

  private static Future<Link> link(VertxBus from, String to, Duration patience) {
    return on(from.inbox(), () -> from.inbox().link(to, Pair.head(0), patience))
        .onSuccess(Pair::listen);
  }

  /** Opens links until one is refused: that the server serves no more becomes known in time. */
  private static Future<Void> refused(VertxBus client) {
    return link(client, VertxStreams.QUEUE, BRIEF)
        .compose(
            opened -> {
              client.inbox().execute(opened.out()::end);
              return refused(client);
            });
  }

  @Test
  void aDrainEndsWhenItsPatienceDoes() {
    // given
    VertxBus server = await(VertxStreams.reader(vertx, VertxStreams.QUEUE));
    VertxBus client = await(VertxBus.register(vertx, Clock.system(), "client"));
    await(link(client, VertxStreams.QUEUE));
    // when, then
    await(server.drain(Duration.ofMillis(50)));
    await(client.close());
    await(server.close());
  }
}
