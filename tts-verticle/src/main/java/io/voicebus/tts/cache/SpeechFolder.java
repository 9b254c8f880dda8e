package io.voicebus.tts.cache;

import io.voicebus.contract.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speeches as files, which several JVMs may share: each is written under another name first, and is
 * there at once and whole. Beyond the bound the oldest go. Blocks. NOT thread-safe.
 */
final class SpeechFolder {
  private static final String SUFFIX = ".speech";
  private static final String UNFINISHED = ".tmp";

  /** Its own files, by their names: a folder may have others, which are not touched. */
  private static final Pattern SPEECHES = Pattern.compile("[0-9a-f]{64}\\" + SUFFIX);

  private static final Pattern UNFINISHED_ONES =
      Pattern.compile("[0-9a-f]{64}[0-9]+\\" + UNFINISHED);

  /** No chunk's speech is so long. */
  private static final long LARGEST_BYTES = 64L << 20;

  /** A file that is unfinished after so long is not being written. */
  private static final Duration LONGEST_WRITE = Duration.ofHours(1);

  /** The folder's size is checked whenever this part of its bound was written. */
  private static final int CHECKS = 16;

  private static final String READ = "read";
  private static final String WRITTEN = "written";

  private static final Logger LOG = LoggerFactory.getLogger(SpeechFolder.class);

  private final Path folder;
  private final long mostBytes;
  private long unchecked;

  /** What cannot be done now, each of which is logged once. */
  private final Set<String> failing = new HashSet<>();

  private record Entry(Path file, long bytes, long writtenAt) {}

  /**
   * A folder, which is made if it is not there.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  SpeechFolder(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.unchecked = mostBytes;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(FileTrouble.inWords(folder, e), e);
    }
    if (!Files.isWritable(folder)) {
      throw unusable("it may not be written by this user", null);
    }
  }

  private IllegalArgumentException unusable(String why, @Nullable IOException cause) {
    return new IllegalArgumentException(
        "tts setting 'cache-directory' is '" + folder + "', which cannot be written: " + why,
        cause);
  }

  Optional<SavedSpeech> find(String key) {
    Path file = folder.resolve(key + SUFFIX);
    byte[] bytes;
    try {
      BasicFileAttributes what = Files.readAttributes(file, BasicFileAttributes.class);
      if (!what.isRegularFile() || what.size() > LARGEST_BYTES) {
        // To read a pipe would take for ever, and a huge file all memory.
        throw new FileSystemException(file.toString(), null, "a file in it is of something else");
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      tell(READ, e);
      return Optional.empty();
    }
    works(READ);
    try {
      return Optional.of(SavedSpeech.decode(bytes));
    } catch (IOException e) {
      LOG.warn("a file of the speech cache is of no use and goes: {}", e.toString());
      delete(file);
      return Optional.empty();
    }
  }

  void save(String key, SavedSpeech speech) {
    Path temporary = null;
    try {
      byte[] bytes = speech.encode();
      Files.createDirectories(folder); // somebody may have emptied a disk
      temporary = Files.createTempFile(folder, key, UNFINISHED);
      Files.write(temporary, bytes);
      Files.move(
          temporary,
          folder.resolve(key + SUFFIX),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      unchecked += bytes.length;
      if (unchecked >= mostBytes / CHECKS) {
        unchecked = 0;
        shrink();
      }
      works(WRITTEN);
    } catch (IOException e) {
      tell(WRITTEN, e);
      delete(temporary);
    }
  }

  /** Once, until it works again: on a disk that is full every sentence would be another line. */
  private void tell(String what, IOException why) {
    if (!failing.add(what)) {
      LOG.debug("the speech cache cannot be {}: {}", what, why.toString());
    } else {
      LOG.warn(
          "the speech cache in {} cannot be {}: {}; until it can, that is not said again, and"
              + " what is not kept is asked for, and paid, each time",
          folder,
          what,
          FileTrouble.inWords(folder, why));
    }
  }

  private void works(String what) {
    if (failing.remove(what)) {
      LOG.info("the speech cache in {} can be {} again", folder, what);
    }
  }

  private void shrink() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files(SPEECHES)) {
      entry(file).ifPresent(entries::add);
    }
    entries.sort(Comparator.comparingLong(Entry::writtenAt));
    if (!entries.isEmpty()) {
      deleteUnfinished(entries.get(entries.size() - 1).writtenAt());
    }
    long bytes = entries.stream().mapToLong(Entry::bytes).sum();
    for (Entry entry : entries) {
      if (bytes <= mostBytes - mostBytes / CHECKS) {
        return;
      }
      delete(entry.file());
      bytes -= entry.bytes();
    }
  }

  private List<Path> files(Pattern names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(one -> names.matcher(one.getFileName().toString()).matches()).toList();
    } catch (UncheckedIOException e) { // while it was listed
      throw e.getCause();
    }
  }

  private static Optional<Entry> entry(Path file) throws IOException {
    try {
      long writtenAt = Files.getLastModifiedTime(file).toMillis();
      return Optional.of(new Entry(file, Files.size(file), writtenAt));
    } catch (NoSuchFileException e) {
      LOG.debug("another JVM was faster: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Deletes the unfinished files of killed JVMs: those much older than the newest file. */
  private void deleteUnfinished(long newestAt) throws IOException {
    for (Path file : files(UNFINISHED_ONES)) {
      entry(file)
          .filter(entry -> newestAt - entry.writtenAt() > LONGEST_WRITE.toMillis())
          .ifPresent(entry -> delete(entry.file()));
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("a file of the speech cache stays: {}", e.toString());
    }
  }
}
