package io.voicebus.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Frame;
import io.voicebus.contract.FramesOpen;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TextLength;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parties of the work queue over a real event bus, each a verticle with its own context. */
final class VertxQueue {
  private static final int UNIT_BYTES = 2048;
  private static final long UNIT_MS = 100;

  private VertxQueue() {}

  /** Starts a holder that knows nobody yet. */
  static Future<Holder> holder(Vertx vertx) {
    return start(vertx, "holder", Addresses.WORKERS, Holder::new);
  }

  /** Starts a worker that tells nobody of itself, but answers roll calls. */
  static Future<Speech> worker(Vertx vertx, int slots, long unitMs) {
    return start(vertx, "worker", Addresses.HOLDERS, bus -> new Speech(bus, slots, unitMs));
  }

  static Future<Player> player(Vertx vertx) {
    return start(vertx, "player", "voicebus.test.players", Player::new);
  }

  private static <P> Future<P> start(
      Vertx vertx, String role, String listens, Function<VertxBus, P> make) {
    Promise<P> started = Promise.promise();
    return vertx
        .deployVerticle(
            context ->
                VertxBus.register(vertx, Clock.system(), role)
                    .compose(bus -> bus.listen(listens).map(bus))
                    .onFailure(started::tryFail)
                    .onSuccess(
                        bus -> bus.inbox().execute(() -> started.tryComplete(make.apply(bus)))))
        .compose(id -> started.future());
  }

  /** Completes once so many workers hear the roll calls that come from this node. */
  static Future<Void> reachable(Vertx vertx, int workers) {
    Promise<Void> reached = Promise.promise();
    return start(
            vertx,
            "probe",
            "voicebus.test.probes",
            bus -> {
              Map<String, Integer> heard = new HashMap<>();
              bus.inbox()
                  .onJob(
                      JobPacket.WorkerBeat.class,
                      beat -> {
                        heard.put(beat.from(), beat.slots());
                        if (heard.size() == workers) {
                          reached.tryComplete();
                        }
                      });
              call(bus.inbox(), reached.future());
              return bus;
            })
        .compose(bus -> reached.future().compose(v -> bus.close()));
  }

  private static void call(Inbox inbox, Future<Void> until) {
    if (!until.isComplete()) {
      inbox.publish(Addresses.HOLDERS, new JobPacket.RollCall(inbox.address()));
      inbox.after(20_000_000, () -> call(inbox, until));
    }
  }

  /** Completes once it is so, as seen on the inbox's context. */
  static Future<Void> eventually(Inbox inbox, BooleanSupplier condition) {
    Promise<Void> met = Promise.promise();
    inbox.execute(() -> look(inbox, condition, met));
    return met.future();
  }

  private static void look(Inbox inbox, BooleanSupplier condition, Promise<Void> met) {
    if (condition.getAsBoolean()) {
      met.complete();
    } else {
      inbox.after(10_000_000, () -> look(inbox, condition, met));
    }
  }

  /** A chunker in little. */
  static final class Holder implements JobHolder.Listener {
    /** How each job ended: a {@link JobReport} or a {@link Failure}. */
    final Map<JobId, Object> ends = new ConcurrentHashMap<>();

    final List<String> violations = new CopyOnWriteArrayList<>();
    final VertxBus bus;
    final JobHolder jobs;
    private final Promise<Void> ended = Promise.promise();

    private Holder(VertxBus bus) {
      this.bus = bus;
      jobs = new JobHolder(bus.inbox(), this, new Random());
      jobs.call();
    }

    /** Holds them all, and completes when all it holds have ended. */
    Future<Void> hold(Player player, List<JobId> ids, int units) {
      bus.inbox()
          .execute(
              () -> {
                for (JobId id : ids) {
                  jobs.hold(
                      new Job(
                          id,
                          player.bus.inbox().address(),
                          units * UNIT_MS,
                          new TextLength(units)));
                }
              });
      return ended.future();
    }

    @Override
    public void done(Job job, JobReport report) {
      end(job, report);
    }

    @Override
    public void abandoned(Job job, Failure why) {
      end(job, why);
    }

    private void end(Job job, Object how) {
      if (ends.put(job.id(), how) != null) {
        violations.add(job.id() + " ended twice");
      }
      if (jobs.held() == 0) {
        ended.tryComplete();
      }
    }

    Future<Void> close() {
      bus.inbox().execute(jobs::close);
      return bus.close();
    }
  }

  /** A speech engine in little. */
  static final class Speech implements JobWorker.Runner {
    final List<JobId> started = new CopyOnWriteArrayList<>();
    final List<JobId> finished = new CopyOnWriteArrayList<>();
    final List<JobId> withdrawn = new CopyOnWriteArrayList<>();
    final VertxBus bus;
    final JobWorker jobs;
    private final long unitMs;
    private final Promise<JobId> working = Promise.promise();

