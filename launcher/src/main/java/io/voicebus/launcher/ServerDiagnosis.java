package io.voicebus.launcher;

import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.ListenTrouble;
import io.voicebus.contract.Settings;
import io.voicebus.http.HttpVerticle;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.wyoming.WyomingConfig;
import io.voicebus.wyoming.WyomingVerticle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what {@code serve} needs of this machine: ports, folders, files, keys. */
final class ServerDiagnosis {
  private static final String SPOOL = "spool-directory";

  /** Settings that name a folder which is written to. */
  private static final List<String> FOLDERS = List.of(SPOOL, "cache-directory", "record-directory");

  private static final String FILES = "files";

  private final Configuration configuration;
  private final SettingSources sources;
  private final List<Finding> findings = new ArrayList<>();

  ServerDiagnosis(Configuration configuration, SettingSources sources) {
    this.configuration = configuration;
    this.sources = sources;
  }

  List<Finding> findings() {
    ports();
    files();
    cluster();
    return List.copyOf(findings);
  }

  private void ports() {
    Settings http = configuration.settings(Role.HTTP.word());
    try {
      HttpVerticle.check(configuration.of(Role.HTTP.word()));
      WyomingVerticle.check(configuration.of(AllSettings.WYOMING));
      listen("server", http.get(DoorConfig.HOST), http.get(DoorConfig.PORT), "--port");
    } catch (IllegalArgumentException e) {
      findings.add(broken("server", e));
    }
    Settings launcher = configuration.launcher();
    String metrics = launcher.get(LauncherConfig.METRICS_HOST);
    launcher
        .find(LauncherConfig.METRICS_PORT)
        .ifPresent(port -> listen("metrics", metrics, port, "--metrics-port"));
    Settings wyoming = configuration.settings(AllSettings.WYOMING);
    String assistant = wyoming.get(WyomingConfig.HOST);
    wyoming
        .find(WyomingConfig.PORT)
        .ifPresent(port -> listen("wyoming", assistant, port, "--wyoming-port"));
  }

  private void listen(String what, String host, int port, String flag) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      findings.add(Finding.works(what, "'voicebus serve' can listen at " + host + ":" + port));
    } catch (IOException e) {
      findings.add(
          Finding.missing(
              what,
              "'voicebus serve' cannot listen at "
                  + host
                  + ":"
                  + port
                  + " ("
                  + ListenTrouble.inWords(e)
                  + "): if it does not run there already, choose another port with "
                  + flag));
    }
  }

  private void files() {
    try {
      ChunkerVerticle.check(configuration.of(Role.CHUNKER.word()));
    } catch (IllegalArgumentException e) {
      findings.add(broken(FILES, e));
    }
    for (String key : FOLDERS) {
      AllSettings.named(key)
          .flatMap(configuration::value)
          .ifPresent(value -> folder(key, sources.directory().resolve(value)));
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String why = trouble(temporary);
    if (why != null && AllSettings.named(SPOOL).flatMap(configuration::value).isEmpty()) {
      findings.add(
          Finding.missing(
              FILES,
              why
                  + ": of long turns only the latest audio could be kept; let "
                  + SPOOL
                  + " name a folder"));
    }
  }

  private void folder(String key, Path folder) {
    String why = trouble(folder);
    findings.add(
        why == null
            ? Finding.works(FILES, key + ": " + folder)
            : Finding.broken(FILES, key + ": " + why, ExitCodes.USAGE));
  }

  /** Why a folder cannot be written, or made; null if it can. */
  private static @Nullable String trouble(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      return there + " is no folder";
    }
    return Files.isWritable(there) ? null : there + " may not be written by this user";
  }

  private void cluster() {
    Settings settings = configuration.launcher();
    if (!settings.get(LauncherConfig.CLUSTER)) {
      return;
    }
    try {
      ClusterSettings cluster =
          ClusterSettings.of(
              settings, sources.directory(), () -> OwnClusterKeys.folder(sources.environment()));
      if (!cluster.ownKeys()) {
        cluster.keys().ifPresent(NodeKeys::in);
      }
      findings.add(
          Finding.works(
              "cluster",
              "a node at "
                  + cluster.address().getHostAddress()
                  + cluster.keys().map(keys -> ", keys in " + keys).orElse(", without keys")));
    } catch (IllegalArgumentException e) {
      findings.add(broken("cluster", e));
    }
  }

  private static Finding broken(String what, IllegalArgumentException problem) {
    return Finding.broken(what, Problems.explain(problem), Problems.exitCode(problem));
  }
}
