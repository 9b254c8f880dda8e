package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.SimNetwork;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Frame;
import io.voicebus.contract.FramesOpen;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.WordEnd;
import java.util.List;
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
    jobs = new JobWorker(node.inbox(), slots, this);
    jobs.beat();
  }

  /**
   * Probability, for each unit, that nothing more comes of the attempt, and only its lease lives.
   */
  void hangs(double probability) {
    hangs = probability;
  }

  @Override
  public void start(Assignment assignment) {
    started++;
    Run run = new Run(assignment);
    assignment.onWithdrawn(run::withdrawn);
    JobPacket.Offer offer = assignment.offer();
    FramesOpen head = new FramesOpen(offer.job(), offer.attempt(), 24_000, false, "voice");
    node.inbox()
        .<Frame>open(offer.receiver(), head)
        .onSuccess(run::opened)
        .onFailure(why -> assignment.failed(Failure.of(Stage.SPEECH, why)));
  }

  private final class Run {
    private final Assignment assignment;
    private final int total;
    private int next;
    private boolean over;
    private @Nullable BusWriteStream<Frame> stream;
    private Bus.@Nullable Timer timer;

    Run(Assignment assignment) {
      this.assignment = assignment;
      total = ((TextLength) assignment.offer().payload()).chunks();
      next = (int) assignment.offer().at().samples();
    }

    void opened(BusWriteStream<Frame> opened) {
      if (over) {
        opened.fail(new Failure(Stage.SPEECH, FailureKind.CANCELLED, "withdrawn"));
        return;
      }
      stream = opened;
      opened.exceptionHandler(
          why -> {
            stop();
            assignment.failed(Failure.of(Stage.SPEECH, why));
          });
      timer = node.after(unitNanos, this::unit);
    }

    private void unit() {
      BusWriteStream<Frame> open = stream;
      if (over || open == null) {
        return;
      }
      if (hangs > 0 && random.nextDouble() < hangs) {
        hung++;
        timer = node.after(SILENT_NANOS, () -> fail(open, FailureKind.TIMEOUT));
        return;
      }
      if (random.nextDouble() < failures) {
        fail(open, random.nextInt(10) == 0 ? FailureKind.BLOCKED : FailureKind.UNAVAILABLE);
        return;
      }
      if (next < total) {
        assignment.piece();
        open.write(
            new Frame(
                new byte[] {(byte) next, (byte) (next >> 8)}, List.of(new WordEnd(1, total))));
        next++;
      }
      if (over) {
        return;
      }
      if (next < total) {
        timer = node.after(unitNanos, this::unit);
      } else {
        over = true;
        open.end();
        assignment.finished();
      }
    }

    private void fail(BusWriteStream<Frame> open, FailureKind kind) {
      Failure why = new Failure(Stage.SPEECH, kind, "the simulation says so");
      stop();
      open.fail(why);
      assignment.failed(why);
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
      if (stream != null) {
        stream.fail(new Failure(Stage.SPEECH, FailureKind.CANCELLED, "withdrawn"));
      }
    }
  }
}
