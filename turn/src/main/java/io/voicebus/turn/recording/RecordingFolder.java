package io.voicebus.turn.recording;

import io.voicebus.contract.FileTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of recordings, which several processes may share: readable by its owner alone. Beyond
 * the bound the oldest recordings go. Blocks. NOT thread safe.
 */
final class RecordingFolder {
  static final String SUFFIX = ".jsonl";

  /** Nothing else is ever deleted. */
  private static final Pattern NAME =
      Pattern.compile("\\d{8}T\\d{6}Z-[A-Za-z0-9_-]{1,100}\\" + SUFFIX);

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path folder;
  private final long mostBytes;
  private final Set<Path> open = new HashSet<>();

  /** Of all recordings, as far as is known; others may have written since. */
  private long bytes;

  private record Entry(Path file, long bytes, long writtenAt) {}

  /**
   * A folder, which is made if it is not there.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  RecordingFolder(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    try {
      Files.createDirectories(folder, owners("rwx------"));
      if (!Files.isWritable(folder)) {
        throw new IOException("it is not writable");
      }
      bytes = entries().stream().mapToLong(Entry::bytes).sum();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "launcher setting 'record-directory' is '"
              + folder
              + "', which cannot be used: "
              + FileTrouble.inWords(folder, e),
          e);
    }
  }

  private static FileAttribute<?>[] owners(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** A new file for one recording: {@link #close} must follow. */
  Path create(String name) throws IOException {
    Path file = folder.resolve(name + SUFFIX);
    if (!Files.isDirectory(folder)) { // somebody may have emptied a disk
      Files.createDirectories(folder, owners("rwx------"));
    }
    Files.createFile(file, owners("rw-------"));
    open.add(file);
    return file;
  }

  /** Writes to the end of a file. */
  static OutputStream append(Path file) throws IOException {
    return Channels.newOutputStream(
        Files.newByteChannel(file, EnumSet.of(StandardOpenOption.APPEND)));
  }

  void close(Path file) {
    open.remove(file);
  }

  /**
   * Makes room, if need be, by deleting the oldest.
   *
   * @param more bytes that are written next
   * @return whether there is room
   */
  boolean room(int more) throws IOException {
    bytes += more;
    return bytes <= mostBytes || shrink(more) <= mostBytes;
  }

  private long shrink(int more) throws IOException {
    List<Entry> entries = entries();
    bytes = more + entries.stream().mapToLong(Entry::bytes).sum();
    for (Entry entry : entries) {
      if (bytes <= mostBytes) {
        break;
      }
      if (!open.contains(entry.file())) {
        Files.deleteIfExists(entry.file());
        bytes -= entry.bytes();
      }
    }
    return bytes;
  }

  /** The oldest first. */
  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(RecordingFolder::isOurs).toList()) {
        try {
          entries.add(
              new Entry(file, Files.size(file), Files.getLastModifiedTime(file).toMillis()));
        } catch (NoSuchFileException e) {
          // Another process was faster.
        }
      }
    }
    entries.sort(Comparator.comparingLong(Entry::writtenAt).thenComparing(Entry::file));
    return entries;
  }

  private static boolean isOurs(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }
}
