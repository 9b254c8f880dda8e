package io.voicebus.turn;

import io.voicebus.contract.FileTrouble;
import io.voicebus.contract.OpenFileLimit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A folder for a {@link Spool}. Its files are readable by their owner alone, and have no name:
 * where the system can, they are unlinked as soon as they are open, so that nothing is left of a
 * process that is killed; else the system deletes them when it closes them.
 *
 * @param path made, for its owner alone, if it does not exist
 */
record SpoolFolder(Path path) implements SpoolDisk {
  /** What is left to others on the same disk. */
  private static final long LEAST_FREE_BYTES = 64L << 20;

  /** Of the files that the process may have open: the others are its connections, above all. */
  private static final int SHARE = 4;

  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  @Override
  public FileChannel open() throws IOException {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path, mode("rwx------"));
      }
      Path file = path.resolve("voicebus-" + UUID.randomUUID() + ".pcm");
      return FileChannel.open(file, OPTIONS, mode("rw-------"));
    } catch (IOException why) {
      // Clients are told, too: not where it is.
      throw new IOException(
          "no file can be made in spool-directory: " + FileTrouble.inWords(path, why), why);
    }
  }

  @Override
  public int mostFiles() {
    return OpenFileLimit.share(SHARE);
  }

  private static FileAttribute<?>[] mode(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void require(long bytes) throws IOException {
    // Not Files.getFileStore: it reads the table of all mounts, 0.2 ms for each write.
    long free = path.toFile().getUsableSpace();
    // Of a folder that somebody has removed nothing is known: its files are open, and stay.
    if (free - bytes < LEAST_FREE_BYTES && Files.isDirectory(path)) {
      throw new IOException("only " + (free >> 20) + " MiB are free in spool-directory");
    }
  }
}
