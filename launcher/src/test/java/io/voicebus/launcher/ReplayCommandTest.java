package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.TextDelta;
import io.voicebus.turn.recording.Recording;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@Isolated("it takes what the process writes")
class ReplayCommandTest extends CommandLineBench {
  private static final String TEXT = "Hello there, dear reader. The quick brown fox jumps.";
  private static final String KEY = "sk-a-key-that-nobody-may-see";
  private static final Map<String, String> RECORDED = Map.of("VOICEBUS_RECORD_DIRECTORY", "turns");

  /** A turn of the reader and the embedded voice, whose text came at the pace of a model. */
  private static final Path KEPT = Path.of("src/test/resources/recordings/answer.jsonl");

  private Path recorded() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("turns"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private JsonObject json() {
    return new JsonObject(out());
  }

  @Test
  void aTurnThatWasRecordedSoundsTheSameWhenItIsReplayed() throws IOException {
    // given
    assertThat(run(RECORDED, "say", TEXT, "-o", "then.wav")).as(errors()).isZero();
    // when
    int exit =
        run(
            Map.of(),
            "replay",
            "turns/" + recorded().getFileName(),
            "-o",
            "now.wav",
            "--speed",
            "max",
            "--json");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(directory.resolve("now.wav")).hasSameBinaryContentAs(directory.resolve("then.wav"));
    assertThat(json().getJsonArray("changes")).isEmpty();
    assertThat(json().getJsonObject("speech").getInteger("as_recorded"))
        .isEqualTo(json().getJsonObject("recorded").getInteger("chunks"));
    assertThat(errors()).contains("dear reader");
  }

  @Test
  void nothingIsRecordedUnlessItIsAskedFor() throws IOException {
    assertThat(run(Map.of(), "say", TEXT, "-o", "x.wav")).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("x.wav");
    }
  }

  /**
   * What holds for every change of a stage: a turn that is kept is heard within twice the time that
   * it took then, and takes less time than it sounds where nobody is waited for.
   */
  @Test
  void aTurnThatIsKeptIsHeardAsSoonAsItWasThen() {
    // given
    String file = KEPT.toAbsolutePath().toString();
    assertThat(run(Map.of(), "replay", file, "-o", "x.wav", "--speed", "max", "--json"))
        .as(errors())
        .isZero();
    assertThat(json().getDouble("real_time_factor")).isLessThan(1);
    assertThat(json().getJsonObject("speech").getJsonArray("not_recorded")).isEmpty();
    // when: what is loaded once was loaded
    out.reset();
    int exit = run(Map.of(), "replay", file, "-o", "x.wav", "--json", "--at-most", "2");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(json().getDouble("first_sound_ratio")).isBetween(0.8, 2.0);
    // and: the pauses of this version may be others
    assertThat(json().getJsonObject("replayed").getDouble("sound_ms"))
        .isCloseTo(json().getJsonObject("recorded").getDouble("sound_ms"), withinPercentage(2));
  }

  @Test
  void aFirstSoundThatIsTooLateFailsTheCommand() {
    assertThat(
            run(
                Map.of(),
                "replay",
                KEPT.toAbsolutePath().toString(),
                "-o",
                "x.wav",
                "--speed",
                "10",
                "--at-most",
                "0.01"))
        .isEqualTo(1);
    assertThat(errors()).contains("times what it took in the recording; --at-most allows 0.01");
  }

  @Test
  void aComparisonIsShownToPeople() {
    assertThat(
            run(
                Map.of(),
                "replay",
                KEPT.toAbsolutePath().toString(),
                "-o",
                "x.wav",
                "--speed",
                "max",
                "--compare",
                "-q"))
        .as(errors())
        .isZero();
    assertThat(out())
        .containsPattern("first sound +[0-9.]+ ms +[0-9.]+ ms")
        .contains("underruns", "usual pause", "chunks", "at speed max");
    assertThat(errors()).isEmpty();
  }

  @Test
  void aTextThatWasWrittenBitByBitIsWrittenSoAgain() throws IOException {
    // given
    input(TEXT);
    assertThat(run(RECORDED, "say", "-", "-o", "then.wav")).as(errors()).isZero();
    // when
    int exit = run(Map.of(), "replay", "turns/" + recorded().getFileName(), "-o", "now.wav");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(directory.resolve("now.wav")).hasSameBinaryContentAs(directory.resolve("then.wav"));
  }

  @Test
  void theRestOfATurnWhoseProcessWasKilledIsReplayedAndThatIsSaid() throws IOException {
    // given
    run(RECORDED, "say", TEXT, "-o", "then.wav");
    byte[] whole = Files.readAllBytes(recorded());
    Path cut = Files.write(directory.resolve("cut.jsonl"), List.of());
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
    // when
    int exit = run(Map.of(), "replay", "cut.jsonl", "-o", "now.wav", "--speed", "max");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(errors()).contains("not all of the turn was recorded: it breaks off");
  }

  @Test
  void noKeyIsWrittenEvenWhereAServiceRepeatsIt() throws IOException {
    // given
    HttpServer model =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              ("{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    model.start();
    try {
      Map<String, String> settings =
          Map.of(
              "VOICEBUS_RECORD_DIRECTORY",
              "turns",
              "OPENAI_BASE_URL",
              "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
              "OPENAI_MODEL",
              "some",
              "OPENAI_API_KEY",
              KEY,
              "ELEVENLABS_API_KEY",
              KEY + "-too",
              "VOICEBUS_ENGINE",
              "embedded");
      // when
      assertThat(run(settings, "ask", "Is my key " + KEY + "?", "-o", "x.wav")).isEqualTo(3);
    } finally {
      model.stop(0);
    }
    // then
    assertThat(Files.readString(recorded())).contains("Is my key …?").doesNotContain(KEY);
    // and: it fails again as it did then
    assertThat(run(Map.of(), "replay", "turns/" + recorded().getFileName(), "-o", "y.wav"))
        .as(errors())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "replay none.jsonl -o x.wav | there is no file 'none.jsonl'",
        "replay . -o x.wav | cannot read '.'",
        "replay note.txt -o x.wav | 'note.txt' is no recording of a turn",
        "replay note.txt --speed fast | --speed is 'fast': it must be from 0.1 to 1000, or max",
        "replay note.txt -o - --compare | would share standard output",
      })
  void whatCannotBeReplayedIsToldInWords(String line, String fault) throws IOException {
    Files.writeString(directory.resolve("note.txt"), "Dear diary,\n");
    assertThat(run(Map.of(), line.split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(errors().lines()).hasSize(1);
    assertThat(errors()).startsWith("voicebus: ").contains(fault);
  }

  @Test
  void aFolderThatCannotBeUsedStopsTheTurnBeforeItBegins() throws IOException {
    Files.createFile(directory.resolve("turns"));
    assertThat(run(RECORDED, "say", TEXT, "-o", "x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'record-directory' is");
    assertThat(directory.resolve("x.wav")).doesNotExist();
  }

  @Test
  void theTextOfARecordingIsTheTextOfTheTurn() throws IOException {
    run(RECORDED, "say", TEXT, "-o", "x.wav");
    StringBuilder text = new StringBuilder();
    for (Recording.Line line : Recording.read(recorded()).lines()) {
      text.append(line.item() instanceof TextDelta delta ? delta.text() : "");
    }
    assertThat(text.toString()).isEqualTo(TEXT);
  }
}
