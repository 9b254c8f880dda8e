package io.voicebus.mcp;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates the use of the sound card among all processes of one user: each agent may have
 * started a process of its own. A process that ends, however it does, gives it back. Bound to a
 * context.
 */
final class SpeakerLock {
  /** Between two looks whether it is free. */
  private static final long LOOK_MS = 50;

  private final Vertx vertx;
  private final Path file;
  private @Nullable FileChannel channel;
  private long timer = -1;
  private boolean released;

  SpeakerLock(Vertx vertx, Path file) {
    this.vertx = vertx;
    this.file = file;
  }

  /** The file of this user. */
  static Path ofUser() {
    String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "voicebus-speaker-" + user + ".lock");
  }

  /** Takes it as soon as it is free; where there can be no such file, at once. */
  void acquire(Runnable taken) {
    if (released) {
      return;
    }
    try {
      FileChannel open = channel;
      if (open == null) {
        open =
            FileChannel.open(
                file,
                Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS));
        channel = open;
      }
      if (isTaken(open)) {
        timer = vertx.setTimer(LOOK_MS, ignored -> acquire(taken));
        return;
      }
    } catch (IOException noFile) {
      // Then nobody can be waited for.
    }
    taken.run();
  }

  /** Takes it unless somebody has it. */
  private static boolean isTaken(FileChannel open) throws IOException {
    try {
      // The channel's end gives it back.
      FileLock mine = open.tryLock();
      return mine == null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return true;
    }
  }

  /** Gives it back, or waits no more. */
  void release() {
    released = true;
    vertx.cancelTimer(timer);
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is given back all the same.
      }
    }
  }
}
