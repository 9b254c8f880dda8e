package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.FreePorts;
import io.voicebus.contract.WavHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Isolated("it takes what the process writes")
class CommandLineTest extends CommandLineBench {
  private static final String FOX = "The quick brown fox jumps over the lazy dog.";

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
    assertThat(errors())
        .contains(FOX)
        .containsPattern("first audio .* end .* after the text was accepted");
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
  void programsGetEachEventAsALine() {
    // when
    int exit = run(Map.of(), "say", FOX, "-o", "fox.wav", "--json", "-q");
    // then
    assertThat(exit).as(errors()).isZero();
    List<JsonObject> events = out().lines().map(JsonObject::new).toList();
    assertThat(events.get(0)).isEqualTo(new JsonObject().put("event", "text").put("text", FOX));
    assertThat(events)
        .extracting(event -> event.getString("event"))
        .contains("chunk", "mark", "spoken")
        .endsWith("end");
    assertThat(events.get(events.size() - 1).getString("outcome")).isEqualTo("finished");
    assertThat(errors()).isEmpty();
    // and: not where the sound goes
    assertThat(run(Map.of(), "say", FOX, "-o", "-", "--json")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("would share standard output");
  }

  @Test
  void atATerminalTheTextDoesNotComeBetweenTheEvents() {
    System.setProperty("voicebus.stdout", "terminal");
    try {
      assertThat(run(Map.of(), "say", FOX, "-o", "fox.wav", "--json")).as(errors()).isZero();
      assertThat(out()).contains(FOX);
      assertThat(errors()).isEmpty();
    } finally {
      System.clearProperty("voicebus.stdout");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"say", "ask"})
  void whatCannotBeHeardIsToldBeforeItIsTyped(String command) {
    assumeThat(AudioSystem.getMixerInfo()).isEmpty();
    System.setProperty("voicebus.stdin", "terminal");
    try {
      input("Hello.");
      assertThat(run(Map.of("GEMINI_API_KEY", "k"), command, "-"))
          .isEqualTo(ExitCodes.of(FailureKind.UNAVAILABLE));
      assertThat(errors()).contains("no sound card").doesNotContain("Ctrl-D");
      // and: what ends a text that can be heard
      input("");
      assertThat(run(Map.of("GEMINI_API_KEY", "k"), command, "-", "-o", "x.wav"))
          .isEqualTo(ExitCodes.USAGE);
      assertThat(errors()).contains("Ctrl-D ends");
    } finally {
      System.clearProperty("voicebus.stdin");
    }
  }

  /** Neither is left open; they have no word. */
  @Test
  void signsWithoutAWordAreNotCalledOpen() {
    assertThat(run(Map.of(), "say", "...", "-o", "x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors())
        .contains("characters 0 to 3 are not spoken: markup, or signs without a word");
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
  void saysStandardInput() {
    input("Caf\u00e9.");
    assertThat(run(Map.of(), "say", "-", "-o", "cafe.wav")).as(errors()).isZero();
    assertThat(errors()).contains("Caf\u00e9.").contains("after the first text came");
  }

  /** Who would wait for the end of its input would wait for ever. */
  @Test
  void theFirstSentenceIsHeardBeforeTheSecondIsWritten() {
    // given: who writes the second once it hears the first
    CountDownLatch heard = new CountDownLatch(1);
    OutputStream sound =
        new OutputStream() {
          private int bytes;

          @Override
          public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] some, int from, int length) {
            bytes += length;
            if (bytes > WavHeader.BYTES) {
              heard.countDown();
            }
          }
        };
    System.setIn(
        new SequenceInputStream(
            new ByteArrayInputStream("First sentence.\n".getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              private final InputStream second =
                  new ByteArrayInputStream("Second.\n".getBytes(StandardCharsets.UTF_8));

              @Override
              public int read() {
                throw new UnsupportedOperationException();
              }

              @Override
              public int read(byte[] bytes, int from, int length) throws IOException {
                try {
                  heard.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                return second.read(bytes, from, length);
              }
            }));
    // when
    int exit = run(Map.of(), sound, "say", "-", "-o", "-");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(errors()).contains("First sentence.", "Second.");
  }

  @Test
  void saysAFileAsItSaysTheSameText() throws Exception {
    // given
    Files.writeString(directory.resolve("fox.txt"), FOX);
    run(Map.of(), "say", FOX, "-o", "fox.raw");
    // when
    int exit = run(Map.of(), "say", "-f", "fox.txt", "-o", "file.raw");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(directory.resolve("file.raw")).hasSameBinaryContentAs(directory.resolve("fox.raw"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "say | there is nothing to say: give a text, a file (-f FILE), or '-'",
        "say -f none.txt -o x.wav | there is no file 'none.txt'",
        "say -f . -o x.wav | '.' is a directory",
        "say -f none.txt hello -o x.wav | either a text or a file",
        "say hello --language German -o x.wav | --language must be a code such as en or pt-BR",
      })
  void aTextThatCannotBeHadIsToldWithWhatToDo(String line, String what) {
    assertThat(run(Map.of(), line.split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(errors().lines()).hasSize(1);
    assertThat(errors()).startsWith("voicebus: ").contains(what);
    assertThat(directory.resolve("x.wav")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\n"})
  void standardInputWithoutAWordIsToldAndMakesNoFile(String text) {
    input(text);
    assertThat(run(Map.of(), "say", "-", "-o", "x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("standard input is empty: there is nothing to say");
    assertThat(directory.resolve("x.wav")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"...", "***", "<!-- x -->"})
  void aTextOfWhichNothingCanBeSpokenIsToldAndIsNoSuccess(String text) {
    assertThat(run(Map.of(), "say", "-q", text, "-o", "x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).endsWith("voicebus: nothing was spoken" + System.lineSeparator());
    err.reset();
    input(text);
    assertThat(run(Map.of(), "say", "-", "-o", "-")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).endsWith("voicebus: nothing was spoken" + System.lineSeparator());
  }

  @Test
  void aPromptThatIsTooLongIsNotReadToItsEnd() {
    System.setIn(
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        });
    Map<String, String> model = Map.of("GEMINI_API_KEY", "k");
    assertThat(run(model, "ask", "-", "-o", "x.wav")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("standard input is longer than 2 MiB");
  }

  @Test
  void whatComesBeforeBytesThatAreNoTextIsSaidAndThenTheFault() {
    System.setIn(new ByteArrayInputStream(new byte[] {'H', 'i', '!', ' ', (byte) 0xff, 'x'}));
    assertThat(run(Map.of(), "say", "-", "-o", "-")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("Hi!").contains("standard input is not UTF-8: byte 4");
    assertThat(out.size()).isGreaterThan(5_000);
  }

  @Test
  void anInputThatCannotBeReadIsToldInWords() {
    System.setIn(
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Is a directory");
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            return read();
          }
        });
    assertThat(run(Map.of(), "say", "-", "-o", "x.wav")).isEqualTo(1);
    assertThat(errors()).contains("cannot read standard input: Is a directory");
  }

  @Test
  void aTextOfManyPiecesIsSaidToItsEnd() {
    // given: more than waits to be spoken at once
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4_000; i++) {
      text.append(String.format("Number %05d is said, too. ", i));
    }
    input(text.toString());
    // when
    int exit = run(Map.of("VOICEBUS_ENGINE", "scripted"), "say", "-", "-o", "long.raw");
    // then
    assertThat(exit).as(errors()).isZero();
    assertThat(errors()).contains(text.toString().stripTrailing());
  }

  @Test
  void asksNobodyWhereNoModelIsSetUpAndSaysWhatToSet() {
    // when
    int exit = run(Map.of(), "ask", "Why is the sky blue?", "-o", "x.wav");
    // then
    assertThat(exit).isEqualTo(ExitCodes.of(FailureKind.UNAUTHENTICATED));
    assertThat(errors().lines()).hasSize(1);
    assertThat(errors())
        .contains("no model is set up", "GEMINI_API_KEY", "OPENAI_BASE_URL", "'voicebus say'");
    assertThat(directory.resolve("x.wav")).doesNotExist();
  }

  @Test
  void aReaderThatWasChosenAnswersNothing() {
    assertThat(run(Map.of("VOICEBUS_SOURCE", "reader"), "ask", FOX, "-o", "x.wav"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("source=reader reads texts aloud and answers nothing");
  }

  @Test
  void asksAModelAndSaysItsAnswer() throws IOException {
    // given
    HttpServer model =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              """
              data: {"choices":[{"index":0,"delta":{"content":"Light is scattered."}}]}

              data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

              data: [DONE]

              """
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    model.start();
    try {
      Map<String, String> settings =
          Map.of(
              "OPENAI_BASE_URL",
              "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
              "OPENAI_MODEL",
              "some");
      // when: the question comes through a pipe
      input("Why is the sky blue?");
      int exit = run(settings, "ask", "-", "-o", "x.wav");
      // then
      assertThat(exit).as(errors()).isZero();
      assertThat(errors()).contains("Light is scattered.", "after the prompt was accepted");
      // when: the same words are to be said
      err.reset();
      assertThat(run(settings, "say", "Why is the sky blue?", "-o", "y.wav")).isZero();
      // then
      assertThat(errors()).contains("Why is the sky blue?").doesNotContain("Light");
    } finally {
      model.stop(0);
    }
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
    assertThat(errors()).contains("there is nothing to say");
    assertThat(directory.resolve("x.wav")).doesNotExist();
    assertThat(run(Map.of("GEMINI_API_KEY", "k"), "ask", " ")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("the prompt is empty");
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
    assertThat(errors())
        .contains("VOICEBUS_SLOTS in the environment is 'many'")
        .contains("1 to 1000");
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
        .as("a token is missing")
        .isEqualTo(3);
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
    assertThat(errors()).contains("--port is '99999'");
  }

  @Test
  void whereNoServerAnswersNodesSaysSoAsTheExitCodesHaveIt() {
    String nobody = "http://127.0.0.1:" + FreePorts.range(1);
    assertThat(run(Map.of(), "nodes", "--url", nobody)).isEqualTo(5);
    assertThat(errors()).contains("no server answers at " + nobody, "./voicebus serve");
  }

  @Test
  void whereATokenIsNeededNodesSaysSoAsTheExitCodesHaveIt() throws Exception {
    HttpServer locked =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    locked.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    locked.start();
    try {
      String url = "http://127.0.0.1:" + locked.getAddress().getPort();
      assertThat(run(Map.of(), "nodes", "--url", url)).isEqualTo(3);
      assertThat(errors()).contains("needs its access token: set VOICEBUS_ACCESS_TOKEN to it");
    } finally {
      locked.stop(0);
    }
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
        "help sya | there is no command 'sya': is 'say' meant? | See 'voicebus --help'.",
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
  void saysOnceWhatABetterVoiceNeeds() {
    // when
    run(Map.of(), "say", FOX, "-o", "fox.wav");
    // then: one line before the text, and nothing of models
    assertThat(errors().lines().findFirst().orElse(""))
        .contains("the voice is the embedded one: English, robotic")
        .contains("ELEVENLABS_API_KEY");
    assertThat(errors()).doesNotContain("model");
  }

  @Test
  void whoChoosesTheEmbeddedVoiceIsNotToldToGetAnother() {
    assertThat(run(Map.of("VOICEBUS_ENGINE", "embedded"), "say", FOX, "-o", "fox.wav")).isZero();
    assertThat(errors()).doesNotContain("robotic");
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
      run(Map.of(), "say", FOX);
      assertThat(errors().strip().lines().reduce((line, last) -> last).orElse(""))
          .contains("no sound card");
      assertThat(errors()).doesNotContain("after the text was accepted").doesNotStartWith("\n");
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

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "4.1", "0.0001", "NaN", "-1e300", "-Infinity"})
  void aSpeedThatNobodyCanSpeakIsRefusedAndNotLeftOut(String speed) {
    assertThat(run(Map.of(), "say", FOX, "-o", "fox.wav", "--speed=" + speed))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("--speed").contains("0.25");
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(run(Map.of(), "say", FOX, "-o", "folder/")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'-o folder/' names a folder");
    assertThat(directory.resolve("folder")).doesNotExist();
  }

  @Test
  void whatIsNoNumberIsCalledSo() {
    assertThat(run(Map.of(), "say", FOX, "--speed", "fast")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("'fast' is not a number");
  }

  /** A full disk: a list that is not whole must not look like one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "config --explain",
        "voices",
        "man",
        "completion",
        "help",
        "say --help",
        "--version"
      })
  void aListThatCannotBeWrittenIsTold(String command) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(Main.run(command.split(" ", -1), Map.of(), directory, full)).isEqualTo(5);
    OutputStream left =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(Main.run(command.split(" ", -1), Map.of(), directory, left)).isZero();
  }
}
