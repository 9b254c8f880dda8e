package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnOptions;
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

  /** A chunker that is asked first and stands still; by now another one, "right", has the text. */
  private VirtualBus.Node lateChunker() {
    bus.serve(Addresses.PLAYOUT, playback("playback"));
    bus.serve(Addresses.PROMPT, gemini("gemini", ""));
    VirtualBus.Node late = chunker("late");
    bus.serve(Addresses.TEXT, chunker("right"), late);
    late.freeze();
    start();
    bus.run(Duration.ofMillis(600));
    return late;
  }

  @Test
  void aChunkerThatIsAskedInVainAndWakesLateDoesNotTakeTheTurnFromTheOneThatHasIt() {
    // given: the first chunker that is asked stands still, so another one gets the text
    VirtualBus.Node late = lateChunker();
    assertThat(asked).containsExactly("playback", "gemini", "right");
    // when: it wakes, before there is any text
    late.thaw();
    bus.run(Duration.ofSeconds(3));
    // then
    assertThat(asked).endsWith("late");
    assertThat(events).isEmpty();
    assertThat(report("right").isOpen()).isTrue();
    assertThat(report("late").isOpen()).isFalse();
    // when
    report("right").write(new ChunkCaption(0, "Hello.", 0, 6));
    bus.run(Duration.ofMillis(10));
    // then
    assertThat(events).hasSize(1).first().isInstanceOf(TurnEvent.Caption.class);
  }

  @Test
  void theChunkerThatHasSpokenHasTheTurnForBetterOrWorse() {
    // given: it has spoken when the one that was asked in vain wakes
    VirtualBus.Node late = lateChunker();
    report("right").write(new ChunkCaption(0, "Hello.", 0, 6));
    bus.run(Duration.ofMillis(10));
    late.thaw();
    bus.run(Duration.ofMillis(20));
    // when
    report("right").fail(new Failure(Stage.CHUNKER, FailureKind.UNAVAILABLE, "it has stopped"));
    bus.run(Duration.ofMillis(20));
    // then
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            TurnEvent.Ended.class,
            end -> assertThat(end.outcome()).isEqualTo(TurnEvent.Outcome.FAILED));
  }

  @Test
  void whatATextSourceThatWasAskedInVainHasSaidIsNotTold() {
    // given: the answer of the first one that is asked is lost
    bus.serve(Addresses.PLAYOUT, playback("playback"));
    bus.serve(Addresses.PROMPT, gemini("right", "right"), gemini("vain", "vain"));
    bus.serve(Addresses.TEXT, chunker("chunker"));
    bus.tap(
        (to, packet) -> {
          boolean lost = to.equals("owner") && packet.from().equals("vain");
          bus.faults(
              StreamPacket.Opened.class,
              lost ? VirtualBus.Faults.dropped(1) : VirtualBus.Faults.NONE);
        });
    // when
    start();
    bus.run(Duration.ofSeconds(3));
    // then
    assertThat(asked).contains("vain", "right");
    assertThat(events).containsExactly(new TurnEvent.Text("right"));
    assertThat(report("vain").isOpen()).isFalse();
    assertThat(report("right").isOpen()).isTrue();
  }

  private BusWriteStream<Message> report(String name) {
    return reports.get(asked.indexOf(name)).result();
  }

  private void start() {
    new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS)
        .start(
            TurnRequest.toCaller(
                "hello", new TurnOptions("", "", true, Pace.ASAP, TurnOptions.NO_PROCESSING)),
            events::add);
  }

  private Future<BusWriteStream<Message>> report(VirtualBus.Node node, TurnContext turn, Stage by) {
    asked.add(node.name());
    Future<BusWriteStream<Message>> report =
        node.inbox().open(turn.owner(), new ReportOpen(turn.turn(), by));
    reports.add(report);
    return report;
  }

  /** A text source that says something at once, unless it is empty. */
  private VirtualBus.Node gemini(String name, String text) {
    VirtualBus.Node node = bus.node(name);
    node.inbox()
        .<Prompt, Message>onOpen(
            Prompt.class,
            (prompt, stream) -> {
              stream.handler(item -> {});
              node.inbox().<Message>open(Addresses.TEXT, new TextOpen(prompt.turn()));
              report(node, prompt.turn(), Stage.TEXT)
                  .onSuccess(
                      report -> {
                        stream.exceptionHandler(why -> report.fail(Failure.of(Stage.TEXT, why)));
                        if (!text.isEmpty()) {
                          report.write(new TextDelta(text));
                        }
                      });
            });
    return node;
  }

  private VirtualBus.Node chunker(String name) {
    VirtualBus.Node node = bus.node(name);
    node.inbox()
        .<TextOpen, Message>onOpen(
            TextOpen.class,
            (open, stream) -> {
              stream.handler(item -> {});
              report(node, open.turn(), Stage.CHUNKER)
                  .onSuccess(
                      report ->
                          stream.exceptionHandler(why -> report.fail(Failure.of(Stage.TEXT, why))));
            });
    return node;
  }
}
