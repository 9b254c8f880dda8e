package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
  @TempDir Path folder;

  @Test
  void aFolderWhereAFileIsWantedIsToldAsSuch() {
    assertThat(FileTrouble.inWords(folder, new IOException("Is a directory")))
        .isEqualTo("it is a folder");
  }

  /** The system's message begins with the name, in which any word may be. */
  @Test
  void theNameOfAFolderIsNoReason() throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache-directory"));
    FileSystemException full =
        new FileSystemException(cache.resolve("one").toString(), null, "No space left on device");
    assertThat(FileTrouble.inWords(cache, full)).isEqualTo("No space left on device");
  }
}
