package io.voicebus.tts.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.LogLines;
import io.voicebus.contract.Settings;
import io.voicebus.tts.time.SteppedDelays;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SpeechFolderTest {
  @RegisterExtension final LogLines log = LogLines.of(SpeechFolder.class);

  private static final SavedSpeech SPEECH = SavedSpeeches.of(new byte[480]);

  @TempDir Path directory;

  private List<String> warnings() {
    return log.events().stream()
        .filter(event -> event.getLevel().equals(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void aDiskThatTakesNothingIsToldOnceUntilItDoes() throws IOException {
    // given: a folder that is gone, and cannot be made again
    Path place = directory.resolve("speech");
    SpeechFolder folder = new SpeechFolder(place, 1 << 20);
    Files.delete(place);
    Files.createFile(place);
    // when
    for (int i = 0; i < 20; i++) {
      folder.save("key" + i, SPEECH);
    }
    // then
    assertThat(warnings()).hasSize(1);
    assertThat(warnings().get(0)).contains(place.toString(), "paid, each time");
    // when it is back, and goes again
    Files.delete(place);
    folder.save("kept", SPEECH);
    assertThat(folder.find("kept")).isPresent();
    Files.delete(place.resolve("kept.speech"));
    Files.delete(place);
    Files.createFile(place);
    folder.save("lost", SPEECH);
    // then
    assertThat(warnings()).hasSize(2);
  }

  @Test
  void whatIsNoFileOfItsOwnIsToldOnceAndNotRead() throws IOException {
    // given: to read a pipe would wait for a writer, and the second one's size is that of no speech
    SpeechFolder folder = new SpeechFolder(directory, 1 << 20);
    Files.createDirectories(directory.resolve("folder.speech/in-it"));
    try (RandomAccessFile huge =
        new RandomAccessFile(directory.resolve("huge.speech").toFile(), "rw")) {
      huge.setLength(3L << 30);
    }
    // when
    for (int i = 0; i < 5; i++) {
      assertThat(folder.find("folder")).isEmpty();
      assertThat(folder.find("huge")).isEmpty();
    }
    // then
    assertThat(warnings()).hasSize(1);
    assertThat(directory.resolve("huge.speech")).exists();
  }

  /** Of two users who share a folder, one may not read what the other has written. */
  @Test
  void whatCannotBeReadIsToldOnceAlthoughAllCanBeWritten() throws IOException {
    SpeechFolder folder = new SpeechFolder(directory, 1 << 20);
    Files.createDirectory(directory.resolve("other.speech"));
    for (int i = 0; i < 5; i++) {
      assertThat(folder.find("other")).isEmpty();
      folder.save("own", SPEECH);
    }
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void aFolderThatIsNoneIsRefusedInWords() throws IOException {
    Path file = Files.writeString(directory.resolve("speech"), "a file");
    assertThatThrownBy(() -> new SpeechFolder(file, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tts setting 'cache-directory' is '"
                + file
                + "', which cannot be written: it is no"
                + " folder");
  }

  /** Who keeps nothing in memory and names a folder would find nothing in it. */
  @Test
  void aFolderWithoutMemoryIsRefused() {
    Settings settings =
        new Settings(
            "tts",
            new JsonObject().put("cache-bytes", 0).put("cache-directory", directory.toString()));
    assertThatThrownBy(() -> new SpeechCaches().read(settings, new SteppedDelays()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'cache-directory' has no effect where 'cache-bytes' is 0");
  }
}
