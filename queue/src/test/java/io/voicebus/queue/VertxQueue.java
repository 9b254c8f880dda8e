package io.voicebus.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.VertxBus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The parties of the work queue over a real event bus, each a verticle with its own context. */
final class VertxQueue {
  static final String WORKERS = "voicebus.test.workers";
  static final String HOLDERS = "voicebus.test.holders";
  private static final long UNIT_MS = 100;

  private VertxQueue() {}

  /** Starts a holder that knows nobody yet. */
  static Future<Holder> holder(Vertx vertx) {
    return start(vertx, "holder", WORKERS, Holder::new);
  }

  /** Starts a worker that tells nobody of itself, but answers roll calls. */
  static Future<Speech> worker(Vertx vertx, int slots, long unitMs) {
    return start(vertx, "worker", HOLDERS, bus -> new Speech(bus, slots, unitMs));
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
                  .onPacket(
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
      inbox.publish(HOLDERS, new JobPacket.RollCall(inbox.address()));
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

  /** A playback instance in little, with room for everything. */
  static final class Holder implements JobHolder.Client {
    /** How each job ended: a {@link JobReport} or a {@link Failure}. */
    final Map<JobId, Object> ends = new ConcurrentHashMap<>();

    final List<String> violations = new CopyOnWriteArrayList<>();
    final VertxBus bus;
    final JobHolder jobs;
    private final Map<JobId, List<Integer>> units = new ConcurrentHashMap<>();
    private final Promise<Void> ended = Promise.promise();

    private Holder(VertxBus bus) {
      this.bus = bus;
      jobs = new JobHolder(bus.inbox(), this, HOLDERS, new Random());
      jobs.call();
    }

    /** Holds them all, and completes when all it holds have ended. */
    Future<Void> hold(List<JobId> ids, int count) {
      bus.inbox().execute(() -> ids.forEach(id -> jobs.hold(new Job(id, count * UNIT_MS))));
      return ended.future();
    }

    /** The numbers of all units that came, as they came. */
    List<Integer> units(JobId job) {
      return units.computeIfAbsent(job, id -> new CopyOnWriteArrayList<>());
    }

    @Override
    public boolean reserve(Job job) {
      return true;
    }

    @Override
    public long neededInMs(Job job) {
      return job.id().chunk() * 10L * UNIT_MS;
    }

    @Override
    public Message payload(Job job, int attempt) {
      return new SimPayload(units(job.id()).size(), (int) (job.estimatedMs() / UNIT_MS));
    }

    @Override
    public void piece(Job job, Message item) {
      units(job.id()).add(((SimUnit) item).number());
    }

    @Override
    public void interrupted(Job job) {}

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
      jobs = new JobWorker(bus.inbox(), WORKERS, slots, this);
    }

    /** Completes with the first job of which it has sent three units. */
    Future<JobId> working() {
      return working.future();
    }

    @Override
    public void start(Assignment assignment) {
      started.add(assignment.offer().job());
      Run run = new Run(assignment);
      assignment.onWithdrawn(run::withdrawn);
      run.unit();
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

      Run(Assignment assignment) {
        this.assignment = assignment;
        SimPayload payload = (SimPayload) assignment.offer().payload();
        job = assignment.offer().job();
        total = payload.units();
        next = payload.from();
      }

      private void unit() {
        if (over) {
          return;
        }
        if (next == total) {
          over = true;
          finished.add(job); // before anybody can hear that it is done
          assignment.finished();
          return;
        }
        assignment.piece();
        assignment.out().write(new SimUnit(next++, total));
        if (next == 3) {
          working.tryComplete(job);
        }
        bus.inbox().after(unitMs * 1_000_000, this::unit);
      }

      void withdrawn() {
        over = true;
        withdrawn.add(job);
      }
    }
  }
}
