package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobReceiverTest extends QueueParties {
  private static final JobId SECOND = new JobId(TURN, 1);

  private final Set<JobId> over = new HashSet<>();
  private final List<Integer> cuts = new ArrayList<>();
  private int room;

  private final JobReceiver jobs =
      new JobReceiver(
          node.inbox(),
          new JobReceiver.Policy() {
            @Override
            public boolean over(JobId job) {
              return over.contains(job);
            }

            @Override
            public ResumePoint cut(JobId job, int attempt) {
              cuts.add(attempt);
              return new ResumePoint(10L * attempt, attempt, "voice");
            }

            @Override
            public boolean reserve(JobId job, long estimatedMs) {
              return room-- > 0;
            }

            @Override
            public long neededInMs(JobId job) {
              return 100L * job.chunk();
            }
          });

  private void claim(JobId job, int attempt) {
    holderStub.send(node, new JobPacket.Claim("holder-stub", job, attempt, 1000));
    pass(1);
  }

  private List<JobPacket.Granted> granted() {
    return holderStub.got(JobPacket.Granted.class);
  }

  @Test
  void grantsAClaimWithTheFirstUnitThatItLacks() {
    // given
    room = 1;

    // when
    claim(FIRST, 1);

    // then
    assertThat(granted())
        .containsExactly(
            new JobPacket.Granted("under-test", FIRST, 1, new ResumePoint(10, 1, "voice"), 0));
    assertThat(jobs.admits(FIRST, 1)).isTrue();
  }

  @Test
  void repeatsItsAnswerToARepeatedClaimWithoutCuttingAgain() {
    // given
    room = 1;
    claim(FIRST, 1);

    // when
    claim(FIRST, 1);

    // then
    assertThat(granted()).hasSize(2).allMatch(granted().get(0)::equals);
    assertThat(cuts).containsExactly(1);
  }

  @Test
  void cutsOffAnEarlierAttemptAtOnceEvenWithoutRoomForTheNext() {
    // given
    room = 1;
    claim(FIRST, 1);

    // when
    claim(FIRST, 2);

    // then
    assertThat(cuts).containsExactly(1, 2);
    assertThat(jobs.admits(FIRST, 1)).isFalse();
    assertThat(jobs.admits(FIRST, 2)).isFalse();
    // and
    claim(FIRST, 1);
    assertThat(granted()).hasSize(1);
  }

  @Test
  void keepsAWaitingClaimUntilThereIsRoomAndLetsNoLaterChunkPass() {
    // given
    claim(SECOND, 1);
    claim(FIRST, 1);
    assertThat(granted()).isEmpty();

    // when
    room = 1;
    jobs.roomChanged(TURN);
    pass(1);

    // then
    assertThat(granted()).extracting(JobPacket.Granted::job).containsExactly(FIRST);
    // and
    room = 1;
    jobs.roomChanged();
    pass(1);
    assertThat(granted()).extracting(JobPacket.Granted::job).containsExactly(FIRST, SECOND);
  }

  @Test
  void answersDoneWhenReceivedDroppedOrOver() {
    // given
    room = 1;
    claim(FIRST, 1);
    claim(SECOND, 1);

    // when
    over.add(FIRST);
    jobs.received(FIRST);
    jobs.drop(TURN);
    claim(FIRST, 2);

    // then
    assertThat(holderStub.got(JobPacket.Done.class))
        .extracting(JobPacket.Done::job)
        .containsExactly(FIRST, SECOND, FIRST);
    assertThat(jobs.claimed()).isZero();
  }
}
