package io.voicebus.turn.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LogLines;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.Pronunciation;
import io.voicebus.contract.Sink;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.contract.SpokenForm;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TextPoint;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.WordEnd;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnTape;
import io.voicebus.turn.TurnTimings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderTest {
  @RegisterExtension final LogLines log = LogLines.of(Recorder.class);

  private static final long PLENTY = 1 << 30;
  private static final Failure BROKEN =
      new Failure(Stage.TEXT, FailureKind.LOST, "the model has gone");
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));
  private static final TurnOptions OPTIONS =
      new TurnOptions("some/voice", "talk-of-ours", false, Pace.ASAP, "none")
          .withMode(TextMode.SAY)
          .withSpeed(1500)
          .withLanguage("de")
          .withPronunciations(List.of(new Pronunciation("gRPC", "g r p c")));
  private static final TurnRequest REQUEST =
      new TurnRequest("Hello “there”.\n", OPTIONS, Sink.FILE, "/somewhere/x.wav")
          .withTrace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

  /** One of each that passes through an owner. */
  private static final List<Message> ITEMS =
      List.of(
          new TextDelta("Hello “there”.\n"),
          new TextFlush(),
          new TextTakenBack(),
          new ChunkCaption(
              0,
              "Hello 2.",
              0,
              9,
              "Hello two.",
              700,
              ChunkEnd.QUESTION,
              List.of(new TextPoint(0, 0), new TextPoint(6, 6)),
              "en",
              List.of(new SpokenForm(6, 7, 6, 9))),
          new TextLength(1),
          new TextEnded(),
          new TextBrokeOff(BROKEN),
          new SpeechPiece(0, 5_000_000, new Speaker(24_000, true, "some/voice@24000")),
          new ChunkSpoken(0, 2, 3, 4, -1),
          new ChunkSkipped(1, BROKEN),
          new PlayoutFormat(24_000),
          new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 2400, "", 100, 3),
          new WordMark(0, 1200, 5, 900, true),
          new Position(1234, true),
          new Underrun(1, 250, Stage.SPEECH),
          new StageTiming("first-delta", 77),
          new AnswerReport("gemini", "some-model", AnswerReport.Ending.TRUNCATED, 2, 3, 4, 5),
          new UnspokenText(3, 9, UnspokenText.Content.CODE),
          new SpeechNotice(0, SpeechNotice.Kind.SPEED, "it has one speed"));

  @TempDir Path directory;

  private Path folder() {
    return directory.resolve("turns");
  }

  private Recorder recorder(long most, String... secrets) {
    return new Recorder(folder(), most, "1.2.3", Arrays.asList(secrets), NOON);
  }

  private Path record(List<Message> items) throws IOException {
    TurnId turn = TurnId.random();
    try (Recorder recorder = recorder(PLENTY)) {
      TurnTape tape = recorder.tape(turn, 0, REQUEST);
      play(items, tape);
      end(tape, 900);
    }
    return fileOf(turn);
  }

  private static void play(List<Message> items, TurnTape tape) {
    for (int i = 0; i < items.size(); i++) {
      tape.item(i * 1_000_000L, items.get(i));
    }
  }

  private static void end(TurnTape tape, long at) {
    tape.event(
        at,
        new TurnEvent.Ended(
            TurnEvent.Outcome.FAILED, BROKEN, new TurnTimings(1, 2, 3, -1, 900), Characters.NONE));
  }

  private Path fileOf(TurnId turn) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().contains(turn.value())).findFirst().orElseThrow();
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    // when
    Recording read = Recording.read(record(ITEMS));
    // then
    assertThat(read.lines()).extracting(Recording.Line::item).containsExactlyElementsOf(ITEMS);
    assertThat(read.lines().get(3).atNanos()).isEqualTo(3_000_000);
    assertThat(read.cut()).isEmpty();
    assertThat(read.end())
        .isEqualTo(
            new Recording.End(
                900, TurnEvent.Outcome.FAILED, BROKEN, new TurnTimings(1, 2, 3, -1, 900)));
    Recording.Head head = read.head();
    assertThat(head.prompt()).isEqualTo(REQUEST.prompt());
    assertThat(head.options()).isEqualTo(OPTIONS.withConversation(""));
    assertThat(head.sink()).isEqualTo(Sink.FILE);
    assertThat(head.software()).isEqualTo("1.2.3");
    assertThat(head.startedAt()).isEqualTo("2026-11-26T12:00:00Z");
  }

  @Test
  void soundIsKeptBitByBit() throws IOException {
    // given
    byte[] pcm = new byte[Frame.MAX_BYTES];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (byte) (i * 31);
    }
    List<WordEnd> words = List.of(new WordEnd(100, 5, 90, false));
    // when
    Recording read = Recording.read(record(List.of(new SpeechPiece(3, 7, new Frame(pcm, words)))));
    // then
    SpeechPiece piece = (SpeechPiece) read.lines().get(0).item();
    Frame frame = (Frame) piece.piece();
    assertThat(piece.chunk()).isEqualTo(3);
    assertThat(frame.pcm()).isEqualTo(pcm);
    assertThat(frame.words()).isEqualTo(words);
  }

  @Test
  void everyKindOfLineIsInTheDocumentation() throws IOException {
    String documentation = Files.readString(Path.of("..", "docs", "recording.md"));
    for (String type : ItemJson.names()) {
      assertThat(documentation).contains("`" + type + "`");
    }
  }

  @Test
  void onlyTheOwnerOfTheFolderMayReadIt() throws IOException {
    Path file = record(ITEMS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsForAccountsOrLetsSomebodyInIsNotWritten() throws IOException {
    // given
    TurnId turn = TurnId.random();
    try (Recorder recorder = recorder(PLENTY, "sk-\"quoted\"-key", "abc")) {
      TurnTape tape = recorder.tape(turn, 0, REQUEST);
      // when
      tape.item(1, new Asked("inbox-of-a-worker", turn, 0, 3, 3, 0, 1));
      tape.item(2, new TextDelta("My key is sk-\"quoted\"-key, abc."));
      end(tape, 3);
    }
    // then
    String text = Files.readString(fileOf(turn));
    assertThat(text)
        .doesNotContain("inbox-of-a-worker", "talk-of-ours", "4bf92f3577b34da6", "quoted")
        .doesNotContain("/somewhere/x.wav")
        .contains("My key is …, abc.");
  }

  @Test
  void aProcessThatIsKilledLeavesAllThatItHadWritten() throws IOException {
    // given
    byte[] whole = Files.readAllBytes(record(ITEMS));
    int head = indexOfLine(whole, 1);
    Recording all = Recording.read("whole", new ByteArrayInputStream(whole));
    for (int length = head; length < whole.length; length++) {
      // when
      byte[] cut = Arrays.copyOf(whole, length);
      Recording read = Recording.read("cut", new ByteArrayInputStream(cut));
      // then
      long lines = new String(cut, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      assertThat(read.lines()).isEqualTo(all.lines().subList(0, (int) Math.min(19, lines - 1)));
      assertThat(read.cut()).contains("it breaks off");
    }
  }

  private static int indexOfLine(byte[] bytes, int lines) {
    int seen = 0;
    int at = 0;
    while (seen < lines) {
      seen += bytes[at++] == '\n' ? 1 : 0;
    }
    return at;
  }

  @Test
  void whatLaterVersionsAddIsIgnored() throws IOException {
    // given
    String text = Files.readString(record(ITEMS));
    String later =
        text.replace("\"type\":\"text-length\"", "\"colour\":\"red\",\"type\":\"text-length\"")
            .replaceFirst("\n", "\n{\"at_nanos\":1,\"type\":\"picture\",\"png\":\"\"}\n");
    // when
    Recording read = read(later);
    // then
    assertThat(read.lines()).hasSize(ITEMS.size());
  }

  private static Recording read(String text) throws IOException {
    return Recording.read(
        "it.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFieldThatIsNullIsAsGoodAsNone() throws IOException {
    String file =
        """
        {"voicebus_recording":1,"turn":null}
        {"type":null}
        {"type":"text-delta","at_nanos":null,"text":"a"}
        {"type":"stopped","why":null}
        {"type":"end","at_nanos":null,"outcome":"finished","failure":null,"timings":null}
        """;
    Recording recording =
        Recording.read("it", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
    assertThat(recording.lines()).containsExactly(new Recording.Line(0, new TextDelta("a")));
    assertThat(recording.end()).isNotNull();
    assertThat(recording.cut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | is no recording of a turn: name a file that was written to record-directory",
        "RIFF | is no recording of a turn",
        "[] | is no recording of a turn",
        "{\"voicebus_recording\":\"x\"} | is no recording of a turn",
        "{\"voicebus_recording\":9,\"software\":\"7.0\"} | of format 9, and this Voicebus reads"
            + " format 1: replay it with the version that wrote it, 7.0",
        "{\"voicebus_recording\":1,\"options\":3} | is damaged: line 1 has no head",
        "{\"voicebus_recording\":1}#oops | is damaged: line 2 cannot be read",
        "{\"voicebus_recording\":1}#{\"type\":\"text-length\",\"chunks\":\"x\"} | is damaged: line 2 cannot be read",
        "{\"voicebus_recording\":1}#{\"type\":\"text-delta\"} | line 2 cannot be read: a delta has",
        "{\"voicebus_recording\":1}#{}#{\"type\":\"speech-piece\",\"piece\":{\"type\":\"frame\","
            + "\"pcm\":\"!\"}} | is damaged: line 3 cannot be read",
        "{\"voicebus_recording\":1}#{\"type\":\"end\",\"outcome\":\"well\"} | line 2 cannot be read",
      })
  void aFileThatIsDamagedIsToldWithItsLine(String lines, String fault) {
    assertThatThrownBy(() -> read(lines.replace('#', '\n') + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'it.jsonl' ")
        .hasMessageContaining(fault);
  }

  @Test
  void theOldestRecordingsMakeRoom() throws IOException {
    // given: three recordings of a third of the bound each, and a file of somebody else
    byte[] pcm = new byte[Frame.MAX_BYTES];
    Files.createDirectories(folder());
    Path[] old = new Path[3];
    for (int i = 0; i < 3; i++) {
      old[i] = record(List.of(new SpeechPiece(0, 0, Frame.untimed(pcm))));
      Files.setLastModifiedTime(old[i], FileTime.fromMillis(1_000_000 + i));
    }
    Path other = Files.write(folder().resolve("notes.jsonl"), pcm);
    long most = 3 * Files.size(old[0]) + 1_000;
    // when
    try (Recorder recorder = recorder(most)) {
      TurnTape tape = recorder.tape(TurnId.random(), 0, REQUEST);
      tape.item(0, new SpeechPiece(0, 0, Frame.untimed(pcm)));
      end(tape, 1);
    }
    // then
    assertThat(old[0]).doesNotExist();
    assertThat(old[1]).exists();
    assertThat(other).exists();
  }

  @Test
  void aTurnThatIsTooLongForTheBoundIsGoodUpToThere() throws IOException {
    // given
    TurnId turn = TurnId.random();
    try (Recorder recorder = recorder(100_000)) {
      TurnTape tape = recorder.tape(turn, 0, REQUEST);
      // when
      for (int i = 0; i < 20; i++) {
        tape.item(i, new SpeechPiece(0, 0, Frame.untimed(new byte[Frame.MAX_BYTES])));
      }
      end(tape, 99);
    }
    // then
    Recording read = Recording.read(fileOf(turn));
    assertThat(read.lines()).hasSizeBetween(3, 5);
    assertThat(read.cut()).contains("record-bytes");
    assertThat(Files.size(fileOf(turn))).isLessThan(101_000);
  }

  @Test
  void aDiskThatTakesNothingIsToldOnceAndHarmsNobody() throws IOException {
    // given
    try (Recorder recorder = recorder(PLENTY)) {
      Files.delete(folder());
      Files.createFile(folder());
      // when
      for (int i = 0; i < 3; i++) {
        TurnTape tape = recorder.tape(TurnId.random(), 0, REQUEST);
        play(ITEMS, tape);
        end(tape, 1);
      }
    }
    // then
    assertThat(log.events()).hasSize(1);
    assertThat(log.events().get(0).getFormattedMessage())
        .contains("goes on, but is recorded no further", "the disk does not take it");
  }

  @Test
  void aFolderThatSomebodyDeletesIsMadeAgain() throws IOException {
    TurnId turn = TurnId.random();
    try (Recorder recorder = recorder(PLENTY)) {
      Files.delete(folder());
      TurnTape tape = recorder.tape(turn, 0, REQUEST);
      play(ITEMS, tape);
      end(tape, 1);
    }
    assertThat(fileOf(turn)).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(log.events()).isEmpty();
  }

  @Test
  void aDiskThatDoesNotKeepUpEndsTheRecordingAndNotTheTurn() throws IOException {
    // given: room for three items that wait, and a disk that takes none for now
    TurnId turn = TurnId.random();
    Recorder recorder = new Recorder(folder(), PLENTY, "1.2.3", List.of(), NOON, 1_000);
    try (recorder) {
      TurnTape tape = recorder.tape(turn, 0, REQUEST);
      // when
      tape.item(1, new TextDelta("x".repeat(TextDelta.MAX_CHARS)));
      tape.item(2, new TextDelta("late"));
      end(tape, 3);
    }
    // then
    Recording read = Recording.read(fileOf(turn));
    assertThat(read.lines()).isEmpty();
    assertThat(read.cut()).isEqualTo("the disk did not keep up");
  }

  @Test
  void aFolderThatCannotBeUsedStopsTheStart() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> new Recorder(file, PLENTY, "1", List.of(), NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'record-directory' is '" + file + "', which cannot be used");
  }
}
