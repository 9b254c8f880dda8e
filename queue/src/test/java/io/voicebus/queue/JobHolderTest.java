package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobHolderTest extends QueueParties {
  private static final long NEVER = 10_000;

  private final List<JobReport> done = new ArrayList<>();
  private final List<Failure> abandoned = new ArrayList<>();
  private final List<Integer> pieces = new ArrayList<>();
  private final List<Integer> reserved = new ArrayList<>();
  private final List<String> waits = new ArrayList<>();
  private final Map<Integer, Long> needed = new HashMap<>();
  private int room = Integer.MAX_VALUE;
  private int interrupted;

  private JobHolder holder() {
    return new JobHolder(
        node.inbox(),
        new JobHolder.Client() {
          @Override
          public boolean reserve(Job job) {
            if (reserved.size() < room) {
              reserved.add(job.id().chunk());
              return true;
            }
            return false;
          }

          @Override
          public long neededInMs(Job job) {
            return needed.getOrDefault(job.id().chunk(), 0L);
          }

          @Override
          public Message payload(Job job, int attempt) {
            return new SimPayload(pieces.size(), 10);
          }

          @Override
          public void piece(Job job, Message item) {
            pieces.add(((SimUnit) item).number());
          }

          @Override
          public void waits(Job job, String why) {
            waits.add(job.id().chunk() + ": " + why);
          }

          @Override
          public void interrupted(Job job) {
            interrupted++;
          }

          @Override
          public void done(Job job, JobReport report) {
            done.add(report);
          }

          @Override
          public void abandoned(Job job, Failure why) {
            abandoned.add(why);
          }
        },
        QueueWorld.HOLDERS,
        new Random(1));
  }

  private static Job job(int chunk) {
    return new Job(new JobId(TURN, chunk), 1000);
  }

  private void beat(Stub worker, int slots) {
    worker.send(node, new JobPacket.WorkerBeat(worker.address(), slots, ""));
  }

  /** The first job is held, and taken by worker A, the only one known, which is then full. */
  private JobHolder holderOfTakenJob() {
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(0));
    pass(2);
    assertThat(workerA.confirmed).isEqualTo(1);
    return holder;
  }

  private void beats(long forMs, Stub... workers) {
    for (long passed = 0; passed < forMs; passed += 400) {
      for (Stub worker : workers) {
        beat(worker, 2);
      }
      pass(400 - workers.length);
    }
  }

  @Test
  void takesTheResultAndReportsHowItWent() {
    // given
    JobHolder holder = holderOfTakenJob();
    // when
    workerA.link().tell(new SimUnit(0, 1));
    workerA.link().tell(new JobDone(5, 7, 1));
    workerA.link().out().end();
    pass(2);
    // then
    assertThat(pieces).containsExactly(0);
    assertThat(done).extracting(JobReport::attempts).containsExactly(1);
    assertThat(done).extracting(JobReport::totalNanos).containsExactly(7L);
    assertThat(holder.held()).isZero();
    assertThat(node.inbox().idle()).isTrue();
    assertThat(workerA.node.inbox().idle()).isTrue();
  }

  @Test
  void countsItsJobsByTheirState() {
    // given
    room = 2;
    JobHolder holder = holderOfTakenJob();
    holder.hold(job(1));
    holder.hold(job(2));
    pass(2);
    // then
    assertThat(levels())
        .isEqualTo(
            Map.of(
                "voicebus.queue.chunks[taken]",
                1L,
                "voicebus.queue.chunks[ready]",
                1L,
                "voicebus.queue.chunks[waiting]",
                1L));
    // when
    workerA.link().tell(new JobDone(5, 7, 0));
    workerA.link().out().end();
    pass(2);
    holder.cancel(TURN);
    // then
    assertThat(levels()).isEmpty();
  }

  @Test
  void tellsWhatADueJobWaitsForOnceAndWhenThatIsOver() {
    // given
    JobHolder holder = holderOfTakenJob();
    // when
    workerA.link().tell(new JobWaits("no room at the service"));
    workerA.link().tell(new JobWaits("no room at the service"));
    pass(2);
    // then
    assertThat(waits).containsExactly("0: no room at the service");
    workerA.link().tell(new JobWaits(""));
    pass(2);
    assertThat(waits).containsExactly("0: no room at the service", "0: ");
    // and: another worker may get on with it
    workerA.link().tell(new JobWaits("busy"));
    workerA.link().fail(new Failure(Stage.SPEECH, FailureKind.UNAVAILABLE, "broken"));
    pass(2);
    assertThat(waits).endsWith("0: busy", "0: ");
    holder.close();
  }

  @Test
  void whatIsDueBehindThoseThatWaitAtAWorkerWaitsForTheSame() {
    // given: one begun, one taken and not begun, two that nobody takes
    room = 4;
    needed.put(3, 60_000L);
    JobHolder holder = holder();
    workerA.room = 1;
    beat(workerA, 2);
    holder.hold(job(0));
    pass(2);
    workerA.room = 0;
    for (int chunk = 1; chunk < 4; chunk++) {
      holder.hold(job(chunk));
    }
    pass(2);
    assertThat(workerA.confirmed).isEqualTo(2);
    // when
    workerA.send(node, new JobPacket.WorkerBeat(workerA.address(), 0, "no room at the service"));
    pass(2);
    // then: what is not due waits for nobody
    assertThat(waits).containsExactly("1: no room at the service", "2: no room at the service");
    // and
    holder.close();
  }

  @Test
  void tellsOfDueJobsThatNoWorkerHasRoomFor() {
    // given
    room = 2;
    JobHolder holder = holderOfTakenJob();
    holder.hold(job(1));
    // when
    for (int times = 0; times < 3; times++) {
      beat(workerA, 0);
      pass(500);
    }
    // then
    assertThat(waits).hasSize(1).allMatch(told -> told.startsWith("1: no speech worker"));
    // and
    workerA.room = 1;
    beat(workerA, 2);
    pass(2);
    assertThat(waits).hasSize(2).endsWith("1: ");
    holder.close();
  }

  @Test
  void holdsBackWhatThereIsNoRoomForInOrder() {
    // given
    room = 2;
    JobHolder holder = holder();
    beat(workerA, 5);
    for (int chunk = 0; chunk < 4; chunk++) {
      holder.hold(job(chunk));
    }
    pass(5);
    assertThat(reserved).containsExactly(0, 1);
    // when
    room = 3;
    holder.roomChanged(TURN);
    // then
    assertThat(reserved).containsExactly(0, 1, 2);
  }

  @Test
  void offersTheMostUrgentJobFirst() {
    // given
    JobHolder holder = holder();
    needed.put(0, 5000L);
    holder.hold(job(0));
    holder.hold(job(1));
    // when
    beat(workerA, 1);
    pass(2);
    // then
    assertThat(workerA.offers).extracting(offer -> offer.job().chunk()).containsExactly(1);
  }

  @Test
  void asksAnotherWorkerWhenOneDoesNotAnswerAndBeginsNothingThere() {
    // given
    JobHolder holder = holder();
    workerA.node.freeze();
    workerA.node.send(node.inbox().address(), new JobPacket.WorkerBeat("worker-a", 1, ""));
    pass(1);
    holder.hold(job(0));
    beat(workerB, 1);
    // when
    pass(110);
    // then
    assertThat(workerB.confirmed).isEqualTo(1);
    // and
    workerA.node.thaw();
    pass(5);
    assertThat(workerA.confirmed).isZero();
    assertThat(workerA.withdrawn).hasSize(1);
    workerB.link().tell(new JobDone(1, 1, 1));
    workerB.link().out().end();
    pass(2);
    assertThat(done).extracting(JobReport::attempts).containsExactly(1);
  }

  @Test
  void asksTheOneHeardOfLastAfterASilenceSinceManyMayHaveDiedTogether() {
    // given: sixteen that have more room than the one that lives
    JobHolder holder = holder();
    for (int i = 0; i < 16; i++) {
      Stub dead = new Stub("dead-" + i);
      beat(dead, 5);
      dead.node.freeze();
    }
    beat(workerB, 1);
    // when
    holder.hold(job(0));
    pass(110);
    // then
    assertThat(workerB.confirmed).isEqualTo(1);
  }

  @Test
  void goesOnElsewhereFromWhatHasComeWhenTheWorkerDies() {
    // given
    JobHolder holder = holderOfTakenJob();
    workerA.link().tell(new SimUnit(0, 10));
    pass(2);
    // when
    workerA.node.kill();
    beats(1600, workerB);
    pass(10);
    // then
    assertThat(interrupted).isEqualTo(1);
    assertThat(workerB.offers).extracting(JobOffer::payload).containsExactly(new SimPayload(1, 10));
    assertThat(holder.held()).isOne();
  }

  @Test
  void neverOffersToAWorkerThatHasFallenSilent() {
    // given: a dead one that said it had room, an hour ago
    JobHolder holder = holder();
    beat(workerA, 16);
    workerA.node.kill();
    pass(3_600_000);
    beat(workerB, 1);
    // when
    holder.hold(job(0));
    pass(2);
    // then
    assertThat(workerB.confirmed).isEqualTo(1);
    assertThat(network.opens()).isEqualTo(2);
  }

  @Test
  void takesNothingAwayWhenItWasFrozenItself() {
    // given
    JobHolder holder = holderOfTakenJob();
    // when
    node.freeze();
    pass(1300);
    node.thaw();
    pass(100);
    // then
    assertThat(interrupted).isZero();
    assertThat(holder.held()).isOne();
  }

  @Test
  void abandonsAJobThatCannotSucceedAtOnceAndOthersAfterThreeFailures() {
    // given
    Failure blocked = new Failure(Stage.SPEECH, FailureKind.BLOCKED, "refused");
    Failure limited = new Failure(Stage.SPEECH, FailureKind.RATE_LIMITED, "too much");
    holderOfTakenJob();
    // when
    for (int failure = 1; failure <= 3; failure++) {
      assertThat(abandoned).isEmpty();
      workerA.link().fail(limited);
      pass(2);
      beat(workerA, 1);
      pass(5);
    }
    // then
    assertThat(abandoned).containsExactly(limited);
    assertThat(workerA.links).hasSize(3);
    // and
    holderOfTakenJobAgain();
    workerA.link().fail(blocked);
    pass(2);
    assertThat(abandoned).containsExactly(limited, blocked);
  }

  private void holderOfTakenJobAgain() {
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(0));
    pass(2);
  }

  /** The attempt fails before it gave anything, and the worker has room again. */
  private void failsToBegin() {
    workerA.link().fail(new Failure(Stage.SPEECH, FailureKind.UNAVAILABLE, "not reached"));
    pass(2);
    beat(workerA, 1);
    pass(3);
  }

  /** How long after a failure the next attempt begins, in ms; {@link #NEVER} if none does. */
  private long restAfterFailure() {
    int before = workerA.links.size();
    failsToBegin();
    long rest = 0;
    for (; workerA.links.size() == before && rest < NEVER; rest += 100) {
      beat(workerA, 1);
      pass(99);
    }
    return rest;
  }

  @Test
  void aJobThatIsNotDueOutlastsAnOutageAndRestsInBetween() {
    // given
    needed.put(0, 15_000L);
    JobHolder holder = holderOfTakenJob();
    // when
    List<Long> rests = new ArrayList<>();
    for (int failure = 1; failure <= 12; failure++) {
      rests.add(restAfterFailure());
    }
    // then
    assertThat(abandoned).isEmpty();
    assertThat(rests).startsWith(0L, 500L, 1_000L, 2_000L, 4_000L, 4_000L);
    // and when
    workerA.link().tell(new JobDone(5, 7, 1));
    workerA.link().out().end();
    pass(2);
    assertThat(done).extracting(JobReport::attempts).containsExactly(1);
    assertThat(holder.held()).isZero();
    assertThat(node.inbox().idle()).isTrue();
  }

  @Test
  void aJobThatGivesSomethingEachTimeAndFailsIsPaidOnlyThreeTimes() {
    // given
    needed.put(0, 15_000L);
    holderOfTakenJob();
    // when
    for (int failure = 1; failure <= 3; failure++) {
      assertThat(abandoned).isEmpty();
      workerA.link().tell(new SimUnit(0, 1));
      pass(2);
      failsToBegin();
    }
    // then
    assertThat(abandoned).hasSize(1);
  }

  @Test
  void aJobOfATurnThatIsUnderWayIsTriedForSomeSecondsThoughItIsDue() {
    // given
    JobHolder holder = holder();
    beat(workerA, 1);
    holder.hold(job(3));
    pass(2);
    // when
    List<Long> rests = new ArrayList<>();
    while (abandoned.isEmpty()) {
      rests.add(restAfterFailure());
    }
    // then
    assertThat(rests).containsExactly(0L, 500L, 1_000L, 2_000L, NEVER);
    assertThat(waits).startsWith("3: not reached", "3: ", "3: not reached");
  }

  @Test
  void aJobThatBrokeOffIsTriedAsLong() {
    // given
    holderOfTakenJob();
    workerA.link().tell(new SimUnit(0, 1));
    pass(2);
    // when
    restAfterFailure();
    List<Long> rests = new ArrayList<>();
    while (abandoned.isEmpty()) {
      rests.add(restAfterFailure());
    }
    // then
    assertThat(rests).containsExactly(0L, 500L, 1_000L, 2_000L, NEVER);
  }

  @Test
  void aTurnThatIsCancelledWhileAJobRestsLeavesNoTimer() {
    // given
    needed.put(0, 15_000L);
    JobHolder holder = holderOfTakenJob();
    failsToBegin();
    failsToBegin();
    // when
    holder.cancel(TURN);
    // then
    assertThat(node.inbox().idle()).isTrue();
  }

  @Test
  void abandonsWhatIsReadyWhenNoWorkerIsSeenForTenSeconds() {
    // given
    JobHolder holder = holder();
    holder.hold(job(0));
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
    holder.cancel(TURN);
    pass(2);
    // then
    assertThat(workerA.withdrawn).extracting(Failure::kind).containsExactly(FailureKind.CANCELLED);
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
    assertThat(workerA.got(JobPacket.Want.class)).hasSize(1);
    // when
    workerA.send(node, new JobPacket.SlotKept("worker-a", 0));
    pass(2);
    workerA.send(node, new JobPacket.SlotKept("worker-a", 0));
    // then
    assertThat(workerA.offers).hasSize(1);
    assertThat(workerA.got(JobPacket.Pass.class)).hasSize(1);
  }

  @Test
  void takesWhatIsDueAndDoesNotGetOnToAWorkerThatIsIdle() {
    // given
    holderOfTakenJob();
    // when
    beats(2800, workerB);
    assertThat(workerB.offers).isEmpty();
    beats(800, workerB);
    // then
    assertThat(workerA.withdrawn).hasSize(1);
    assertThat(workerB.confirmed).isEqualTo(1);
  }

  @Test
  void leavesWhatGetsOnOrIsNotDueOrHasNowhereToGoWhereItIs() {
    // given: nobody else is idle
    holderOfTakenJob();
    beat(workerB, 1);
    pass(20_000);
    assertThat(workerA.withdrawn).isEmpty();
    // and: it gets on
    for (int unit = 0; unit < 10; unit++) {
      workerA.link().tell(new SimUnit(unit, 20));
      beats(2000, workerB);
    }
    assertThat(workerA.withdrawn).isEmpty();
  }

  @Test
  void leavesWhatIsNotDueYetWhereItIs() {
    needed.put(0, 20_000L);
    holderOfTakenJob();
    beats(20_000, workerB);
    assertThat(workerA.withdrawn).isEmpty();
  }

  @Test
  void asksForAWaitingJobOnceAnotherWorkerIsIdleAndOffersItThere() {
    // given
    holderOfTakenJob();
    // when: with one more the job would only wait again
    beat(workerB, 1);
    assertThat(workerA.items).isEmpty();
    beat(workerB, 2);
    beat(workerB, 2);
    // then
    assertThat(workerA.items).containsExactly(new Recall());
    // and
    workerA.link().out().end();
    pass(5);
    assertThat(workerB.confirmed).isEqualTo(1);
    workerB.link().tell(new JobDone(1, 1, 1));
    workerB.link().out().end();
    pass(2);
    assertThat(done).extracting(JobReport::attempts).containsExactly(1);
  }

  @Test
  void asksForNothingThatHasBegun() {
    holderOfTakenJob();
    workerA.link().tell(new SimUnit(0, 10));
    pass(2);
    beat(workerB, 2);
    assertThat(workerA.items).isEmpty();
  }

  @Test
  void takesBackWhatNobodyHasYetUntilThereIsRoomAgain() {
    // given: ready, and nobody there
    JobHolder holder = holder();
    holder.hold(job(0));
    holder.hold(job(1));
    // when
    room = 0;
    holder.withhold(TURN);
    beat(workerA, 5);
    pass(5);
    // then
    assertThat(workerA.offers).isEmpty();
    // when
    room = 10;
    holder.roomChanged(TURN);
    pass(5);
    // then
    assertThat(workerA.offers).extracting(offer -> offer.job().chunk()).containsExactly(0);
  }

  @Test
  void asksForAJobThatIsWithheldAndWaitsAtAWorker() {
    // given
    JobHolder holder = holderOfTakenJob();
    // when
    room = 0;
    holder.withhold(TURN);
    pass(2);
    assertThat(workerA.items).containsExactly(new Recall());
    workerA.link().out().end();
    beat(workerB, 5);
    pass(5);
    // then
    assertThat(workerB.offers).isEmpty();
    assertThat(holder.held()).isEqualTo(1);
  }
}
