package io.voicebus.tts.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.sound.WavFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandEngineTest {
  private static final String PATH = System.getenv().getOrDefault("PATH", "");

  @TempDir Path folder;

  /** What ./check installs must be there; the others are not to be had everywhere. */
  private static void needs(String preset) {
    JsonObject chosen = new JsonObject().put("command", preset);
    boolean there = CommandSettings.read(new Settings("tts", chosen), PATH).missing().isEmpty();
    if (Set.of("flite", "espeak-ng", "festival").contains(preset)) {
      assertThat(there).as("install " + preset + ", as ./check does").isTrue();
    } else {
      assumeThat(there).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"say", "rhvoice", "flite", "espeak-ng", "festival"})
  void aProgramThatIsInstalledSpeaks(String preset) {
    JsonObject chosen = new JsonObject().put("command", preset);
    needs(preset);
    try (CommandEngine engine = engine(chosen)) {
      RecordingSink sink = say(engine, "One, two, three; \"four\" $(five) `six`.");
      assertThat(sink.outcome()).isEqualTo("end");
      double seconds = sink.pcm().length / 2.0 / engine.traits().sampleRateHz();
      assertThat(seconds).isBetween(1.0, 8.0);
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void samplesArePassedOnAsTheyComeThoughOneIsSplit() throws IOException {
    String script = "cat > /dev/null; printf 'abc'; sleep 0.05; printf 'defg'";
    try (CommandEngine engine = scripted(script, "pcm")) {
      RecordingSink sink = say(engine, "Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo("abcdef".getBytes(StandardCharsets.US_ASCII));
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void theTextGoesInAsItIs() throws IOException {
    Path heard = folder.resolve("heard");
    String text = "Grüße, it's 5 > 4 && \"so\" $HOME; `date` * ~";
    try (CommandEngine engine = scripted("cat > " + heard + "; printf 'abcd'", "pcm")) {
      assertThat(say(engine, text).outcome()).isEqualTo("end");
      assertThat(Files.readString(heard)).isEqualTo(text + "\n");
    }
  }

  @Test
  void theTextMayBePartOfAnArgumentAndAWordBeforeAnEmptyVoiceStays() throws IOException {
    Path heard = folder.resolve("heard");
    Path program = program("cat > /dev/null; printf '%s|' \"$@\" > " + heard + "; printf 'abcd'");
    JsonObject settings =
        template(List.of(program.toString(), "speak", "{voice}", "--text={text}"), "pcm");
    try (CommandEngine engine = engine(settings)) {
      assertThat(say(engine, "Hello there.").outcome()).isEqualTo("end");
      assertThat(Files.readString(heard)).isEqualTo("speak|--text=Hello there.|");
    }
  }

  @Test
  void aProgramSeesNoKeys() throws IOException {
    ProcessBuilder program = new ProcessBuilder("true");
    program.environment().put("ELEVENLABS_API_KEY", "secret");
    program.environment().put("VOICEBUS_ACCESS_TOKEN", "secret");
    program.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    program.environment().put("LANG", "C.UTF-8");
    assertThat(CommandEnvironment.withoutKeys(program).environment())
        .doesNotContainValue("secret")
        .containsKey("LANG");
  }

  @Test
  void whatAProgramWouldTakeForCommandsIsDisarmed() throws IOException {
    Path heard = folder.resolve("heard");
    try (CommandEngine engine = scripted("cat > " + heard + "; printf 'abcd'", "pcm")) {
      assertThat(say(engine, "So [[slnc 600000]] quiet [1].").outcome()).isEqualTo("end");
      assertThat(Files.readString(heard)).isEqualTo("So [ [slnc 600000]] quiet [1].\n");
    }
  }

  @Test
  void aTextIsNeverTakenForAnOption() throws IOException {
    Path heard = folder.resolve("heard");
    Path program = program("printf '%s|' \"$@\" > " + heard + "; printf 'abcd'");
    JsonObject settings = template(List.of(program.toString(), "{text}", "-v", "{voice}"), "pcm");
    try (CommandEngine engine = engine(settings)) {
      assertThat(say(engine, "--help").outcome()).isEqualTo("end");
      assertThat(Files.readString(heard)).isEqualTo(" --help|");
    }
  }

  @Test
  void aProgramThatWantsAFileGetsOneAndItIsGoneAfterwards() throws IOException {
    Path wav = folder.resolve("made.wav");
    Files.write(wav, WavFiles.wav(8, 1, 1, 16, true));
    Path named = folder.resolve("named");
    Path program = program("cat > /dev/null; cp " + wav + " \"$1\"; printf '%s' \"$1\" > " + named);
    JsonObject settings =
        template(List.of(program.toString(), "{file}"), "wav").put("command-rate", 24_000);
    try (CommandEngine engine = engine(settings)) {
      RecordingSink sink = say(engine, "Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo(WavFiles.samples());
    }
    assertThat(Path.of(Files.readString(named))).doesNotExist();
  }

  @Test
  void theRateIsThatOfTheFileWhateverWasExpected() throws IOException {
    Path wav = folder.resolve("made.wav");
    Files.write(wav, WavFiles.wav(8, 1, 1, 16, false));
    try (CommandEngine engine = scripted("cat > /dev/null; cat " + wav, "wav")) {
      RecordingSink sink = say(engine, "Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.rateHz()).isEqualTo(24_000);
      assertThat(sink.pcm()).isEqualTo(WavFiles.samples());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flite", "espeak-ng"})
  void whateverVoiceAProgramListsSpeaksWhenItIsNamed(String preset) throws Exception {
    JsonObject chosen = new JsonObject().put("command", preset);
    needs(preset);
    try (CommandEngine engine = engine(chosen)) {
      for (Voice voice : engine.offered().toCompletableFuture().get(10, TimeUnit.SECONDS)) {
        RecordingSink sink = new RecordingSink();
        engine.speak(new Utterance("Hello, one two.", voice.id(), "", ""), sink);
        assertThat(sink.outcome()).as(voice.toString()).isEqualTo("end");
        double seconds =
            sink.pcm().length
                / 2.0
                / (sink.rateHz() > 0 ? sink.rateHz() : engine.traits().sampleRateHz());
        assertThat(seconds).as(voice.toString()).isBetween(0.4, 5.0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flite", "espeak-ng", "festival", "rhvoice"})
  void theFirstSoundOfEveryProgramComesSoonAndNoneIsHeardAfterTheLastWord(String preset) {
    JsonObject chosen = new JsonObject().put("command", preset);
    needs(preset);
    try (CommandEngine engine = engine(chosen)) {
      RecordingSink sink = say(engine, "A good cup of coffee depends on the beans.");
      assertThat(sink.outcome()).isEqualTo("end");
      int rate = sink.rateHz() > 0 ? sink.rateHz() : engine.traits().sampleRateHz();
      short[] samples = samples(sink.pcm());
      int first = 0;
      while (Math.abs(samples[first]) < 1_000) {
        first++;
      }
      assertThat(1_000 * first / rate).as("ms before the first sound").isLessThan(110);
      // a head that is played is one of some 30,000 in the last millisecond
      for (int i = samples.length - rate / 20; i < samples.length; i++) {
        assertThat(Math.abs(samples[i])).as("a click").isLessThan(3_000);
      }
    }
  }

  private static short[] samples(byte[] pcm) {
    short[] samples = new short[pcm.length / 2];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  @Test
  void aProgramThatDiesSaysWhyButNotTheText() throws IOException {
    try (CommandEngine engine =
        scripted("cat > /dev/null; printf 'abcd'; echo 'no such model' >&2; exit 3", "pcm")) {
      assertThat(say(engine, "Hello there.").outcome())
          .startsWith("UNAVAILABLE: ")
          .contains("status 3")
          .contains("no such model");
    }
    try (CommandEngine engine = scripted("t=$(cat); echo \"cannot say $t\" >&2; exit 1", "pcm")) {
      assertThat(say(engine, "Hello there, stranger.").outcome()).doesNotContain("stranger");
    }
  }

  @Test
  void aProgramThatMakesNoSoundHasFailed() throws IOException {
    try (CommandEngine engine = scripted("cat > /dev/null", "pcm")) {
      assertThat(say(engine, "Hello.").outcome()).startsWith("UNAVAILABLE: ").contains("no sound");
      assertThat(say(engine, "…").outcome()).isEqualTo("end");
    }
  }

  @Test
  void aProgramThatHangsIsEndedByACancelWithItsChildren() throws Exception {
    Path child = folder.resolve("child");
    String script = "sleep 1000 & echo $! > " + child + "; printf 'abcd'; wait";
    try (CommandEngine engine = scripted(script, "pcm")) {
      RecordingSink sink = new RecordingSink();
      Speech speech = engine.speak(Utterance.of("Hello."), sink);
      sink.awaitSound();
      long pid = Long.parseLong(Files.readString(child).strip());
      ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
      speech.cancel();
      sink.cancelled();
      handle.onExit().get(10, TimeUnit.SECONDS);
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void noMoreProcessesRunAtOnceThanAreAllowed() throws IOException {
    Path running = Files.createDirectory(folder.resolve("running"));
    Path most = folder.resolve("most");
    String script =
        "cat > /dev/null; touch "
            + running
            + "/$$; ls "
            + running
            + " | wc -l >> "
            + most
            + "; sleep 0.05; rm "
            + running
            + "/$$; printf 'abcd'";
    JsonObject settings =
        template(List.of(program(script).toString()), "pcm").put("command-processes", 2);
    try (CommandEngine engine = engine(settings)) {
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        sinks.add(say(engine, "Hello " + i + "."));
      }
      sinks.forEach(sink -> assertThat(sink.outcome()).isEqualTo("end"));
      assertThat(Files.readAllLines(most)).allMatch(n -> Integer.parseInt(n.strip()) <= 2);
    }
  }

  @Test
  void aVoiceIsANameNotAPathNorAUrl() {
    needs("espeak-ng");
    try (CommandEngine engine = engine(new JsonObject().put("command", "espeak-ng"))) {
      for (String voice : List.of("../../etc/passwd", "http://x/y", "-f", "a b")) {
        RecordingSink sink = new RecordingSink();
        engine.speak(new Utterance("Hello.", voice, "", ""), sink);
        assertThat(sink.outcome()).startsWith("NOT_FOUND: ");
      }
      RecordingSink sink = new RecordingSink();
      engine.speak(new Utterance("Hallo.", "de", "", ""), sink);
      assertThat(sink.outcome()).isEqualTo("end");
    }
  }

  @Test
  void aProgramThatIsNotThereFailsTheStartAndSaysWhatToInstall() {
    Settings settings = new Settings("tts", new JsonObject().put("command", "espeak-ng"));
    assertThatThrownBy(() -> new CommandService(folder.toString()).apply(settings, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("espeak-ng")
        .hasMessageContaining("install");
  }

  @Test
  void closingEndsWhatIsUnderWay() throws IOException {
    CommandEngine engine = scripted("printf 'abcd'; sleep 1000", "pcm");
    RecordingSink sink = say(engine, "Hello.");
    sink.awaitSound();
    engine.close();
    assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("closed");
    assertThat(say(engine, "Too late.").outcome()).startsWith("UNAVAILABLE: ");
  }

  private CommandEngine scripted(String script, String format) throws IOException {
    return engine(template(List.of(program(script).toString()), format));
  }

  private static JsonObject template(List<String> arguments, String format) {
    return new JsonObject()
        .put("command-template", new JsonArray(arguments).encode())
        .put("command-format", format);
  }

  private Path program(String script) throws IOException {
    Path program = folder.resolve("speak-" + System.identityHashCode(script));
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private static CommandEngine engine(JsonObject settings) {
    return new CommandEngine(CommandSettings.read(new Settings("tts", settings), PATH));
  }

  private static RecordingSink say(CommandEngine engine, String text) {
    RecordingSink sink = new RecordingSink();
    engine.speak(Utterance.of(text), sink);
    return sink;
  }

  @ParameterizedTest
  @ValueSource(strings = {"say", "rhvoice", "flite", "espeak-ng", "festival"})
  void aProgramThatIsInstalledSpeaksTwiceAsFast(String preset) {
    JsonObject chosen = new JsonObject().put("command", preset);
    needs(preset);
    try (CommandEngine engine = engine(chosen)) {
      String text = "One, two, three; four five six seven eight nine.";
      RecordingSink usual = say(engine, text);
      assertThat(usual.outcome()).isEqualTo("end");
      RecordingSink fast = new RecordingSink();
      engine.speak(new Utterance(text, "", "", "", "", TurnPlace.NONE, 2), fast);
      assertThat(fast.outcome()).isEqualTo("end");
      assertThat(fast.pcm().length).isBetween(usual.pcm().length / 3, usual.pcm().length * 3 / 4);
    }
  }

  @Test
  void aTemplateIsToldTheSpeedWhereItAsksForIt() throws IOException {
    Path heard = folder.resolve("heard");
    Path program = program("cat > /dev/null; printf '%s|' \"$@\" > " + heard + "; printf 'abcd'");
    JsonObject asks =
        template(
            List.of(program.toString(), "--rate={speed}", "{stretch}", "{percent}", "{wpm}"),
            "pcm");
    try (CommandEngine engine = engine(asks)) {
      assertThat(engine.traits().speeds()).isEqualTo(SpeedRange.ANY);
      RecordingSink sink = new RecordingSink();
      engine.speak(new Utterance("Hello.", "", "", "", "", TurnPlace.NONE, 1.5), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(Files.readString(heard)).isEqualTo("--rate=1.500|0.667|150|263|");
      assertThat(say(engine, "Hello.").outcome()).isEqualTo("end");
      assertThat(Files.readString(heard)).isEqualTo("--rate=1.000|1.000|100|175|");
    }
    try (CommandEngine engine = engine(template(List.of(program.toString()), "pcm"))) {
      assertThat(engine.traits().speeds()).isEqualTo(SpeedRange.NONE);
    }
  }
}
