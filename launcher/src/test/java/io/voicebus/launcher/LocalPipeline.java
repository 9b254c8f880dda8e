package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Roster;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.Characters;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TurnOptions;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnSlots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All stages in one JVM with engines of the test's choice, and an owner to start turns from. */
final class LocalPipeline implements AutoCloseable {
  static final TurnOptions SENTENCES =
      new TurnOptions("", "", false, Pace.ASAP, TurnOptions.NO_PROCESSING);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> workers = new ArrayList<>();
  private final List<VerticleBase> deployed = new ArrayList<>();
  private final Map<Stage, String> stages = new EnumMap<>(Stage.class);
  private final Owner owner;

  private LocalPipeline(OwnerLimits limits) {
    this.owner = new Owner(limits);
  }

  static final class Setup {
    JsonObject gemini = new JsonObject().put("reader-deltas-per-second", 0);
    // Scripted voices know a turn by the number in its text.
    JsonObject chunker = new JsonObject().put("spell-out", "off");
    JsonObject tts = new JsonObject();
    JsonObject playback = new JsonObject();
    OwnerLimits limits = OwnerLimits.DEFAULTS;
    int workers = 1;
    int sources = 1;

    Setup gemini(String key, Object value) {
      gemini.put(key, value);
      return this;
    }

    Setup tts(String key, Object value) {
      tts.put(key, value);
      return this;
    }

    Setup playback(String key, Object value) {
      playback.put(key, value);
      return this;
    }

    Setup limits(OwnerLimits newLimits) {
      limits = newLimits;
      return this;
    }

    Setup workers(int count) {
      workers = count;
      return this;
    }

    /** So many text sources share the prompts. */
    Setup sources(int count) {
      sources = count;
      return this;
    }

    /** Starts; every worker gets an engine from the supplier. */
    LocalPipeline start(Supplier<SpeechEngine> engines) {
      return start(pipeline -> pipeline.addWorker(engines.get(), tts));
    }

    /** Starts; the settings say which engine the workers have. */
    LocalPipeline start() {
      return start(pipeline -> pipeline.deploy(new TtsVerticle(), tts));
    }

    private LocalPipeline start(Consumer<LocalPipeline> addWorker) {
      LocalPipeline pipeline = new LocalPipeline(limits);
      pipeline.stages.put(Stage.PLAYBACK, pipeline.deploy(new PlaybackVerticle(), playback));
      for (int i = 0; i < workers; i++) {
        addWorker.accept(pipeline);
      }
      pipeline.stages.put(Stage.CHUNKER, pipeline.deploy(new ChunkerVerticle(), chunker));
      for (int i = 0; i < sources; i++) {
        pipeline.stages.put(Stage.TEXT, pipeline.deploy(new GeminiVerticle(), gemini));
      }
      pipeline.deploy(pipeline.owner, new JsonObject());
      return pipeline;
    }
  }

  void addWorker(SpeechEngine engine, JsonObject config) {
    EngineCatalog catalog = EngineCatalog.local().with(engine.name(), (settings, slots) -> engine);
    workers.add(deploy(new TtsVerticle(catalog), config.copy().put("engine", engine.name())));
  }

  /** Undeploys a worker. */
  void stopWorker(int index) {
    await(vertx.undeploy(workers.get(index)));
  }

  /** Undeploys the text source, the chunker or playback. */
  void stop(Stage stage) {
    await(vertx.undeploy(stages.get(stage)));
  }

  private String deploy(VerticleBase verticle, JsonObject config) {
    deployed.add(verticle);
    return await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
  }

  /** Starts a turn that is not listened to yet. */
  HeardTurn start(String prompt, TurnOptions options) {
    CompletableFuture<HeardTurn> started = new CompletableFuture<>();
    owner.run(
        () -> {
          try {
            HeardTurn heard = new HeardTurn(owner::run);
            Turn turn = owner.turns().start(TurnRequest.toCaller(prompt, options), heard);
            heard.of(turn);
            started.complete(heard);
          } catch (RuntimeException e) {
            started.completeExceptionally(e);
          }
        });
    return HeardTurn.get(started);
  }

  /** Starts a turn and listens to it. */
  HeardTurn hear(String prompt, TurnOptions options) {
    HeardTurn heard = start(prompt, options);
    heard.listen();
    return heard;
  }

  /** Drops what the test chooses of all that is sent on the bus. */
  void lose(Predicate<Object> packet) {
    vertx
        .eventBus()
        .addOutboundInterceptor(
            delivery -> {
              if (!packet.test(delivery.body())) {
                delivery.next();
              }
            });
  }

  /** What a conversation remembers. */
  Optional<Conversation> conversation(String name) {
    CompletableFuture<Optional<Conversation>> found = new CompletableFuture<>();
    owner.run(
        () ->
            owner
                .turns()
                .conversations()
                .find(name)
                .onSuccess(found::complete)
                .onFailure(found::completeExceptionally));
    return HeardTurn.get(found);
  }

  /** How many turns are under way. */
  int active() {
    CompletableFuture<Integer> active = new CompletableFuture<>();
    owner.run(() -> active.complete(owner.turns().active()));
    return HeardTurn.get(active);
  }

  /** What the turns that have ended asked engines for. */
  Characters characters() {
    CompletableFuture<Characters> sum = new CompletableFuture<>();
    owner.run(() -> sum.complete(owner.turns().characters()));
    return HeardTurn.get(sum);
  }

  /** Proves that nothing goes on at any stage any more. */
  void assertNothingLeft() {
    owner.leftovers(deployed);
    assertThat(MemoryBudget.of(vertx).charged()).as("bytes that turns hold").isZero();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static final class Owner extends VerticleBase {
    private final OwnerLimits limits;
    private @Nullable VertxBus bus;
    private @Nullable TurnOwner turns;
    private @Nullable Roster roster;

    Owner(OwnerLimits limits) {
      this.limits = limits;
    }

    @Override
    public Future<?> start() {
      return VertxBus.register(vertx, Clock.system(), "test")
          .onSuccess(
              registered -> {
                bus = registered;
                turns =
                    new TurnOwner(
                        registered.inbox(),
                        limits,
                        new TurnSlots(limits.maxTurns(), MemoryBudget.of(vertx)));
                roster = new Roster(registered.inbox());
              });
    }

    TurnOwner turns() {
      if (turns == null) {
        throw new IllegalStateException("not started");
      }
      return turns;
    }

    void leftovers(List<VerticleBase> stages) {
      if (bus == null || roster == null) {
        throw new IllegalStateException("not started");
      }
      Leftovers.none(stages, roster, bus, stages.size());
    }

    void run(Runnable task) {
      if (bus == null) {
        throw new IllegalStateException("not started");
      }
      bus.execute(task);
    }
  }
}
