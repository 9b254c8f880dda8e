package io.voicebus.queue;

import static io.voicebus.bus.VertxStreams.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Limits;
import io.voicebus.bus.TwoNodes;
import io.voicebus.bus.VertxBus;
import io.voicebus.bus.VertxStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The work queue over the real clustered event bus: two nodes, and a third that is closed. */
class ClusteredQueueTest {
  @RegisterExtension static final TwoNodes NODES = new TwoNodes();

  /** What ends the parties that live on after a test. */
  private final List<Supplier<Future<Void>>> closing = new ArrayList<>();

  @AfterEach
  void closeParties() {
    closing.forEach(party -> await(party.get()));
  }

  @Test
  void aHolderThatStartsCallsTheRollAndAllItsJobsAreDoneOnceAndInOrder() {
    // given: workers that never tell of themselves
    VertxQueue.Speech near = worker(NODES.left(), 2, 2);
    VertxQueue.Speech far = worker(NODES.right(), 2, 2);
    await(VertxQueue.reachable(NODES.left(), 2));
    List<JobId> ids = jobs(10, 10);

    // when
    VertxQueue.Holder holder = holder(NODES.left());
    await(holder.hold(ids, 10));

    // then
    allDone(holder, ids, 10);
    assertThat(near.finished).isNotEmpty();
    assertThat(far.finished).isNotEmpty();
    nothingLeft(holder.bus, near.bus, far.bus);
  }

  @Test
  void whatANodeThatIsClosedWithoutAWordWasAtIsDoneElsewhere() {
    // given
    Vertx third = await(NODES.third());
    VertxQueue.Speech dying = await(VertxQueue.worker(third, 2, 20));
    VertxQueue.Speech living = worker(NODES.left(), 4, 2);
    await(VertxQueue.reachable(NODES.left(), 2));
    VertxQueue.Holder holder = holder(NODES.left());
    List<JobId> ids = jobs(6, 5);
    Future<Void> ended = holder.hold(ids, 20);
    JobId interrupted = await(dying.working());

    // when
    Future<Void> closed = third.close();
    await(ended);

    // then
    allDone(holder, ids, 20);
    assertThat(dying.finished).doesNotContain(interrupted);
    assertThat(living.finished).contains(interrupted);
    wasTriedAgain(holder, interrupted);
    nothingLeft(holder.bus, living.bus);
    await(closed);
  }

  @Test
  void aWorkerThatDrainsFinishesWhatItTookAndTheRestIsDoneAtTheOtherNode() {
    // given
    VertxQueue.Speech draining = worker(NODES.right(), 1, 10);
    VertxQueue.Speech other = worker(NODES.left(), 1, 2);
    await(VertxQueue.reachable(NODES.left(), 2));
    VertxQueue.Holder holder = holder(NODES.left());
    List<JobId> ids = jobs(4, 5);
    Future<Void> ended = holder.hold(ids, 20);
    JobId unfinished = await(draining.working());

    // when
    await(VertxStreams.on(draining.bus.inbox(), draining.jobs::drain));
    List<JobId> taken = List.copyOf(draining.started);
    await(ended);

    // then
    allDone(holder, ids, 20);
    assertThat(draining.finished).contains(unfinished).isEqualTo(taken);
    assertThat(draining.started).isEqualTo(taken);
    assertThat(draining.withdrawn).isEmpty();
    assertThat(other.finished)
        .hasSize(ids.size() - taken.size())
        .doesNotContainAnyElementsOf(taken);
    nothingLeft(holder.bus, draining.bus, other.bus);
  }

  @Test
  void aWorkerThatClosesHandsBackAtOnceAndItsJobGoesOnAtTheOtherNode() {
    // given
    VertxQueue.Speech closing = worker(NODES.right(), 1, 50);
    VertxQueue.Speech other = worker(NODES.left(), 2, 2);
    await(VertxQueue.reachable(NODES.left(), 2));
    VertxQueue.Holder holder = holder(NODES.left());
    List<JobId> ids = jobs(6, 3);
    Future<Void> ended = holder.hold(ids, 20);
    JobId handedBack = await(closing.working());

    // when
    closing.bus.inbox().execute(closing.jobs::close);
    long closedAt = System.nanoTime();
    await(VertxQueue.eventually(other.bus.inbox(), () -> other.started.contains(handedBack)));
    Duration until = Duration.ofNanos(System.nanoTime() - closedAt);
    await(ended);

    // then: sooner than the lease would have run out
    assertThat(until).isLessThan(Limits.SILENCE);
    allDone(holder, ids, 20);
    assertThat(closing.withdrawn).containsExactly(handedBack);
    assertThat(closing.finished).doesNotContain(handedBack);
    assertThat(other.finished).contains(handedBack);
    wasTriedAgain(holder, handedBack);
    nothingLeft(holder.bus, closing.bus, other.bus);
  }

  private VertxQueue.Holder holder(Vertx vertx) {
    VertxQueue.Holder holder = await(VertxQueue.holder(vertx));
    closing.add(holder::close);
    return holder;
  }

  private VertxQueue.Speech worker(Vertx vertx, int slots, long unitMs) {
    VertxQueue.Speech worker = await(VertxQueue.worker(vertx, slots, unitMs));
    closing.add(worker::close);
    return worker;
  }

  private static List<JobId> jobs(int turns, int chunks) {
    return IntStream.range(0, turns * chunks)
        .mapToObj(i -> new JobId("turn-" + i / chunks, i % chunks))
        .toList();
  }

  private static void allDone(VertxQueue.Holder holder, List<JobId> ids, int units) {
    List<Integer> each = IntStream.range(0, units).boxed().toList();
    assertThat(holder.ends).containsOnlyKeys(ids);
    assertThat(holder.ends.values())
        .allSatisfy(end -> assertThat(end).isInstanceOf(JobReport.class));
    assertThat(holder.violations).isEmpty();
    assertThat(ids).allSatisfy(id -> assertThat(holder.units(id)).isEqualTo(each));
  }

  private static void wasTriedAgain(VertxQueue.Holder holder, JobId id) {
    assertThat(holder.ends.get(id))
        .isInstanceOfSatisfying(
            JobReport.class, report -> assertThat(report.attempts()).isGreaterThan(1));
  }

  private static void nothingLeft(VertxBus... parties) {
    for (VertxBus party : parties) {
      await(VertxQueue.eventually(party.inbox(), party.inbox()::idle));
    }
  }
}
