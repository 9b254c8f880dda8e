package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TextLength;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobWorkerTest extends QueueParties {
  private final List<Assignment> started = new ArrayList<>();

  private JobWorker worker(int slots) {
    return new JobWorker(node.inbox(), slots, started::add);
  }

  private void offer(Stub from, int chunk, int attempt, long neededInMs) {
    from.send(
        node,
        new JobPacket.Offer(
            from.address(),
            new JobId(TURN, chunk),
            attempt,
            "receiver",
            ResumePoint.START,
            neededInMs,
            new TextLength(10)));
  }

  @Test
  void takesOneJobMoreThanItHasSlotsAndRefusesTheNext() {
    // given
    worker(1);

    // when
    offer(holderStub, 0, 1, 0);
    offer(holderStub, 1, 1, 0);
    offer(holderStub, 2, 1, 0);

    // then
    assertThat(started).hasSize(1);
    assertThat(holderStub.got(JobPacket.Taken.class))
        .extracting(JobPacket.Taken::slots)
        .containsExactly(1, 0);
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(1);
    // and
    started.get(0).finished();
    assertThat(started).extracting(run -> run.offer().job().chunk()).containsExactly(0, 1);
  }

  @Test
  void whatWaitsBeginsTheMostUrgentFirstWhenThereAreMoreSlots() {
    // given
    int[] slots = {2};
    JobWorker worker = new JobWorker(node.inbox(), () -> slots[0], started::add);
    worker.beat();
    offer(holderStub, 0, 1, 0);
    slots[0] = 1;
    offer(holderStub, 1, 1, 5_000);
    assertThat(started).hasSize(1);

    // when
    slots[0] = 5;
    worker.slotsChanged();

    // then
    assertThat(started).extracting(run -> run.offer().job().chunk()).containsExactly(0, 1);
    assertThat(holderStub.got(JobPacket.Taken.class)).hasSize(2);
    // and fewer slots end nothing, and begin nothing
    slots[0] = 1;
    offer(holderStub, 2, 1, 0);
    assertThat(started).hasSize(2);
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(1);
  }

  @Test
  void repeatsItsAnswerToARepeatedOfferEvenWhenTheAttemptIsOver() {
    // given
    worker(1);
    offer(holderStub, 0, 1, 0);
    started.get(0).finished();

    // when
    offer(holderStub, 0, 1, 0);

    // then
    assertThat(started).hasSize(1);
    assertThat(holderStub.got(JobPacket.Finished.class)).hasSize(2);
  }

  @Test
  void doesNotStartAnAttemptWhoseWithdrawalOvertookItsOffer() {
    // given
    worker(1);

    // when
    holderStub.send(node, new JobPacket.Withdraw("holder-stub", FIRST, 1));
    offer(holderStub, 0, 1, 0);

    // then
    assertThat(started).isEmpty();
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(1);
  }

  @Test
  void dropsItsAttemptsWhenTheHolderDies() {
    // given
    worker(1);
    offer(holderStub, 0, 1, 0);
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
  void keepsAFreedPlaceForTheMostUrgentWantThenForTheNext() {
    // given
    worker(1);
    offer(holderStub, 0, 1, 0);
    offer(holderStub, 1, 1, 0);
    workerA.send(node, new JobPacket.Want("worker-a", 5000));
    workerB.send(node, new JobPacket.Want("worker-b", 100));

    // when
    started.get(0).finished();
    pass(1);

    // then
    assertThat(workerB.got(JobPacket.SlotKept.class)).hasSize(1);
    assertThat(workerA.got(JobPacket.SlotKept.class)).isEmpty();
    // and: nobody else gets it meanwhile
    offer(holderStub, 2, 1, 0);
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(1);
    // and
    pass(30);
    assertThat(workerA.got(JobPacket.SlotKept.class)).hasSize(1);
  }

  @Test
  void handsBackWhatItIsAtWhenClosed() {
    // given
    JobWorker worker = worker(1);
    offer(holderStub, 0, 1, 0);
    offer(holderStub, 1, 1, 0);

    // when
    worker.close();
    pass(1);

    // then
    assertThat(holderStub.got(JobPacket.Failed.class))
        .extracting(failed -> failed.failure().kind())
        .containsExactly(FailureKind.UNAVAILABLE);
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(1);
    assertThat(started).hasSize(1);
    assertThat(node.inbox().idle()).isTrue();
  }

  @Test
  void drainsWhenAllThatItTookIsOver() {
    // given
    JobWorker worker = worker(1);
    offer(holderStub, 0, 1, 0);

    // when
    var drained = worker.drain();
    offer(holderStub, 1, 1, 0);

    // then
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(1);
    assertThat(drained.isComplete()).isFalse();
    started.get(0).finished();
    assertThat(drained.succeeded()).isTrue();
  }
}
