package io.voicebus.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code voicebus cluster-keys}: what a cluster beyond one machine needs. */
@Command(
    name = "cluster-keys",
    mixinStandardHelpOptions = true,
    description =
        "Make keys for the nodes of a cluster: an authority, once, and a folder for each node.")
final class ClusterKeysCommand implements Callable<Integer> {
  private final Path directory;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where the folders are made.")
  private String root;

  @Parameters(
      index = "1..*",
      paramLabel = "NODE",
      defaultValue = "node",
      description = "Names of nodes (${DEFAULT-VALUE}); all may share one folder.")
  private List<String> nodes;

  @Option(
      names = "--days",
      defaultValue = "825",
      description = "How long the certificates are valid (${DEFAULT-VALUE}).")
  private int days;

  @Spec private CommandSpec spec;

  ClusterKeysCommand(Path directory) {
    this.directory = directory;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getErr();
    if (days < 1 || days > 36_500) {
      throw new IllegalArgumentException("--days must be a whole number from 1 to 36500");
    }
    ClusterKeys keys = new ClusterKeys(directory.resolve(root), days);
    keys.makeAuthority();
    for (String node : nodes) {
      Path folder = keys.makeNode(node);
      out.println("made " + folder + ", valid for " + days + " days");
    }
    out.println("Give each node its own folder only: serve --cluster --cluster-keys FOLDER …");
    out.println("Keep " + directory.resolve(root).resolve("authority") + " away from all nodes.");
    out.flush();
    return 0;
  }
}