    private Speech(VertxBus bus, int slots, long unitMs) {
      this.bus = bus;
      this.unitMs = unitMs;
      jobs = new JobWorker(bus.inbox(), slots, this);
    }

    /** Completes with the first job of which it has sent three units. */
    Future<JobId> working() {
      return working.future();
    }

    @Override
    public void start(Assignment assignment) {
      JobPacket.Offer offer = assignment.offer();
      started.add(offer.job());
      Run run = new Run(assignment, ((TextLength) offer.payload()).chunks());
      assignment.onWithdrawn(run::withdrawn);
      bus.inbox()
          .<Frame>open(
              offer.receiver(),
              new FramesOpen(offer.job(), offer.attempt(), 24_000, false, "voice"))
          .onSuccess(run::opened)
          .onFailure(why -> assignment.failed(Failure.of(Stage.SPEECH, why)));
    }

    Future<Void> close() {
      bus.inbox().execute(jobs::close);
      return bus.close();
    }

    private final class Run {
      private final Assignment assignment;
      private final JobId job;
      private final int total;
      private int next;
      private boolean over;
      private @Nullable BusWriteStream<Frame> stream;

      Run(Assignment assignment, int total) {
        this.assignment = assignment;
        this.total = total;
        job = assignment.offer().job();
        next = (int) assignment.offer().at().samples();
      }

      void opened(BusWriteStream<Frame> opened) {
        if (over) {
          opened.fail(withdrawal());
          return;
        }
        stream = opened;
        opened.exceptionHandler(
            why -> {
              over = true;
              assignment.failed(Failure.of(Stage.SPEECH, why));
            });
        unit(opened);
      }

      private void unit(BusWriteStream<Frame> open) {
        if (over) {
          return;
        }
        if (next == total) {
          over = true;
          finished.add(job); // before anybody can hear that it is done
          open.end();
          assignment.finished();
          return;
        }
        assignment.piece();
        open.write(Frame.untimed(ByteBuffer.allocate(UNIT_BYTES).putInt(next++).array()));
        if (next == 3) {
          working.tryComplete(job);
        }
        bus.inbox().after(unitMs * 1_000_000, () -> unit(open));
      }

      void withdrawn() {
        over = true;
        withdrawn.add(job);
        if (stream != null) {
          stream.fail(withdrawal());
        }
      }
    }

    private static Failure withdrawal() {
      return new Failure(Stage.SPEECH, FailureKind.CANCELLED, "withdrawn");
    }
  }

  /** A playback instance in little, with room for everything. */
  static final class Player implements JobReceiver.Policy {
    private static final class Chunk {
      final List<Integer> units = new CopyOnWriteArrayList<>();
      boolean whole;
      @Nullable BusReadStream<Frame> stream;
    }

    final VertxBus bus;
    final JobReceiver jobs;
    private final Map<JobId, Chunk> chunks = new ConcurrentHashMap<>();

    private Player(VertxBus bus) {
      this.bus = bus;
      jobs = new JobReceiver(bus.inbox(), this);
      bus.inbox().onOpen(FramesOpen.class, this::onFrames);
    }

    /** The numbers of all units that came, as they came. */
    List<Integer> units(JobId job) {
      return chunk(job).units;
    }

    private Chunk chunk(JobId job) {
      return chunks.computeIfAbsent(job, id -> new Chunk());
    }

    private void onFrames(FramesOpen head, BusReadStream<Frame> stream) {
      JobId job = head.job();
      if (!jobs.admits(job, head.attempt())) {
        throw new VoicebusException(cancelled());
      }
      Chunk chunk = chunk(job);
      cut(chunk);
      chunk.stream = stream;
      stream
          .handler(frame -> chunk.units.add(ByteBuffer.wrap(frame.pcm()).getInt()))
          .exceptionHandler(lost -> chunk.stream = null)
          .endHandler(
              end -> {
                chunk.stream = null;
                chunk.whole = true;
                jobs.received(job);
              });
    }

    private static void cut(Chunk chunk) {
      if (chunk.stream != null) {
        chunk.stream.cancel(cancelled());
        chunk.stream = null;
      }
    }

    private static Failure cancelled() {
      return new Failure(Stage.PLAYBACK, FailureKind.CANCELLED, "another attempt counts");
    }

    @Override
    public boolean over(JobId job) {
      return chunk(job).whole;
    }

    @Override
    public ResumePoint cut(JobId job, int attempt) {
      cut(chunk(job));
      return new ResumePoint(chunk(job).units.size(), 0, "voice");
    }

    @Override
    public boolean reserve(JobId job, long estimatedMs) {
      return true;
    }

    @Override
    public long neededInMs(JobId job) {
      return job.chunk() * 10L * UNIT_MS;
    }

    Future<Void> close() {
      return bus.close();
    }
  }
}
