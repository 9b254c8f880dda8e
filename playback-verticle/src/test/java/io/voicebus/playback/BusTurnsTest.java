package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutBrokeOff;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.Settings;
import io.voicebus.contract.Sink;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.queue.JobDone;
import io.voicebus.queue.JobOffer;
import io.voicebus.queue.JobPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Turns of an instance of playback, in virtual time, with a worker that is driven by hand. */
class BusTurnsTest {
  private static final int RATE = 24_000;
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Failure BLOCKED = new Failure(Stage.SPEECH, FailureKind.BLOCKED, "refused");

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node playback = bus.node("playback");
  private final VirtualBus.Node worker = bus.node("worker");
  private final VirtualBus.Node owner = bus.node("owner");
  private final MemoryBudget budget = new MemoryBudget(64 * MemoryBudget.PLAYBACK_BYTES);
  private final Map<Integer, Link> jobs = new HashMap<>();
  private final List<Message> told = new ArrayList<>();
  private final Link turn;

  BusTurnsTest() {
    new BusTurns(
        playback.inbox(), PlaybackSettings.of(new Settings("playback", new JsonObject())), budget);
    worker
        .inbox()
        .onLink(
            JobOffer.class,
            (offer, link) -> {
              jobs.put(offer.job().chunk(), link);
              link.in().handler(ignored -> {});
              link.onFailure(ignored -> {});
            });
    worker.inbox().room(() -> 16);
    turn = request();
  }

  private Link request() {
    TurnOptions options =
        TurnOptions.DEFAULTS.withPace(Pace.ASAP).withProcessing(TurnOptions.NO_PROCESSING);
    TurnContext context = new TurnContext(new TurnId("turn"), owner.inbox().address(), options);
    List<Link> opened = new ArrayList<>();
    owner
        .inbox()
        .linkTo(
            playback.inbox().address(),
            new PlayoutRequest(context, Sink.BUS, "", PlayoutResume.START),
            Duration.ofSeconds(5))
        .onSuccess(opened::add);
    bus.run(SOON);
    Link link = opened.get(0);
    link.in().handler(told::add);
    link.in().endHandler(ended -> {});
    link.onFailure(ignored -> {});
    return link;
  }

  private void slots(int count) {
    worker
        .inbox()
        .send(
            playback.inbox().address(),
            new JobPacket.WorkerBeat(worker.inbox().address(), count, ""));
    bus.run(SOON);
  }

  private void chunks(int from, int to) {
    for (int chunk = from; chunk < to; chunk++) {
      turn.tell(new ChunkCaption(chunk, "chunk " + chunk, 0, 0, "chunk " + chunk, 1000));
    }
    bus.run(SOON);
  }

  private Link job(int chunk) {
    return Objects.requireNonNull(jobs.get(chunk), () -> "chunk " + chunk + " was not offered");
  }

  private void say(int chunk) {
    job(chunk).tell(new Speaker(RATE, false, "voice"));
    job(chunk).tell(Frame.untimed(Pcm.counting(0, 10)));
    job(chunk).tell(new JobDone(1, 2, 16));
    job(chunk).out().end();
    bus.run(SOON);
  }

  private void refuse(int chunk) {
    job(chunk).fail(BLOCKED);
    bus.run(SOON);
  }

  private Stream<Integer> skipped() {
    return told.stream()
        .filter(ChunkSkipped.class::isInstance)
        .map(each -> ((ChunkSkipped) each).chunk());
  }

  @Test
  void threeChunksInARowThatCannotBeSpokenBreakTheTurnOff() {
    // given
    slots(16);
    chunks(0, 5);
    say(0);
    // when
    refuse(1);
    refuse(2);
    assertThat(told).noneMatch(PlayoutBrokeOff.class::isInstance);
    refuse(3);
    // then
    assertThat(skipped()).containsExactly(1, 2);
    assertThat(told).contains(new PlayoutBrokeOff(BLOCKED));
  }

  @Test
  void threeChunksWithOneThatIsSpokenAmongThemDoNot() {
    // given
    slots(16);
    chunks(0, 5);
    // when
    refuse(0);
    refuse(1);
    say(2);
    refuse(3);
    say(4);
    turn.tell(new TextLength(5));
    bus.run(SOON);
    // then
    assertThat(skipped()).containsExactly(0, 1, 3);
    assertThat(told).noneMatch(PlayoutBrokeOff.class::isInstance);
  }

  @Test
  void whatNoWorkerHasTakenIsNotOfferedWhileTheListenerIsAway() {
    // given: it is ready, and no worker has room
    slots(0);
    chunks(0, 1);
    // when
    turn.tell(new ListenerAway(true));
    bus.run(SOON);
    slots(16);
    // then
    assertThat(jobs).isEmpty();
    // when
    turn.tell(new ListenerAway(false));
    bus.run(SOON);
    // then
    assertThat(jobs).containsOnlyKeys(0);
  }

  @Test
  void aChunkWithoutAnEndIsGivenUpAndToldAsSpoken() {
    // given
    slots(16);
    turn.in().pause();
    chunks(0, 1);
    job(0).tell(new Speaker(RATE, true, "voice"));
    // when
    for (int frame = 0; frame < 1_000; frame++) {
      job(0).tell(Frame.untimed(new byte[4_800]));
    }
    bus.run(SOON);
    turn.in().resume();
    bus.run(SOON);
    // then
    assertThat(told).contains(new ChunkSpoken(0, 1, -1, -1, -1));
  }

  @Test
  void aTurnThatIsOverHoldsNoMemory() {
    // given
    slots(16);
    chunks(0, 1);
    say(0);
    assertThat(budget.charged()).isPositive();
    // when
    turn.tell(new TextLength(1));
    bus.run(SOON);
    // then
    assertThat(budget.charged()).isZero();
  }
}
