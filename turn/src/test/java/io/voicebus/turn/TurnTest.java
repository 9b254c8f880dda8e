package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One turn at its owner, between stages that a test plays. */
class TurnTest {
  private static final Duration SOON = Duration.ofMillis(50);

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final VirtualBus.Node stages = bus.node("stages");
  private final Map<Stage, BusWriteStream<Message>> reports = new EnumMap<>(Stage.class);
  private final List<TurnEvent> events = new ArrayList<>();
  private final List<Integer> heard = new ArrayList<>();

  private Turn start(Stage... reporting) {
    bus.serve(Addresses.PLAYOUT, stages);
    bus.serve(Addresses.PROMPT, stages);
    stages
        .inbox()
        .<PlayoutRequest, Message>onOpen(PlayoutRequest.class, (head, s) -> s.handler(item -> {}));
    stages
        .inbox()
        .<Prompt, Message>onOpen(
            Prompt.class,
            (prompt, stream) -> {
              stream.handler(item -> {});
              for (Stage stage : reporting) {
                stages
                    .inbox()
                    .<Message>open("owner", new ReportOpen(prompt.turn().turn(), stage))
                    .onSuccess(report -> reports.put(stage, report));
              }
            });
    Turn turn =
        new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS)
            .start(TurnRequest.toCaller("hello", TurnOptions.DEFAULTS), events::add);
    bus.run(SOON);
    return turn;
  }

  private BusWriteStream<Message> report(Stage stage) {
    return Objects.requireNonNull(reports.get(stage));
  }

  private void audio(int pieces) {
    BusWriteStream<Message> playout = report(Stage.PLAYBACK);
    for (int chunk = 0; chunk < pieces; chunk++) {
      playout.write(new ChunkAudio(chunk, new byte[2]));
    }
  }

  private AudioListener listener(Runnable onAudio) {
    return new AudioListener() {
      @Override
      public void format(int sampleRateHz) {}

      @Override
      public void audio(int chunk, byte[] pcm) {
        heard.add(chunk);
        onAudio.run();
      }
    };
  }

  @Test
  void aTurnWhoseAudioIsStillToBeHeardHasNotFinished() {
    // given
    Turn turn = start(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
    audio(1);
    reports.values().forEach(BusWriteStream::end);
    bus.run(SOON);
    assertThat(events).isEmpty();
    // when
    turn.listen(listener(() -> {}));
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            TurnEvent.Ended.class, end -> assertThat(end.outcome()).isEqualTo(Outcome.FINISHED));
  }

  @Test
  void aListenerThatPausesGetsNothingUntilItGoesOn() {
    // given
    Turn turn = start(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
    audio(3);
    bus.run(SOON);
    // when: it pauses at each piece, the first of which has waited for it
    turn.listen(listener(turn::pauseAudio));
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0);
    turn.resumeAudio();
    bus.run(SOON);
    assertThat(heard).containsExactly(0, 1);
    turn.resumeAudio();
    bus.run(SOON);
    assertThat(heard).containsExactly(0, 1, 2);
  }

  @Test
  void aStageThatNeverReportsFailsTheTurnInTimeAndIsNamed() {
    // given
    start(Stage.TEXT, Stage.PLAYBACK);
    // when
    bus.run(OwnerLimits.DEFAULTS.stages().minus(SOON).minus(SOON));
    assertThat(events).isEmpty();
    bus.run(SOON.multipliedBy(2));
    // then
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            TurnEvent.Ended.class,
            end -> {
              assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(end.failure()).isNotNull();
              assertThat(end.failure().stage()).isEqualTo(Stage.CHUNKER);
              assertThat(end.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
              assertThat(end.failure().detail()).contains("deployed");
            });
  }

  @Test
  void whatCameOfATextThatBreaksOffIsHeardBeforeTheTurnFails() {
    // given
    Turn turn = start(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
    turn.listen(listener(() -> {}));
    report(Stage.TEXT).write(new TextDelta("It was."));
    bus.run(SOON);
    // when
    Failure lost = new Failure(Stage.TEXT, FailureKind.LOST, "broke off");
    report(Stage.TEXT).fail(lost);
    bus.run(SOON);
    audio(1);
    report(Stage.CHUNKER).end();
    bus.run(SOON);
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
    report(Stage.PLAYBACK).end();
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0);
    assertThat(events)
        .last()
        .extracting("outcome", "failure")
        .containsExactly(Outcome.FAILED, lost);
  }

  @Test
  void aTextThatFailsBeforeItsFirstWordFailsTheTurnAtOnce() {
    start(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
    report(Stage.TEXT).fail(new Failure(Stage.TEXT, FailureKind.LOST, "broke off"));
    bus.run(SOON);
    assertThat(events).last().extracting("outcome").isEqualTo(Outcome.FAILED);
  }

  @Test
  void aListenerThatHasPausedMayTakeItsTimeAndAnotherMayNot() {
    for (boolean paused : new boolean[] {true, false}) {
      events.clear();
      Turn turn = start(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
      turn.listen(listener(turn::pauseAudio));
      audio(1);
      bus.run(SOON);
      // when
      turn.position(0, paused);
      bus.run(OwnerLimits.DEFAULTS.stalled().plus(SOON));
      // then
      assertThat(turn.hasEnded()).isEqualTo(!paused);
    }
  }
}
