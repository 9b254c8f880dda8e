package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobWorkerTest extends QueueParties {
  private final List<Assignment> started = new ArrayList<>();
  private final List<Message> results = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private int ends;

  private JobWorker worker(int slots) {
    return new JobWorker(node.inbox(), QueueWorld.WORKERS, slots, started::add);
  }

  private Future<Link> offer(Stub from, int chunk, long neededInMs) {
    Future<Link> link =
        from.node
            .inbox()
            .linkTo(
                node.inbox().address(),
                new JobOffer(new JobId(TURN, chunk), 1, neededInMs, new SimPayload(0, 10)),
                Duration.ofMillis(100));
    link.onSuccess(
        taken -> {
          taken.in().handler(results::add);
          taken.in().endHandler(ended -> ends++);
          taken.onFailure(failures::add);
        });
    pass(2);
    return link;
  }

  private static FailureKind kind(Future<Link> refused) {
    assertThat(refused.failed()).isTrue();
    return Failure.of(Stage.OWNER, refused.cause()).kind();
  }

  @Test
  void takesOneJobMoreThanItHasSlotsAndRefusesTheNext() {
    // given
    worker(1);
    // when
    Future<Link> first = offer(holderStub, 0, 0);
    Future<Link> second = offer(holderStub, 1, 0);
    Future<Link> third = offer(holderStub, 2, 0);
    // then
    assertThat(started).hasSize(1);
    assertThat(first.result().room()).isEqualTo(1);
    assertThat(second.result().room()).isZero();
    assertThat(kind(third)).isEqualTo(FailureKind.RATE_LIMITED);
    // and
    started.get(0).finished();
    assertThat(started).extracting(run -> run.offer().job().chunk()).containsExactly(0, 1);
    pass(2);
    assertThat(results).hasSize(1).allMatch(JobDone.class::isInstance);
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void tellsItsHolderAndAllOthersWhatAJobWaitsForUntilItGetsOn() {
    // given
    JobWorker worker = worker(1);
    offer(holderStub, 0, 0);
    // when
    started.get(0).waits("no room at the service");
    started.get(0).waits("no room at the service");
    pass(2);
    // then
    assertThat(results).containsExactly(new JobWaits("no room at the service"));
    holderStub.send(node, new JobPacket.RollCall(holderStub.address()));
    pass(2);
    // and
    started.get(0).piece();
    started.get(0).piece();
    holderStub.send(node, new JobPacket.RollCall(holderStub.address()));
    pass(2);
    assertThat(results).containsExactly(new JobWaits("no room at the service"), new JobWaits(""));
    assertThat(holderStub.got(JobPacket.WorkerBeat.class))
        .extracting(JobPacket.WorkerBeat::waits)
        .containsExactly("no room at the service", "");
    worker.close();
  }

  @Test
  void whatWaitsBeginsWhenThereAreMoreSlots() {
    // given
    int[] slots = {1};
    JobWorker worker =
        new JobWorker(node.inbox(), QueueWorld.WORKERS, () -> slots[0], started::add);
    worker.beat();
    offer(holderStub, 0, 0);
    offer(holderStub, 1, 5_000);
    assertThat(started).hasSize(1);
    // when
    slots[0] = 5;
    worker.slotsChanged();
    // then
    assertThat(started).extracting(run -> run.offer().job().chunk()).containsExactly(0, 1);
    // and fewer slots end nothing, and begin nothing
    slots[0] = 1;
    assertThat(kind(offer(holderStub, 2, 0))).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(started).hasSize(2);
  }

  @Test
  void whoIsBehindBeginsWhatIsOfferedAndSeemsToBeginNothingAtOnce() {
    // given
    boolean[] behind = {false};
    new JobWorker(node.inbox(), QueueWorld.WORKERS, () -> 10, () -> behind[0], started::add);
    assertThat(offer(holderStub, 0, 0).result().room()).isEqualTo(10);
    // when
    behind[0] = true;
    Future<Link> second = offer(holderStub, 1, 0);
    // then
    assertThat(second.result().room()).isEqualTo(JobLimits.WAITING);
    assertThat(started).hasSize(2);
    // and
    behind[0] = false;
    assertThat(offer(holderStub, 2, 0).result().room()).isEqualTo(8);
  }

  @Test
  void beginsNothingThatItsHolderHasGivenUpBefore() {
    // given: the answer to the offer comes too late
    worker(1);
    node.freeze();
    Future<Link> link = offer(holderStub, 0, 0);
    pass(110);
    assertThat(link.failed()).isTrue();
    // when
    node.thaw();
    pass(10);
    // then
    assertThat(started).isEmpty();
    assertThat(node.inbox().idle()).isTrue();
  }

  @Test
  void givesUpItsAttemptsWhenTheHolderDies() {
    // given
    worker(1);
    offer(holderStub, 0, 0);
    List<String> withdrawn = new ArrayList<>();
    started.get(0).onWithdrawn(() -> withdrawn.add("once"));
    // when
    holderStub.node.kill();
    pass(2000);
    // then
    assertThat(withdrawn).containsExactly("once");
    assertThat(node.inbox().idle()).isTrue();
  }

  @Test
  void startsTheMostUrgentOfThoseThatWait() {
    worker(2);
    offer(holderStub, 0, 0);
    offer(holderStub, 1, 0);
    offer(holderStub, 2, 5000);
    started.get(0).finished();
    offer(holderStub, 3, 100);
    started.get(1).finished();
    assertThat(started).extracting(run -> run.offer().job().chunk()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void keepsAFreedPlaceForTheMostUrgentWantThenForTheNext() {
    // given
    worker(1);
    offer(holderStub, 0, 0);
    offer(holderStub, 1, 0);
    workerA.send(node, new JobPacket.Want("worker-a", 5000));
    workerB.send(node, new JobPacket.Want("worker-b", 100));
    // when
    started.get(0).finished();
    pass(1);
    // then
    assertThat(workerB.got(JobPacket.SlotKept.class)).hasSize(1);
    assertThat(workerA.got(JobPacket.SlotKept.class)).isEmpty();
    // and: nobody else gets it meanwhile
    assertThat(kind(offer(holderStub, 2, 0))).isEqualTo(FailureKind.RATE_LIMITED);
    // and
    pass(30);
    assertThat(workerA.got(JobPacket.SlotKept.class)).hasSize(1);
  }

  @Test
  void handsBackWhatItIsAtWhenClosed() {
    // given
    JobWorker worker = worker(1);
    offer(holderStub, 0, 0);
    offer(holderStub, 1, 0);
    // when
    worker.close();
    pass(2);
    // then
    assertThat(failures).extracting(Failure::kind).containsExactly(FailureKind.UNAVAILABLE);
    assertThat(ends).isEqualTo(1);
    assertThat(results).isEmpty();
    assertThat(started).hasSize(1);
    assertThat(node.inbox().idle()).isTrue();
  }

  @Test
  void handsBackWhatWaitsWhenItIsRecalledAndKeepsWhatItHasBegun() {
    // given
    worker(1);
    Link begun = offer(holderStub, 0, 0).result();
    Link waiting = offer(holderStub, 1, 0).result();
    // when
    begun.tell(new Recall());
    waiting.tell(new Recall());
    pass(2);
    // then
    assertThat(ends).isEqualTo(1);
    assertThat(waiting.out().isOpen()).isFalse();
    assertThat(begun.out().isOpen()).isTrue();
    started.get(0).finished();
    assertThat(started).hasSize(1);
  }

  @Test
  void drainsWhenAllThatItTookIsOver() {
    // given
    JobWorker worker = worker(1);
    offer(holderStub, 0, 0);
    // when
    var drained = worker.drain();
    // then
    assertThat(kind(offer(holderStub, 1, 0))).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(drained.isComplete()).isFalse();
    started.get(0).finished();
    assertThat(drained.succeeded()).isTrue();
  }

  @Test
  void countsItsSlots() {
    // given
    JobWorker worker = worker(2);
    worker.beat();
    assertThat(levels()).isEqualTo(Map.of("voicebus.worker.slots[free]", 2L));
    // when
    for (int chunk = 0; chunk < 3; chunk++) {
      offer(holderStub, chunk, 0);
    }
    // then
    assertThat(levels())
        .isEqualTo(Map.of("voicebus.worker.slots[busy]", 2L, "voicebus.worker.waiting[]", 1L));
    // when
    started.get(0).finished();
    pass(2);
    started.get(1).finished();
    pass(2);
    assertThat(levels())
        .isEqualTo(Map.of("voicebus.worker.slots[busy]", 1L, "voicebus.worker.slots[free]", 1L));
    worker.close();
    // then
    assertThat(levels()).isEmpty();
  }
}
