package io.voicebus.chunker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Load;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.queue.Job;
import io.voicebus.queue.JobHolder;
import io.voicebus.queue.JobReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Deltas to chunks; holds the jobs of speaking them.
 *
 * <p>Settings: {@code max-chunk-chars} (40 to 4000, default 400), {@code stall-ms} (50 to 60000,
 * default 700): what a stalled model has written so far is spoken after so long; {@code
 * code-remark} (default {@code auto}, or {@code off}): what is said in place of a block of code;
 * {@code auto} is a remark in the text's language where a colon announces the code or nothing else
 * is said; {@code emoji} ({@code drop} or {@code name}, default {@code drop}); {@code spell-out}
 * (default on): numbers and signs are written out for the voice; {@code language} (default: found
 * in each turn): what all turns are written in, as a two-letter code; {@code pronunciations}
 * (default none): a file that says how words are said; {@code drain-ms} (0 to 600000, default 0):
 * how long an instance that is stopped may finish its turns.
 */
public final class ChunkerVerticle extends VerticleBase {
  private final Map<TurnId, BusTurn> turns = new HashMap<>();
  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable JobHolder holder;

  @Override
  public Future<?> start() {
    Settings settings = new Settings("chunker", config());
    int maxChars = settings.integer("max-chunk-chars", 400, 40, 4000);
    Duration stall = settings.millis("stall-ms", Duration.ofMillis(700), 50, 60_000);
    ChunkerOptions options =
        new ChunkerOptions(
            true,
            true,
            maxChars,
            stall.toNanos(),
            remark(settings.text("code-remark", ChunkerOptions.AUTO_REMARK)),
            settings.choice("emoji", "drop", List.of("drop", "name")).equals("name"));
    JobText jobText =
        new JobText(
            settings.flag("spell-out", true),
            pronunciations(settings.text("pronunciations", "")),
            language(settings.text("language", "")));
    drain = settings.millis("drain-ms", Duration.ZERO, 0, 600_000);
    settings.rejectUnknown();
    vertx.executeBlocking(
        () -> {
          jobText.warmUp();
          return true;
        });
    return VertxBus.register(vertx, Clock.system(), "chunker")
        .compose(
            registered -> {
              bus = registered;
              registered.inbox().load(() -> new Load(turns.size(), 0));
              JobHolder jobs = new JobHolder(registered.inbox(), new Settled(), new Random());
              holder = jobs;
              registered
                  .inbox()
                  .onOpen(
                      TextOpen.class,
                      (TextOpen open, BusReadStream<TextDelta> text) ->
                          begin(registered, jobs, open, text, options, jobText));
              return registered
                  .listen(Addresses.WORKERS)
                  .onSuccess(listening -> jobs.call())
                  .compose(listening -> registered.serve(Addresses.TEXT));
            });
  }

  private static String remark(String setting) {
    return setting.equals("off") ? "" : setting;
  }

  private static String language(String code) {
    if (!code.isEmpty() && !code.matches("[a-z]{2}")) {
      throw new IllegalArgumentException(
          "chunker setting 'language' is '" + code + "': it must be two letters, such as en");
    }
    return code;
  }

  private static Pronunciations pronunciations(String file) {
    try {
      return file.isEmpty() ? Pronunciations.NONE : Pronunciations.read(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "chunker setting 'pronunciations' is '" + file + "': " + e.getMessage(), e);
    }
  }

  private void begin(
      VertxBus registered,
      JobHolder jobs,
      TextOpen open,
      BusReadStream<TextDelta> text,
      ChunkerOptions options,
      JobText jobText) {
    TurnId id = open.turn().turn();
    TurnOptions chosen = open.turn().options();
    BusTurn turn =
        new BusTurn(
            registered.inbox(),
            jobs,
            open.turn().withoutPronunciations(),
            text,
            new TurnChunks(
                new Chunker(options.withClauses(chosen.clauses())),
                options.maxChars(),
                chosen.pace() == Pace.REALTIME),
            jobText.forTurn(chosen.pronunciations(), chosen.language(), open.prompt()),
            () -> turns.remove(id));
    turns.put(id, turn);
    turn.begin();
  }

  @Override
  public Future<?> stop() {
    Future<Void> drained = bus == null ? Future.succeededFuture() : bus.drain(drain);
    return drained.eventually(this::close);
  }

  private Future<Void> close() {
    for (BusTurn turn : List.copyOf(turns.values())) {
      turn.fail(new Failure(Stage.CHUNKER, FailureKind.UNAVAILABLE, "the chunker has stopped"));
    }
    if (holder != null) {
      holder.close();
    }
    return bus == null ? Future.succeededFuture() : bus.close();
  }

  private final class Settled implements JobHolder.Listener {
    @Override
    public void done(Job job, JobReport report) {
      BusTurn turn = turns.get(job.id().turn());
      if (turn != null) {
        turn.done(job, report);
      }
    }

    @Override
    public void abandoned(Job job, Failure why) {
      BusTurn turn = turns.get(job.id().turn());
      if (turn != null) {
        turn.abandoned(job, why);
      }
    }
  }
}
