package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Isolated("it takes what the process writes")
class CommandLineTest {
  private static final String FOX = "The quick brown fox jumps over the lazy dog.";

  private static final Set<String> ANY_TEXT =
      Set.of(
          "code-remark",
          "node",
          "system-instruction",
          "openai-model",
          "openai-speech-api-key",
          "openai-speech-model",
          "openai-speech-voice",
          "openai-speech-instructions",
          "cache-directory",
          "command-template",
          "command-voice",
          "elevenlabs-api-key",
          "elevenlabs-voice",
          "elevenlabs-model",
          "elevenlabs-language");

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final InputStream realIn = System.in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  private int run(Map<String, String> environment, String... args) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    Map<String, String> fast = new HashMap<>(environment);
    fast.putIfAbsent("VOICEBUS_READER_DELTAS_PER_SECOND", "0");
    return Main.run(args, fast, directory, out);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void giveTheStreamsBack() {
    System.setOut(realOut);
    System.setErr(realErr);
    System.setIn(realIn);
  }

  @Test
  void saysAPromptIntoAWavFileAndShowsTextAndTimings() throws Exception {
    // when
    int exit = run(Map.of(), "say", FOX, "-o", "fox.wav");
    // then
    assertThat(exit).as(errors()).isZero();
    try (AudioInputStream wav =
        AudioSystem.getAudioInputStream(directory.resolve("fox.wav").toFile())) {
      AudioFormat format = wav.getFormat();
      assertThat(format.getSampleRate()).isEqualTo(16_000);
      assertThat(format.getSampleSizeInBits()).isEqualTo(16);
      assertThat(format.getChannels()).isEqualTo(1);
      assertThat(wav.getFrameLength()).isBetween(32_000L, 64_000L);
      assertThat(loudest(wav.readAllBytes())).isGreaterThan(5_000);
    }
    assertThat(errors()).contains(FOX).contains("first audio").contains("end");
    assertThat(out.size()).isZero();
  }

