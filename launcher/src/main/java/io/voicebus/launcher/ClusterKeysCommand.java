package io.voicebus.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code voicebus cluster-keys}: what a cluster beyond one machine needs. */
final class ClusterKeysCommand extends Command {
  private final Path directory;

  private final Argument<String> root = parameter(0, "DIR", "Where the folders are made.");

  private final Argument<List<String>> nodes =
      parameters(
          PositionalParamSpec.builder()
              .index("1..*")
              .arity("0..1")
              .paramLabel("NODE")
              .defaultValue("node")
              .description("Names of nodes (${DEFAULT-VALUE}); all may share one folder."));

  private final Argument<Integer> days =
      integer(
          option("--days")
              .paramLabel("<days>")
              .description("How long the certificates are valid (${DEFAULT-VALUE})."),
          825);

  ClusterKeysCommand(Path directory) {
    super(
        "cluster-keys", "Make keys for a cluster: an authority, once, and a folder for each node.");
    this.directory = directory;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = err();
    if (days.value() < 1 || days.value() > 36_500) {
      throw new IllegalArgumentException("--days must be a whole number from 1 to 36500");
    }
    ClusterKeys keys = new ClusterKeys(directory.resolve(root.value()), days.value());
    keys.makeAuthority();
    for (String node : nodes.value()) {
      Path folder = keys.makeNode(node);
      out.println("made " + folder + ", valid for " + days.value() + " days");
    }
    out.println("Give each node its own folder only: serve --cluster --cluster-keys FOLDER …");
    out.println(
        "Keep " + directory.resolve(root.value()).resolve("authority") + " away from all nodes.");
    out.flush();
    return 0;
  }
}
