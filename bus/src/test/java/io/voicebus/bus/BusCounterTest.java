package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.VirtualBus.Faults;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Each thing that goes wrong is counted once, as what it is. */
@Isolated("the counters are those of the process")
class BusCounterTest {
  private static final String QUEUE = "queue";
  private static final Failure FULL = new Failure(Stage.SPEECH, FailureKind.RATE_LIMITED, "full");

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node opener = bus.node("opener", "here");
  private final VirtualBus.Node near = bus.node("near", "here");
  private final VirtualBus.Node far = bus.node("far", "there");
  private boolean full;
  private Map<BusCounter, Long> before = counts();

  BusCounterTest() {
    bus.serve(QUEUE, near, far);
    for (VirtualBus.Node node : new VirtualBus.Node[] {near, far}) {
      node.inbox()
          .onLink(
              Hello.class,
              (head, link) -> {
                if (full && node == near) {
                  throw FULL.toException();
                }
                link.in().handler(ignored -> {});
                link.onFailure(ignored -> {});
              });
    }
    before = counts();
  }

  private static Map<BusCounter, Long> counts() {
    Map<BusCounter, Long> counts = new EnumMap<>(BusCounter.class);
    for (BusCounter counter : BusCounter.values()) {
      counts.put(counter, counter.value());
    }
    return counts;
  }

  private Map<BusCounter, Long> counted() {
    Map<BusCounter, Long> more = new EnumMap<>(BusCounter.class);
    counts()
        .forEach(
            (counter, count) -> {
              if (count > before.getOrDefault(counter, 0L)) {
                more.put(counter, count - before.getOrDefault(counter, 0L));
              }
            });
    return more;
  }

  private Link opened() {
    Future<Link> link = opener.inbox().link(QUEUE, new Hello("hello"), Duration.ofSeconds(5));
    run(900);
    link.result().in().handler(ignored -> {});
    link.result().onFailure(ignored -> {});
    return link.result();
  }

  private void run(int ms) {
    bus.run(Duration.ofMillis(ms));
  }

  @Test
  void nothingIsCountedWhereAllIsWell() {
    opened().out().write(new Note("hello"));
    run(5000);
    assertThat(counted()).isEmpty();
  }

  @Test
  void aLostItemIsALostStream() {
    Link link = opened();
    bus.faults(StreamPacket.Data.class, Faults.dropped(1));
    link.out().write(new Note("lost"));
    run(1000);
    assertThat(counted()).isEqualTo(Map.of(BusCounter.STREAMS_LOST, 1L));
  }

  @Test
  void whoFallsSilentIsAPeerThatDied() {
    opened();
    near.kill();
    run(3000);
    assertThat(counted()).isEqualTo(Map.of(BusCounter.PEERS_DIED, 1L));
  }

  @Test
  void anOpenThatIsAskedAgainIsCountedAndSoIsTheOneThatAnswersLate() {
    near.freeze();
    opened();
    near.thaw();
    run(100);
    assertThat(counted())
        .isEqualTo(Map.of(BusCounter.OPENS_RETRIED, 1L, BusCounter.OPENS_LATE, 2L));
  }

  @Test
  void aRefusalIsCounted() {
    full = true;
    opened();
    assertThat(counted()).containsOnlyKeys(BusCounter.OPENS_REFUSED);
  }

  @Test
  void aNodeThatStoodStillHasTickedLate() {
    opened();
    opener.freeze();
    run(900);
    opener.thaw();
    run(2000);
    assertThat(counted()).isEqualTo(Map.of(BusCounter.LATE_TICKS, 1L));
  }
}
