package io.voicebus.launcher;

import io.vertx.core.Future;
import io.voicebus.bus.Meters;
import io.voicebus.bus.NodeName;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import io.voicebus.contract.SharedConfig;
import io.voicebus.http.HttpVerticle;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.turn.TurnOwner;
import io.voicebus.wyoming.WyomingVerticle;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code voicebus serve}: all roles in this JVM, or some in a cluster, until told to stop. */
final class ServeCommand extends Command implements TakesSettings {
  private final SettingSources sources;

  ServeCommand(SettingSources sources) {
    super("serve", "Serve prompts over HTTP, with all roles in this JVM or spread over a cluster.");
    this.sources = sources;
  }

  @Override
  public List<Setting<?>> prominent() {
    return Stream.concat(
            Stream.of(DoorConfig.HOST, DoorConfig.PORT, DoorConfig.ACCESS_TOKEN_FILE),
            LauncherConfig.ALL.stream())
        .toList();
  }

  /** How long running turns may take to end: those of this server, then those that pass through. */
  static Duration drain(Configuration configuration) {
    return configuration.settings(Role.HTTP.word()).get(SharedConfig.DRAIN).multipliedBy(2);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = err();
    Configuration configuration = sources.load();
    configuration.notes().forEach(note -> err.println("voicebus: " + TerminalText.of(note)));
    Settings settings = configuration.launcher();
    boolean clustered = settings.get(LauncherConfig.CLUSTER);
    List<String> list = settings.get(LauncherConfig.ROLES);
    Set<Role> own = list.isEmpty() ? EnumSet.allOf(Role.class) : Role.of(list);
    if (!clustered && own.size() < Role.values().length) {
      throw new IllegalArgumentException(
          "some roles only make sense in a cluster: add --cluster, or leave --roles out");
    }
    if (own.contains(Role.HTTP)) {
      // Before the cluster sees this node, and before voices are loaded.
      HttpVerticle.check(configuration.of(Role.HTTP.word()));
      WyomingVerticle.check(configuration.of(AllSettings.WYOMING));
    }
    Duration drain = drain(configuration);
    Operations.Wanted operations = Operations.Wanted.of(settings).logging();
    String name = settings.find(LauncherConfig.NODE).orElseGet(NodeName::byProcess);
    Node member =
        clustered
            ? ClusterNode.join(
                ClusterSettings.of(
                    settings,
                    sources.directory(),
                    () -> OwnClusterKeys.folder(sources.environment())),
                name,
                own)
            : Node.alone();
    NodeName.set(member.vertx(), name);
    CountDownLatch stopped = new CountDownLatch(1);
    Operations watched = new Operations(member.vertx(), operations, name);
    Pipeline pipeline = new Pipeline(member.vertx(), configuration).withFigures(watched::tell);
    try {
      Recordings recordings =
          Recordings.install(member.vertx(), configuration, sources.directory());
      Future<Void> stages = pipeline.deployStages(own);
      HttpVerticle http = null;
      if (own.contains(Role.HTTP)) {
        Set<Role> wanted = clustered ? EnumSet.allOf(Role.class) : EnumSet.noneOf(Role.class);
        http = Waiting.on(pipeline.deployHttp(wanted, stages));
        Waiting.on(pipeline.deployWyoming());
      }
      Waiting.on(stages);
      Waiting.on(watched.serve());
      Runnable log = Logging.stoppedByHand();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    err.println(
                        "Voicebus lets running turns finish, then stops; Ctrl-C again ends it at"
                            + " once.");
                    err.flush();
                    watched.stopping();
                    Waiting.quietly(pipeline.stop(), drain);
                    watched.close();
                    member.close();
                    recordings.close();
                    log.run();
                    stopped.countDown();
                  },
                  "voicebus-stop"));
      Signals.endAtOnceAtTheSecond();
      // From here on turns come in, and are not broken off.
      announce(new Banner(err, configuration), member, http, name, own, clustered);
      Logging.ready();
      if (settings.get(LauncherConfig.WARM_UP)) {
        new WarmUp(configuration, () -> TurnOwner.active(Meters.of(member.vertx())) > 0)
            .start(member.vertx());
      }
      stopped.await();
      return 0;
    } catch (Exception e) {
      member.close();
      throw e;
    }
  }

  /** Says that this process is ready, which with HTTP it is when the server listens. */
  private static void announce(
      Banner banner,
      Node member,
      @Nullable HttpVerticle http,
      String name,
      Set<Role> own,
      boolean clustered) {
    if (clustered) {
      banner.node(name, own);
    }
    if (http != null) {
      banner.server(http.host(), http.actualPort());
    }
    banner.stages(member.vertx(), own);
    if (http != null) {
      banner.hints(http.host(), http.actualPort());
    }
    banner.end();
  }
}
