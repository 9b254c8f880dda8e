package io.voicebus.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys of a cluster on this machine alone: made once for each user, so that nobody else who has
 * an account here is a member. All of the user's nodes share them.
 */
final class OwnClusterKeys {
  /** Ten years: who has the folder has the user's other files, too, and renewing is no protection. */
  private static final int DAYS = 3650;

  private static final String NODE = "node";

  private final Path root;

  /** Keys in this folder, which need not be there. */
  OwnClusterKeys(Path root) {
    this.root = root;
  }

  /** Those of the user whose environment this is (XDG Base Directory Specification: state). */
  static OwnClusterKeys of(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path home = Path.of(System.getProperty("user.home"));
    Path base = state.startsWith("/") ? Path.of(state) : home.resolve(".local").resolve("state");
    return new OwnClusterKeys(base.resolve("voicebus").resolve("cluster"));
  }

  /**
   * The folder of this machine's nodes; makes it if nobody has. Takes some seconds then, during
   * which others who want it wait.
   *
   * @throws IllegalArgumentException when it cannot be made, with what to do about it
   */
  Path node() {
    Path node = root.resolve(NODE);
    try {
      if (!Files.exists(node)) {
        Files.createDirectories(root);
        ClusterKeys.onlyForOwner(root, "rwx------");
        make(node);
      }
      return node;
    } catch (IOException e) {
      throw unable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unable(e);
    }
  }

  private void make(Path node) throws IOException, InterruptedException {
    Path lock = root.resolve("lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid() || Files.exists(node)) {
        return;
      }
      Path draft = root.resolve("draft");
      remove(draft);
      ClusterKeys keys = new ClusterKeys(draft, DAYS);
      keys.makeAuthority();
      // It is there whole or not at all; the authority has signed all that it is to sign.
      Files.move(keys.makeNode(NODE), node, StandardCopyOption.ATOMIC_MOVE);
      remove(draft);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private IllegalArgumentException unable(Exception why) {
    return new IllegalArgumentException(
        "cannot make the keys of this machine's cluster in "
            + root
            + ": "
            + why
            + ". Name another place with XDG_STATE_HOME, give keys with --cluster-keys, or let"
            + " everybody on this machine in with --insecure-cluster",
        why);
  }
}