  private static int loudest(byte[] pcm) {
    int loudest = 0;
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      loudest = Math.max(loudest, Math.abs((short) ((pcm[i] & 0xFF) | (pcm[i + 1] << 8))));
    }
    return loudest;
  }

  @Test
  void saysTheSameToStandardOutputAsToAFile() throws Exception {
    // given
    run(Map.of(), "say", FOX, "-o", "fox.raw");
    // when
    int exit = run(Map.of(), "say", FOX, "-o", "-");
    // then
    assertThat(exit).as(errors()).isZero();
    byte[] samples = Files.readAllBytes(directory.resolve("fox.raw"));
    assertThat(out.size()).isEqualTo(44 + samples.length);
    assertThat(out.toByteArray()).endsWith(samples);
  }

  @Test
  void encodesAFileAsItsEndingSays() throws Exception {
    // when
    int exit = run(Map.of(), "say", FOX, "-o", "fox.mp3");
    run(Map.of(), "say", FOX, "-o", "fox.wav");
    // then: at most 64 of the 256 kbit/s of 16 kHz
    assertThat(exit).as(errors()).isZero();
    byte[] mp3 = Files.readAllBytes(directory.resolve("fox.mp3"));
    assertThat(mp3).startsWith(0xFF);
    assertThat((long) mp3.length).isBetween(8_000L, Files.size(directory.resolve("fox.wav")) / 3);
  }

  @Test
  void readsThePromptFromStandardInput() {
    System.setIn(new ByteArrayInputStream("Caf\u00e9.".getBytes(StandardCharsets.UTF_8)));
    assertThat(run(Map.of(), "say", "-", "-o", "cafe.wav")).as(errors()).isZero();
    assertThat(errors()).contains("Caf\u00e9.");
  }

  @Test
  void saysWhatToDoWhereThereIsNoSoundCard() {
    if (AudioSystem.getMixerInfo().length == 0) {
      assertThat(run(Map.of(), "say", FOX)).isEqualTo(5);
      assertThat(errors()).contains("no sound card").contains("-o");
    }
  }

  @Test
  void anEmptyPromptIsRefusedInClearWords() {
    assertThat(run(Map.of(), "say", " ", "-o", "x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("the prompt is empty");
    assertThat(directory.resolve("x.wav")).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedInClearWords() {
    assertThat(run(Map.of(), "say", FOX, "-o", "no/such/folder/x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("folder");
  }

  @Test
  void aWrongSettingFailsAtStartAndIsNamed() {
    assertThat(run(Map.of("VOICEBUS_SLOTS", "many"), "say", FOX, "-o", "x.wav"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'slots' is 'many'").contains("1 to 1000");
  }

  @Test
  void everySettingIsTakenByTheRoleThatItIsListedFor() {
    // given: a value that no setting takes
    for (Setting setting : Setting.ALL) {
      if (setting.role().startsWith("http") || ANY_TEXT.contains(setting.key())) {
        continue;
      }
      err.reset();
      // when
      Map<String, String> settings = new HashMap<>();
      settings.put("VOICEBUS_CLUSTER", "true");
      settings.put("VOICEBUS_ENGINE", "scripted");
      settings.put(setting.variable(), "\u2603");
      int exit =
          List.of(Setting.LAUNCHER, "wyoming").contains(setting.role())
              ? run(settings, "serve")
              : run(settings, "say", FOX, "-o", "x.wav");
      // then
      assertThat(exit).as(setting.key() + ": " + errors()).isEqualTo(ExitCodes.USAGE);
      assertThat(errors()).contains("'" + setting.key() + "'");
    }
  }

  @Test
  void listsTheVoicesThatCanBeUsedAndSaysWhatTheOthersLack() {
    assertThat(run(Map.of("VOICEBUS_COMMAND_TEMPLATE", "/nowhere/speak"), "voices")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("embedded: yes")
        .contains("embedded/kevin16")
        .contains("elevenlabs: no (")
        .contains("ELEVENLABS_API_KEY");
  }

  @Test
  void aServerThatOthersCanReachNeedsATokenOrToldToDoWithout() {
    assertThat(run(Map.of(), "serve", "--host", "0.0.0.0", "--port", "0"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors())
        .contains("VOICEBUS_ACCESS_TOKEN", "openssl rand", "--insecure-http", "0.0.0.0");
  }

  @Test
  void aTokenThatCanBeGuessedIsRefusedAndNotRepeated() {
    String token = "correct-horse";
    assertThat(run(Map.of("VOICEBUS_ACCESS_TOKEN", token), "serve", "--port", "0"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'access-token'").doesNotContain(token);
  }

  @Test
  void aWrongPortFailsTheServerAndIsNamed() {
    assertThat(run(Map.of(), "serve", "--port", "99999")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'port' is '99999'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "http://", "ftp://127.0.0.1", "http://a server"})
  void anAddressThatIsNoneIsRefusedInClearWords(String url) {
    assertThat(run(Map.of(), "nodes", "--url", url)).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'" + url + "'").contains("like http://127.0.0.1:8080");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "say --loud x | there is no option '--loud' | See 'voicebus say --help'.",
        "say hi --voise x | is '--voice' meant? | See 'voicebus say --help'.",
        "say hi -o | missing required parameter for option '--output' | See 'voicebus say --help'.",
        "srve | there is no command 'srve': is 'serve' meant? | See 'voicebus --help'.",
        "nodes more | there is no argument 'more' | See 'voicebus nodes --help'.",
      })
  void aSlipGetsALineAndNotTheWholeHelp(String line, String what, String where) {
    assertThat(run(Map.of(), line.split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(errors().lines()).hasSize(2);
    assertThat(errors()).startsWith("voicebus: ").contains(what).contains(where);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "-V", "-v"})
  void theVersionIsTheProjects(String word) throws IOException {
    // given
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
    // then
    assertThat(run(Map.of(), word)).isZero();
    assertThat(out()).contains("voicebus " + version + "\n");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(run(Map.of(), "help", "say")).isZero();
    assertThat(out()).contains("Usage: voicebus say");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.m4a", "x.wma", "x.WEBM", "x.txt"})
  void aKindOfFileThatIsNotWrittenIsRefusedWithWhatCanBeDone(String name) {
    assertThat(run(Map.of(), "say", FOX, "-o", name)).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains(name).contains("use one of wav, pcm, mp3, opus, flac");
    assertThat(directory.resolve(name)).doesNotExist();
  }

  @Test
  void withoutAModelItSaysThatTheTextIsReadAndHowToGetAModel() {
    // when
    run(Map.of(), "say", FOX, "-o", "fox.wav");
    // then: one line
    assertThat(errors().lines().findFirst().orElse(""))
        .contains("no model is set up, so your text is read aloud")
        .contains("GEMINI_API_KEY")
        .contains("OPENAI_BASE_URL");
  }

  @Test
  void whoChoosesTheReaderIsNotToldToGetAModel() {
    assertThat(run(Map.of("VOICEBUS_SOURCE", "reader"), "say", FOX, "-o", "fox.wav")).isZero();
    assertThat(errors()).doesNotContain("no model");
  }

  @Test
  void aSettingThatDoesNotExistStopsTheCommandAndNamesTheNearest() {
    assertThat(run(Map.of("GEMINI_MODLE", "x"), "say", FOX, "-o", "x.wav"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("GEMINI_MODLE").contains("is GEMINI_MODEL meant?");
    assertThat(directory.resolve("x.wav")).doesNotExist();
  }

  @Test
  void whereNothingWasHeardTheMessageIsAll() {
    if (AudioSystem.getMixerInfo().length == 0) {
      run(Map.of("VOICEBUS_SOURCE", "reader"), "say", FOX);
      assertThat(errors().strip().lines().reduce((line, last) -> last).orElse(""))
          .contains("no sound card");
      assertThat(errors()).doesNotContain("after the prompt was accepted").doesNotStartWith("\n");
    }
  }

  @Test
  void theKeysOfAClusterAreOnlyForTheirOwner() throws IOException {
    // when
    assertThat(run(Map.of(), "cluster-keys", "keys", "one")).as(errors()).isZero();
    // then
    try (Stream<Path> files = Files.walk(directory.resolve("keys"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"nodes\":[{\"node\":\"x\"}]}", "<html>", ""})
  void aServerThatIsNotVoicebusIsToldFromOne(String body) throws IOException {
    // given
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/v1/nodes",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    other.start();
    try {
      // when
      int exit =
          run(Map.of(), "nodes", "--url", "http://127.0.0.1:" + other.getAddress().getPort());
      // then
      assertThat(exit).isEqualTo(ExitCodes.USAGE);
      assertThat(errors()).contains("is not Voicebus").contains("--url");
      assertThat(out()).isEmpty();
    } finally {
      other.stop(0);
    }
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
