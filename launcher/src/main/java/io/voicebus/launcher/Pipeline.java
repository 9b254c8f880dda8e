package io.voicebus.launcher;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.Settings;
import io.voicebus.contract.SharedConfig;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.http.Figures;
import io.voicebus.http.HttpVerticle;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.wyoming.WyomingConfig;
import io.voicebus.wyoming.WyomingVerticle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deploys roles in one JVM, and undeploys them in the order in which they need one another. */
final class Pipeline {
  /**
   * Vert.x gives each instance the next event loop. So, with HTTP at last, those that audio passes
   * through share one where there are two, and a frame wakes no thread on its way.
   */
  static final List<Role> STAGES = List.of(Role.PLAYBACK, Role.GEMINI, Role.TTS, Role.CHUNKER);

  /**
   * How many instances of each role are deployed.
   *
   * @param workers of speech
   * @param each of every other role but HTTP
   */
  record Instances(int workers, int each) {
    /** Reads the launcher's settings. */
    static Instances of(Settings settings) {
      int each = settings.get(LauncherConfig.INSTANCES);
      return new Instances(settings.find(LauncherConfig.TTS_INSTANCES).orElse(each), each);
    }
  }

  private static final Meter ROLES =
      Meter.level("voicebus.role.instances", "Instances that run in this process.", "role");

  private final Vertx vertx;
  private final Configuration configuration;
  private boolean oneText;
  private boolean speaks;
  private Figures figures = Figures.NONE;
  private @Nullable String wyoming;
  private final Map<Role, String> deployments = new EnumMap<>(Role.class);

  Pipeline(Vertx vertx, Configuration configuration) {
    this.vertx = vertx;
    this.configuration = configuration;
  }

  /** Prepares for a single text: parts that only later texts need are not loaded. */
  Pipeline forOneText() {
    oneText = true;
    return this;
  }

  /** Sets the source of the figures that the HTTP server reports. */
  Pipeline withFigures(Figures known) {
    figures = known;
    return this;
  }

  /** Text source, chunker, speech and playback: all that a turn needs but an owner. */
  Future<Void> deployStages() {
    return deployStages(EnumSet.complementOf(EnumSet.of(Role.HTTP)));
  }

  /** Some of them. */
  Future<Void> deployStages(Set<Role> roles) {
    Instances instances = Instances.of(configuration.launcher());
    speaks = roles.contains(Role.TTS);
    return Future.join(
            STAGES.stream()
                .filter(roles::contains)
                .map(
                    role -> deploy(role, role == Role.TTS ? instances.workers() : instances.each()))
                .toList())
        .mapEmpty();
  }

  /** The HTTP server, beside all that it needs. */
  Future<HttpVerticle> deployHttp() {
    return deployHttp(EnumSet.noneOf(Role.class), Future.succeededFuture());
  }

  /**
   * The HTTP server, with one instance for each event loop unless it is set; one of them.
   *
   * @param wanted roles that may be on other nodes, without which it is not ready
   * @param stages those of this node, after which it listens
   */
  Future<HttpVerticle> deployHttp(Set<Role> wanted, Future<Void> stages) {
    int instances = httpInstances();
    String language = onlyLanguage();
    Set<String> words = wanted.stream().map(Role::word).collect(Collectors.toSet());
    List<HttpVerticle> made = new CopyOnWriteArrayList<>();
    return vertx
        .deployVerticle(
            () -> {
              HttpVerticle http =
                  new HttpVerticle()
                      .readyWithRoles(words)
                      .withFigures(figures)
                      .speakingOnly(language)
                      .listeningAfter(stages);
              made.add(http);
              return http;
            },
            new DeploymentOptions().setConfig(configuration.of("http")).setInstances(instances))
        .onSuccess(id -> deployed(Role.HTTP, id, instances))
        .map(id -> made.get(0));
  }

  /** Of a voice on another node nothing is known. */
  private String onlyLanguage() {
    return speaks ? OnlyVoice.language(configuration, vertx) : "";
  }

  /** The port for the Wyoming protocol, where one is set. */
  Future<Void> deployWyoming() {
    if (configuration.value(WyomingConfig.PORT).isEmpty()) {
      return Future.succeededFuture();
    }
    JsonObject config = config(AllSettings.WYOMING);
    return vertx
        .deployVerticle(
            new WyomingVerticle().speakingOnly(onlyLanguage()),
            new DeploymentOptions().setConfig(config))
        .onSuccess(id -> wyoming = id)
        .mapEmpty();
  }

  private int httpInstances() {
    return configuration
        .launcher()
        .find(LauncherConfig.HTTP_INSTANCES)
        .orElseGet(EventLoops::count);
  }

  /**
   * Stops in order: no new turns are accepted and those under way finish, or those of other nodes
   * that pass through here; then the workers finish what they have taken, or hand it back.
   */
  Future<Void> stop() {
    String ofWyoming = wyoming;
    wyoming = null;
    Future<Void> quiet = ofWyoming == null ? Future.succeededFuture() : vertx.undeploy(ofWyoming);
    return Future.join(quiet, undeploy(EnumSet.of(Role.HTTP)))
        .<Void>mapEmpty()
        .eventually(() -> undeploy(EnumSet.complementOf(EnumSet.of(Role.HTTP, Role.TTS))))
        .eventually(() -> undeploy(EnumSet.of(Role.TTS)));
  }

  private Future<Void> undeploy(Set<Role> roles) {
    List<Future<Void>> undeployed = new ArrayList<>();
    for (Role role : roles) {
      String id = deployments.remove(role);
      if (id != null) {
        // From now on it takes nothing more.
        Meters.of(vertx).of(ROLES, role.word()).reset();
        undeployed.add(vertx.undeploy(id));
      }
    }
    return Future.join(undeployed).mapEmpty();
  }

  private Future<String> deploy(Role role, int instances) {
    JsonObject config = config(role.word());
    DeploymentOptions options = new DeploymentOptions().setConfig(config).setInstances(instances);
    return vertx
        .deployVerticle(verticle(role), options)
        .onSuccess(id -> deployed(role, id, instances));
  }

  private void deployed(Role role, String id, int instances) {
    deployments.put(role, id);
    Meters.of(vertx).of(ROLES, role.word()).add(instances);
  }

  /**
   * The {@code config()} of a role. In a pipeline turns may finish when it stops; where there is
   * one text only, it has been spoken by then, and a stage must not wait for a link that nobody
   * uses.
   */
  JsonObject config(String role) {
    long drainMs = oneText ? 0 : configuration.settings(role).get(SharedConfig.DRAIN).toMillis();
    return configuration.of(role).put(SharedConfig.DRAIN.key(), drainMs);
  }

  private Supplier<VerticleBase> verticle(Role role) {
    return switch (role) {
      case HTTP -> HttpVerticle::new;
      case GEMINI -> GeminiVerticle::new;
      case CHUNKER -> () -> oneText ? new ChunkerVerticle().forOneText() : new ChunkerVerticle();
      case TTS -> () -> oneText ? new TtsVerticle().forOneText() : new TtsVerticle();
      case PLAYBACK -> PlaybackVerticle::new;
    };
  }
}
