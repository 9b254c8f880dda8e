package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the counters are those of the process")
class RosterTest {
  private final ManualClock clock = new ManualClock();
  private final SimNetwork network = new SimNetwork(clock, new Random(1));
  private final SimNetwork.Node asker = instance("asker", "front", "http", 3, 1000);
  private final SimNetwork.Node near = instance("near", "front", "tts", 1, 2);
  private final SimNetwork.Node far = instance("far", "back", "tts", 2, 2);
  private final Roster roster = new Roster(asker.inbox());

  private SimNetwork.Node instance(String address, String node, String role, int busy, int room) {
    SimNetwork.Node instance = network.join(address);
    instance.listen(NodePacket.ADDRESS);
    instance.inbox().present(node, role);
    instance.inbox().load(() -> new Load(busy, room));
    return instance;
  }

  @BeforeEach
  void nothingIsGoingOn() {
    assertThat(asker.inbox().idle()).isTrue();
  }

  @Test
  void listsEverybodyByNodeAndRoleWithHowBusyTheyAre() {
    // given
    far.inbox().worksWith("embedded");

    // when
    Future<List<NodePacket.Here>> called = roster.call();
    clock.pass(Roster.PATIENCE);

    // then
    assertThat(called.result())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("counters")
        .containsExactly(
            new NodePacket.Here("far", "back", "tts", 2, 2, "embedded", List.of()),
            new NodePacket.Here("asker", "front", "http", 3, 1000, "", List.of()),
            new NodePacket.Here("near", "front", "tts", 1, 2, "", List.of()));
    assertThat(near.inbox().idle()).isTrue();
  }

  @Test
  void whoStoodStillListsThoseWhoHaveAnsweredMeanwhile() {
    // given
    VirtualBus bus = new VirtualBus(1);
    VirtualBus.Node here = bus.node("here");
    VirtualBus.Node there = bus.node("there");
    bus.serve(NodePacket.ADDRESS, here, there);
    there.inbox().present("back", "tts");
    Future<List<NodePacket.Here>> called = new Roster(here.inbox()).call();
    // when
    here.freeze();
    bus.run(Roster.PATIENCE.multipliedBy(2));
    here.thaw();
    bus.run(Roster.PATIENCE.plusMillis(10));
    // then
    assertThat(called.result()).extracting(NodePacket.Here::node).contains("back");
  }

  @Test
  void saysWhatHasGoneWrongOnTheBusOfEachNode() {
    // given
    BusCounter.STREAMS_LOST.count();
    // when
    Future<List<NodePacket.Here>> called = roster.call();
    clock.pass(Roster.PATIENCE);
    // then
    assertThat(called.result())
        .allSatisfy(
            here ->
                assertThat(here.counters())
                    .hasSameSizeAs(BusCounter.values())
                    .contains(
                        new NodePacket.Count("streams-lost", BusCounter.STREAMS_LOST.value())));
  }

  @Test
  void leavesOutWhoDoesNotAnswerAndTakesNoLateAnswers() {
    // given
    far.freeze();

    // when
    Future<List<NodePacket.Here>> called = roster.call();
    clock.pass(Roster.PATIENCE);
    far.thaw();
    clock.pass(Duration.ofSeconds(1));

    // then
    assertThat(called.result()).extracting(NodePacket.Here::from).containsExactly("asker", "near");
  }

  @Test
  void waitsNoLongerThanItMust() {
    // given
    far.kill();

    // when
    Future<List<NodePacket.Here>> called =
        roster.call(roles -> roles.contains("http") && roles.contains("tts"));
    clock.pass(Duration.ofMillis(1));

    // then
    assertThat(called.succeeded()).isTrue();
    assertThat(clock.idle()).isTrue();
  }
}
