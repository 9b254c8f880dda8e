package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What links that carry nothing cost. */
class HeartbeatCountTest {
  private static final int INBOXES = 50;
  private static final int LINKS = 10_000;
  private static final int SECONDS = 4;

  private final VirtualBus bus = new VirtualBus(1);
  private final List<VirtualBus.Node> nodes = new ArrayList<>();
  private final List<Packet> wire = new ArrayList<>();

  HeartbeatCountTest() {
    for (int i = 0; i < INBOXES; i++) {
      VirtualBus.Node node = bus.node("node" + i);
      node.inbox()
          .onLink(
              Hello.class,
              (head, link) -> {
                link.in().handler(ignored -> {});
                link.onFailure(ignored -> {});
              });
      nodes.add(node);
    }
  }

  @Test
  void growsWithPairsThatTalkAndNotWithLinks() {
    // given: as many links between each two
    int opened = 0;
    for (int hop = 1; opened < LINKS; hop = hop % (INBOXES - 1) + 1) {
      for (int i = 0; i < INBOXES && opened < LINKS; i++) {
        VirtualBus.Node to = nodes.get((i + hop) % INBOXES);
        nodes.get(i).inbox().linkTo(to.name(), new Hello("hello"), Duration.ofSeconds(5));
        opened++;
      }
    }
    bus.run(Duration.ofSeconds(2));
    // when
    bus.tap((to, packet) -> wire.add(packet));
    bus.run(Duration.ofSeconds(SECONDS));
    // then: two ways for each of 1,225 pairs, two and a half times a second
    long bytes = wire.stream().mapToLong(packet -> WireFormat.encode(packet).length).sum();
    System.out.printf(
        "%,d idle links between %d inboxes: %,d packets and %,d bytes a second%n",
        LINKS, INBOXES, wire.size() / SECONDS, bytes / SECONDS);
    assertThat(wire).allMatch(StreamPacket.Heartbeat.class::isInstance);
    assertThat(wire.size() / SECONDS).isEqualTo(INBOXES * (INBOXES - 1) * 10 / 4);
  }
}
