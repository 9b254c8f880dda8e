package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of a user's own cluster on one machine, which are made when the first node needs them:
 * other users of the machine reach the ports of the loopback interface, too.
 */
final class OwnClusterKeys {
  /** The keys never leave the machine, so they need no renewal: a hundred years. */
  private static final int DAYS = 36_500;

  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private OwnClusterKeys() {}

  /** Where they are: what a program keeps for a user, as freedesktop.org has it. */
  static Path folder(Map<String, String> environment) {
    return folder(environment, System.getProperty("user.home", ""));
  }

  /**
   * The same.
   *
   * @param home the user's folder, as Java has it from the system: {@code ?} of a user whom the
   *     system does not know, as a container's often is
   */
  static Path folder(Map<String, String> environment, String home) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (!state.isEmpty()) {
      return keys(Path.of(state));
    }
    return Stream.of(home, environment.getOrDefault("HOME", ""))
        .filter(each -> !each.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .findFirst()
        .map(each -> keys(each.resolve(".local").resolve("state")))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this user has no home, where the keys of its own cluster would be: let"
                        + " XDG_STATE_HOME or HOME name a folder, give the node keys of your own"
                        + " with --cluster-keys, or let anybody on this machine in with"
                        + " --insecure-cluster"));
  }

  private static Path keys(Path state) {
    return state.resolve("voicebus").resolve("cluster-keys").toAbsolutePath();
  }

  /**
   * The keys in this folder, made unless they are there. Processes that want them at the same time
   * wait for each other.
   *
   * @throws IllegalArgumentException if there can be none, or others could have read them
   */
  static NodeKeys in(Path folder) throws InterruptedException {
    try {
      Path parent = Objects.requireNonNull(folder.getParent());
      Files.createDirectories(parent);
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolveSibling("cluster-keys.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        if (held.isValid() && !Files.exists(folder.resolve(NodeKeys.KEY_STORE))) {
          make(folder, parent);
        }
      }
      requireOwn(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the keys of this user's own cluster cannot be made in "
              + folder
              + " ("
              + FileTrouble.inWords(folder, e)
              + "): let XDG_STATE_HOME name another folder, give the node keys of your own with"
              + " --cluster-keys, or let anybody on this machine in with --insecure-cluster",
          e);
    }
    return NodeKeys.in(folder);
  }

  /** All of them or none: a process may be killed at any moment. */
  private static void make(Path folder, Path parent) throws IOException, InterruptedException {
    Path made = Files.createTempDirectory(parent, "cluster-keys-");
    new ClusterKeys(made, DAYS).makeOwn("own");
    Files.move(made.resolve("own"), folder, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(made);
  }

  private static void requireOwn(Path folder) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null && !OWNER.containsAll(view.readAttributes().permissions())) {
      throw new IllegalArgumentException(
          folder
              + " can be read by others, who so may have its keys: remove it, and new ones are"
              + " made");
    }
  }
}
