package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
  @TempDir private Path directory;

  /** Some editors begin a file with a mark. */
  @Test
  void tokensOfAFileAreNotRecordedHoweverTheFileBegins() throws IOException {
    // given
    Path tokens = Files.writeString(directory.resolve("tokens"), "\uFEFFfirst-token\nhall:second");
    Configuration configuration =
        Configuration.load(
            Map.of(
                "VOICEBUS_RECORD_DIRECTORY",
                "kept",
                "VOICEBUS_ACCESS_TOKEN_FILE",
                tokens.toString()),
            directory);
    Vertx vertx = Vertx.vertx();
    // when
    try (Recordings recordings = Recordings.install(vertx, configuration, directory)) {
      assertThat(recordings).isNotNull();
      String said = "It is first-token, or second.";
      TurnObserver.of(vertx)
          .tape(new TurnId("one"), 0, TurnRequest.toCaller(said, TurnOptions.DEFAULTS));
    } finally {
      vertx.close().await();
    }
    // then
    try (Stream<Path> files = Files.list(directory.resolve("kept"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(all.get(0)).content().contains("It is …, or ….");
    }
  }
}
