package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobHolderTest extends QueueParties {
  private final List<JobId> done = new ArrayList<>();
  private final List<Failure> abandoned = new ArrayList<>();

  private JobHolder holder() {
    return new JobHolder(
        node.inbox(),
        new JobHolder.Listener() {
          @Override
          public void done(Job job, JobReport report) {
            done.add(job.id());
          }

          @Override
          public void abandoned(Job job, Failure why) {
            abandoned.add(why);
          }
        },
        new Random(1));
  }

  private static Job job(int chunk) {
    return new Job(new JobId(TURN, chunk), "receiver", 1000, new TextLength(10));
  }

  private void grant(int chunk, int attempt, long neededInMs) {
    receiver.send(
        node,
        new JobPacket.Granted(
            "receiver", new JobId(TURN, chunk), attempt, ResumePoint.START, neededInMs));
  }

  private void beat(Stub worker, int slots) {
    worker.send(node, new JobPacket.WorkerBeat(worker.address(), slots));
  }

  private void take(Stub worker, int attempt) {
    worker.send(node, new JobPacket.Taken(worker.address(), FIRST, attempt, 0));
  }

  /** The first job is held, and taken by worker A, the only one known. */
  private JobHolder holderOfTakenJob() {
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(0));
    pass(1);
    grant(0, 1, 0);
    take(workerA, 1);
    return holder;
  }

  @Test
  void claimsAtMostTwoChunksOfATurnInOrder() {
    // given
    JobHolder holder = holder();

    // when
    for (int chunk = 0; chunk < 5; chunk++) {
      holder.hold(job(chunk));
    }
    pass(1);

    // then
    assertThat(receiver.got(JobPacket.Claim.class))
        .extracting(claim -> claim.job().chunk())
        .containsExactly(0, 1);
    // and
    grant(0, 1, 0);
    assertThat(receiver.got(JobPacket.Claim.class))
        .extracting(claim -> claim.job().chunk())
        .containsExactly(0, 1, 2);
  }

  @Test
  void repeatsAnUnansweredClaimEverMoreSlowly() {
    // given
    JobHolder holder = holder();

    // when
    holder.hold(job(0));
    pass(1500);

    // then: at 0, 200, 600 and 1400 ms
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(4);
  }

  @Test
  void offersTheMostUrgentJobFirst() {
    // given
    JobHolder holder = holder();
    holder.hold(job(0));
    holder.hold(job(1));
    grant(0, 1, 5000);
    grant(1, 1, 0);

    // when
    beat(workerA, 1);

    // then
    assertThat(workerA.got(JobPacket.Offer.class))
        .extracting(offer -> offer.job().chunk())
        .containsExactly(1);
  }

  @Test
  void fencesAnUnansweredOfferBeforeItOffersTheJobElsewhere() {
    // given
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(0));
    pass(1);
    grant(0, 1, 0);
    beat(workerB, 1);

    // when
    pass(100);

    // then
    assertThat(workerA.got(JobPacket.Withdraw.class)).hasSize(1);
    assertThat(receiver.got(JobPacket.Claim.class))
        .extracting(JobPacket.Claim::attempt)
        .contains(2);
    assertThat(workerB.got(JobPacket.Offer.class)).isEmpty();
    // and
    grant(0, 2, 0);
    assertThat(workerB.got(JobPacket.Offer.class))
        .extracting(JobPacket.Offer::attempt)
        .containsExactly(2);
  }

  @Test
  void withdrawsAnAttemptThatIsTakenTooLate() {
    // given
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(0));
    pass(1);
    grant(0, 1, 0);
    pass(110);

    // when
    take(workerA, 1);

    // then
    assertThat(workerA.got(JobPacket.Withdraw.class)).hasSize(2);
  }

  @Test
  void claimsTheNextAttemptWhenTheLeaseExpires() {
    // given
    JobHolder holder = holderOfTakenJob();

    // when
    pass(1510);

    // then
    assertThat(receiver.got(JobPacket.Claim.class))
        .extracting(JobPacket.Claim::attempt)
        .containsExactly(1, 2);
    assertThat(holder.held()).isOne();
  }

  @Test
  void expiresNoLeaseWhenItWasFrozenItself() {
    // given
    JobHolder holder = holderOfTakenJob();

    // when
    node.freeze();
    pass(5000);
    node.thaw();
    pass(100);

    // then
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(1);
    assertThat(holder.held()).isOne();
  }

  @Test
  void abandonsAJobThatCannotSucceedAtOnceAndOthersAfterThreeFailures() {
    // given
    Failure blocked = new Failure(Stage.SPEECH, FailureKind.BLOCKED, "refused");
    Failure limited = new Failure(Stage.SPEECH, FailureKind.RATE_LIMITED, "too much");
    Failure cut = new Failure(Stage.SPEECH, FailureKind.CANCELLED, "cut off");
    holderOfTakenJob();

    // when
    workerA.send(node, new JobPacket.Failed("worker-a", FIRST, 1, 1, limited));
    for (int attempt = 2; abandoned.isEmpty() && attempt < 9; attempt++) {
      grant(0, attempt, 0);
      beat(workerA, 1);
      Failure why = attempt % 2 == 0 ? cut : limited;
      workerA.send(node, new JobPacket.Failed("worker-a", FIRST, attempt, 1, why));
    }

    // then: failures in 1, 3 and 5; those in 2 and 4 do not count
    assertThat(abandoned).containsExactly(limited);
    assertThat(workerA.got(JobPacket.Offer.class)).hasSize(5);
    // and
    holderOfTakenJob();
    workerA.send(node, new JobPacket.Failed("worker-a", FIRST, 1, 1, blocked));
    assertThat(abandoned).containsExactly(limited, blocked);
  }

  @Test
  void abandonsWhatIsGrantedWhenNoWorkerIsSeenForTenSeconds() {
    // given
    JobHolder holder = holder();
    holder.hold(job(0));
    grant(0, 1, 0);

    // when
    pass(9500);
    assertThat(abandoned).isEmpty();
    pass(1000);

    // then
    assertThat(abandoned).extracting(Failure::kind).containsExactly(FailureKind.UNAVAILABLE);
  }

  @Test
  void withdrawsATurnsAttemptsAtOnceWhenItIsDropped() {
    // given
    JobHolder holder = holderOfTakenJob();

    // when
    holder.drop(TURN);
    pass(1);

    // then
    assertThat(workerA.got(JobPacket.Withdraw.class)).hasSize(1);
    assertThat(holder.held()).isZero();
    assertThat(node.inbox().idle()).isTrue();
    assertThat(done).isEmpty();
    assertThat(abandoned).isEmpty();
  }

  @Test
  void offersToTheWorkerThatKeptAPlaceOrPasses() {
    // given
    JobHolder holder = holder();
    beat(workerA, 0);
    holder.hold(job(0));
    pass(1);
    grant(0, 1, 0);
    assertThat(workerA.got(JobPacket.Want.class)).hasSize(1);

    // when
    workerA.send(node, new JobPacket.SlotKept("worker-a", 0));
    take(workerA, 1);
    workerA.send(node, new JobPacket.SlotKept("worker-a", 0));

    // then
    assertThat(workerA.got(JobPacket.Offer.class)).hasSize(1);
    assertThat(workerA.got(JobPacket.Pass.class)).hasSize(1);
  }

  /** Worker A says every 400 ms that it is at the first job, for so long. */
  private void lease(int attempt, boolean moved, long forMs) {
    for (long passed = 0; passed < forMs; passed += 400) {
      workerA.node.send(
          node.inbox().address(),
          new StreamPacket.Heartbeat(
              workerA.address(),
              0,
              0,
              0,
              0,
              List.of(),
              List.of(),
              List.of(new StreamPacket.Lease(FIRST, attempt, moved)),
              0));
      pass(400);
    }
  }

  @Test
  void takesWhatIsDueAndDoesNotGetOnToAWorkerThatIsIdle() {
    // given
    holderOfTakenJob();
    beat(workerB, 2);

    // when
    lease(1, false, 2800);
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(1);
    beat(workerB, 2);
    lease(1, false, 800);
    beat(workerB, 2);
    grant(0, 2, 0);

    // then
    assertThat(workerA.got(JobPacket.Withdraw.class)).isNotEmpty();
    assertThat(workerB.got(JobPacket.Offer.class))
        .extracting(JobPacket.Offer::attempt)
        .containsExactly(2);
  }

  @Test
  void leavesWhatGetsOnWhereItIs() {
    // given
    holderOfTakenJob();

    // when
    for (int i = 0; i < 10; i++) {
      beat(workerB, 2);
      lease(1, false, 2000);
      lease(1, true, 400);
    }

    // then
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(1);
  }

  @Test
  void leavesWhatDoesNotGetOnWhileNobodyElseIsIdle() {
    // given
    holderOfTakenJob();

    // when: the other one would only let it wait
    for (int i = 0; i < 10; i++) {
      beat(workerB, 1);
      lease(1, false, 1200);
    }

    // then
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(1);
    assertThat(workerB.got(JobPacket.Offer.class)).isEmpty();
  }

  @Test
  void leavesWhatIsNotDueYetWhereItIs() {
    // given
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(0));
    pass(1);
    grant(0, 1, 20_000);
    take(workerA, 1);

    // when
    for (int i = 0; i < 10; i++) {
      beat(workerB, 2);
      lease(1, false, 1200);
    }

    // then
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(1);
  }

  @Test
  void aFrozenHolderTakesNothingAwayWhenItThaws() {
    // given
    holderOfTakenJob();
    beat(workerB, 2);
    lease(1, false, 800);

    // when
    node.freeze();
    lease(1, false, 8000);
    node.thaw();
    beat(workerB, 2);
    lease(1, true, 800);

    // then
    assertThat(receiver.got(JobPacket.Claim.class)).hasSize(1);
  }
}
