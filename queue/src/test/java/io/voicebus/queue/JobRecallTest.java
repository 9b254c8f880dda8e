package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What waits at a busy worker goes to one that is idle. */
class JobRecallTest extends QueueParties {
  private final List<JobReport> done = new ArrayList<>();
  private final List<Assignment> started = new ArrayList<>();

  /** The first job is held, and has been taken by worker A as the last that it takes. */
  private void holderOfWaitingJob() {
    JobHolder holder =
        new JobHolder(
            node.inbox(),
            new JobHolder.Listener() {
              @Override
              public void done(Job job, JobReport report) {
                done.add(report);
              }

              @Override
              public void abandoned(Job job, Failure why) {
                throw new AssertionError(why);
              }
            },
            new Random(1));
    workerA.send(node, new JobPacket.WorkerBeat("worker-a", 1));
    workerB.send(node, new JobPacket.WorkerBeat("worker-b", 0));
    holder.hold(new Job(FIRST, "receiver", 1000, new TextLength(10)));
    grant(1);
    workerA.send(node, new JobPacket.Taken("worker-a", FIRST, 1, 0));
  }

  private void grant(int attempt) {
    receiver.send(node, new JobPacket.Granted("receiver", FIRST, attempt, ResumePoint.START, 0));
  }

  private void free(Stub worker, int slots) {
    worker.send(node, new JobPacket.WorkerBeat(worker.address(), slots));
  }

  @Test
  void asksForAWaitingJobOnceAnotherWorkerIsIdleAndOffersItThere() {
    // given
    holderOfWaitingJob();

    // when: with one more the job would only wait again
    free(workerB, 1);
    assertThat(workerA.got(JobPacket.Recall.class)).isEmpty();
    free(workerB, 2);
    free(workerB, 2);

    // then
    assertThat(workerA.got(JobPacket.Recall.class)).hasSize(1);
    // and
    workerA.send(node, new JobPacket.Declined("worker-a", FIRST, 1, 1));
    grant(2);
    assertThat(workerB.got(JobPacket.Offer.class))
        .extracting(JobPacket.Offer::attempt)
        .containsExactly(2);
  }

  @Test
  void anAttemptThatWasGivenBackIsNotCounted() {
    // given
    holderOfWaitingJob();
    free(workerB, 2);
    workerA.send(node, new JobPacket.Declined("worker-a", FIRST, 1, 1));
    grant(2);

    // when
    workerB.send(node, new JobPacket.Taken("worker-b", FIRST, 2, 1));
    receiver.send(node, new JobPacket.Done("receiver", FIRST));

    // then
    assertThat(done).extracting(JobReport::attempts).containsExactly(1);
  }

  @Test
  void asksForNothingThatHasBegun() {
    // given
    holderOfWaitingJob();
    free(workerA, 0);
    workerA.send(node, new JobPacket.Finished("worker-a", FIRST, 1, 0, 1, 1));

    // when
    free(workerB, 2);

    // then
    assertThat(workerA.got(JobPacket.Recall.class)).isEmpty();
  }

  @Test
  void aWorkerGivesBackWhatWaitsAndSaysSoAgainWhenAskedAgain() {
    // given
    worker();

    // when
    recall(1);
    recall(1);

    // then
    assertThat(holderStub.got(JobPacket.Declined.class)).hasSize(2);
    started.get(0).finished();
    assertThat(started).hasSize(1);
  }

  @Test
  void aWorkerKeepsWhatItHasBegun() {
    // given
    worker();

    // when
    recall(0);

    // then
    assertThat(holderStub.got(JobPacket.Declined.class)).isEmpty();
    assertThat(holderStub.got(JobPacket.Taken.class)).hasSize(3);
    started.get(0).finished();
    assertThat(holderStub.got(JobPacket.Finished.class)).isEmpty();
    pass(1);
    assertThat(holderStub.got(JobPacket.Finished.class)).hasSize(1);
  }

  /** A worker of one slot with two jobs, the first of which it has begun. */
  private void worker() {
    new JobWorker(node.inbox(), 1, started::add);
    for (int chunk = 0; chunk < 2; chunk++) {
      holderStub.send(
          node,
          new JobPacket.Offer(
              holderStub.address(),
              new JobId(TURN, chunk),
              1,
              "receiver",
              ResumePoint.START,
              0,
              new TextLength(10)));
    }
  }

  private void recall(int chunk) {
    holderStub.send(node, new JobPacket.Recall(holderStub.address(), new JobId(TURN, chunk), 1));
  }
}
