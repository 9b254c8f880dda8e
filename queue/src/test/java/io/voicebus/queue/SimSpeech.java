package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.SimNetwork;
import io.voicebus.bus.Stage;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A speech engine in little: sends the units of a chunk at its own speed, and may fail. */
final class SimSpeech implements JobWorker.Runner {
  /** A worker gives an engine up that is silent for so long. */
  private static final long SILENT_NANOS = 10_000_000_000L;

  final SimNetwork.Node node;
  final JobWorker jobs;
  private final Random random;
  private final long unitNanos;
  private final double failures;
  private double hangs;
  int started;
  int hung;
  int withdrawn;

  /**
   * An engine with its worker.
   *
   * @param unitNanos how long one unit takes
   * @param failures probability, for each unit, that the attempt fails there; one failure in ten is
   *     not worth another attempt
   */
  SimSpeech(SimNetwork.Node node, Random random, int slots, long unitNanos, double failures) {
    this.node = node;
    this.random = random;
    this.unitNanos = unitNanos;
    this.failures = failures;
    node.listen(QueueWorld.HOLDERS);
    jobs = new JobWorker(node.inbox(), QueueWorld.WORKERS, slots, this);
    jobs.beat();
  }

  /**
   * Probability, for each unit, that nothing more comes of the attempt, and only its link lives.
   */
  void hangs(double probability) {
    hangs = probability;
  }

  @Override
  public void start(Assignment assignment) {
    started++;
    Run run = new Run(assignment);
    assignment.onWithdrawn(run::withdrawn);
    run.begin();
  }

  private final class Run {
    private final Assignment assignment;
    private final int total;
    private int next;
    private boolean over;
    private Bus.@Nullable Timer timer;

    Run(Assignment assignment) {
      this.assignment = assignment;
      SimPayload payload = (SimPayload) assignment.offer().payload();
      total = payload.units();
      next = payload.from();
    }

    void begin() {
      timer = node.after(unitNanos, this::unit);
    }

    private void unit() {
      if (over) {
        return;
      }
      if (hangs > 0 && random.nextDouble() < hangs) {
        hung++;
        timer = node.after(SILENT_NANOS, () -> fail(FailureKind.TIMEOUT));
        return;
      }
      if (random.nextDouble() < failures) {
        fail(random.nextInt(10) == 0 ? FailureKind.BLOCKED : FailureKind.UNAVAILABLE);
        return;
      }
      if (next < total) {
        assignment.piece();
        assignment.out().write(new SimUnit(next, total));
        next++;
      }
      if (over) {
        return;
      }
      if (next < total) {
        timer = node.after(unitNanos, this::unit);
      } else {
        over = true;
        assignment.finished();
      }
    }

    private void fail(FailureKind kind) {
      stop();
      assignment.failed(new Failure(Stage.SPEECH, kind, "the simulation says so"));
    }

    private void stop() {
      over = true;
      if (timer != null) {
        timer.cancel();
      }
    }

    void withdrawn() {
      stop();
      withdrawn++;
    }
  }
}
