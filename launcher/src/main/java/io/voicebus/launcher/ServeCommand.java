package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.NodeName;
import io.voicebus.contract.Settings;
import io.voicebus.http.HttpVerticle;
import io.voicebus.wyoming.WyomingVerticle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code voicebus serve}: all roles in this JVM, or some in a cluster, until told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve prompts over HTTP, with all roles in this JVM or spread over a cluster.")
final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Path directory;

  @Option(names = "--host", defaultValue = "", description = "Address to listen on (127.0.0.1).")
  private String host;

  @Option(names = "--port", defaultValue = "", description = "Port to listen on (8080).")
  private String port;

  @Option(
      names = "--tts-instances",
      defaultValue = "",
      description = "How many TTS instances to run (1).")
  private String ttsInstances;

  @Option(names = "--cluster", description = "Join the cluster, or begin it.")
  private boolean cluster;

  @Option(
      names = "--roles",
      defaultValue = "",
      description = "What this node of the cluster runs: http,gemini,chunker,tts,playback (all).")
  private String roles;

  @Option(
      names = "--instances",
      defaultValue = "",
      description = "Instances of each of these roles, but http (1).")
  private String instances;

  @Option(names = "--node", defaultValue = "", description = "What this node is called.")
  private String node;

  @Option(
      names = "--peers",
      defaultValue = "",
      description = "Where other nodes are: host:port,... or dns:name (on this machine).")
  private String peers;

  @Option(
      names = "--cluster-host",
      defaultValue = "",
      description = "Address by which the other nodes reach this one (127.0.0.1).")
  private String clusterHost;

  @Option(
      names = "--cluster-port",
      defaultValue = "",
      description = "Port for the cluster's own traffic, or the first free one after it (7800).")
  private String clusterPort;

  @Option(
      names = "--cluster-keys",
      defaultValue = "",
      description =
          "Folder of this node's keys, as 'cluster-keys' makes it (on loopback the user's own).")
  private String clusterKeys;

  @Option(
      names = "--insecure-cluster",
      description = "Let anybody in who reaches this node: a cluster without keys.")
  private boolean insecureCluster;

  @Option(
      names = "--insecure-http",
      description = "Let anybody use it who reaches it: a server beyond loopback without a token.")
  private boolean insecureHttp;

  @Spec private CommandSpec spec;

  ServeCommand(Map<String, String> environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  private Configuration configuration() {
    return Configuration.load(environment, directory)
        .with("host", host)
        .with("port", port)
        .with("tts-instances", ttsInstances)
        .with("cluster", cluster ? "true" : "")
        .with("roles", roles)
        .with("instances", instances)
        .with("node", node)
        .with("peers", peers)
        .with("cluster-host", clusterHost)
        .with("cluster-port", clusterPort)
        .with("cluster-keys", clusterKeys)
        .with("insecure-cluster", insecureCluster ? "true" : "")
        .with("insecure-http", insecureHttp ? "true" : "");
  }

  /** How long running turns may take to end: those of this server, then those that pass through. */
  static Duration drain(Configuration configuration) {
    JsonObject own = new JsonObject();
    configuration.value("drain-ms").ifPresent(value -> own.put("drain-ms", value));
    return new Settings(Setting.LAUNCHER, own)
        .millis("drain-ms", Duration.ofSeconds(10), 0, 3_600_000)
        .multipliedBy(2);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Configuration configuration = configuration();
    Settings settings = new Settings(Setting.LAUNCHER, configuration.of(Setting.LAUNCHER));
    boolean clustered = settings.flag("cluster", false);
    String list = settings.text("roles", "");
    Set<Role> own = list.isEmpty() ? EnumSet.allOf(Role.class) : Role.parse(list);
    if (!clustered && own.size() < Role.values().length) {
      throw new IllegalArgumentException(
          "some roles only make sense in a cluster: add --cluster, or leave --roles out");
    }
    Pipeline.Instances.of(settings);
    if (own.contains(Role.HTTP)) {
      // Before the cluster sees this node, and before voices are loaded.
      HttpVerticle.check(configuration.of("http"));
      WyomingVerticle.check(configuration.of("wyoming"));
    }
    Duration drain = drain(configuration);
    String name = settings.text("node", NodeName.byProcess());
    Node member =
        clustered
            ? ClusterNode.join(
                ClusterSettings.of(settings, directory, OwnClusterKeys.folder(environment)),
                name,
                own)
            : Node.alone();
    NodeName.set(member.vertx(), name);
    CountDownLatch stopped = new CountDownLatch(1);
    Pipeline pipeline = new Pipeline(member.vertx(), configuration);
    try {
      Waiting.on(pipeline.deployStages(own));
      HttpVerticle http = null;
      if (own.contains(Role.HTTP)) {
        Set<Role> wanted = clustered ? EnumSet.allOf(Role.class) : EnumSet.noneOf(Role.class);
        http = Waiting.on(pipeline.deployHttp(wanted));
        Waiting.on(pipeline.deployWyoming());
      }
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    err.println(
                        "Voicebus lets running turns finish, then stops; Ctrl-C again ends it at"
                            + " once.");
                    err.flush();
                    Waiting.quietly(pipeline.stop(), drain);
                    member.close();
                    stopped.countDown();
                  },
                  "voicebus-stop"));
      Signals.endAtOnceAtTheSecond();
      // From here on turns come in, and are not broken off.
      announce(new Banner(err, configuration), member, http, name, own, clustered);
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
