package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a turn finds its stages where several instances serve each. */
class TurnOpeningTest {
  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final List<TurnEvent> events = new ArrayList<>();
  private final List<Future<BusWriteStream<Message>>> reports = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  private VirtualBus.Node playback(String name) {
    VirtualBus.Node node = bus.node(name);
    node.inbox()
        .<PlayoutRequest, Message>onOpen(
            PlayoutRequest.class,
            (request, control) -> {
              control.handler(item -> {});
              asked.add(name);
              reports.add(
                  node.inbox()
                      .open(
                          request.turn().owner(),
                          new ReportOpen(request.turn().turn(), Stage.PLAYBACK)));
            });
    return node;
  }

  @Test
  void theInstanceThatAnswersHasTheTurnAlsoWhenOneAskedBeforeHasReportedInVain() {
    // given: the first one that is asked reports, but its answer is lost
    bus.serve(Addresses.PLAYOUT, playback("one"), playback("other"));
    VirtualBus.Node gemini = bus.node("gemini");
    gemini.inbox().<Prompt, Message>onOpen(Prompt.class, (prompt, asks) -> asks.handler(i -> {}));
    bus.serve(Addresses.PROMPT, gemini);
    TurnOwner turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS);
    bus.faults(StreamPacket.Opened.class, VirtualBus.Faults.dropped(1));
    turns.start(
        TurnRequest.toCaller(
            "hello", new TurnOptions("", "", true, Pace.ASAP, TurnOptions.NO_PROCESSING)),
        events::add);
    bus.run(Duration.ofMillis(300));
    // when
    bus.faults(VirtualBus.Faults.NONE);
    bus.run(Duration.ofMillis(1500));
    // then
    assertThat(asked).hasSize(2).doesNotHaveDuplicates();
    assertThat(reports.get(1).succeeded()).isTrue();
    assertThat(reports.get(1).result().isOpen()).isTrue();
    assertThat(reports.get(0).succeeded() && reports.get(0).result().isOpen()).isFalse();
    assertThat(events).isEmpty();
    assertThat(turns.active()).isEqualTo(1);
  }
}
