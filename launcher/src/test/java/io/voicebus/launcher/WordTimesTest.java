package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.turn.TurnEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When words are spoken, through all stages, against what is heard. */
class WordTimesTest {
  private static final String TEXT =
      "**Sure**, here is what you owe: $29 for 3 nights, and `tax`. It is due on 5/7. Nothing else"
          + " – really!";

  @ParameterizedTest
  @CsvSource({"none,socket", "seams,socket", "seams,http", "seams,auto"})
  void ofAServiceTheyAreWhereItsSoundIs(String processing, String transport) throws Exception {
    // given: a voice that says each character for 60 ms
    Vertx services = Vertx.vertx();
    ElevenEmulator voice =
        ElevenEmulator.start(services, ElevenOptions.generous()).await(30, TimeUnit.SECONDS);
    try (LocalPipeline pipeline =
        setup()
            .tts("elevenlabs-api-key", "emulated-key")
            .tts("elevenlabs-base-url", voice.baseUrl())
            .tts("elevenlabs-transport", transport)
            .start()) {
      // when
      HeardTurn heard = say(pipeline, TEXT, processing, 0);
      // then
      List<TurnEvent.SpokenWord> words = heard.events(TurnEvent.SpokenWord.class);
      assertThat(words).noneMatch(TurnEvent.SpokenWord::estimated);
      assertThat(read(words))
          .isEqualTo(
              "Sure,|here|is|what|you|owe:|$29|for|3|nights,|and|tax.|It|is|due|on|5/7.|Nothing|"
                  + "else –|really!|");
      Map<Integer, Long> starts = starts(heard);
      for (ChunkCaption chunk : captions(heard)) {
        int from = 0;
        for (TurnEvent.SpokenWord word : words) {
          String said = word.text().replace(" –", "");
          if (word.chunk() == chunk.chunk() && chunk.words().indexOf(said, from) >= 0) {
            int at = chunk.words().indexOf(said, from);
            from = at + said.length();
            double base = starts.getOrDefault(chunk.chunk(), 0L) / 24.0;
            assertThat(word.fromNanos() / 1e6 - base)
                .as("where '%s' begins", word.text())
                .isBetween(60.0 * at - 30, 60.0 * at + 30);
            assertThat(word.toNanos() / 1e6 - base)
                .as("where '%s' ends", word.text())
                .isBetween(60.0 * from - 30, 60.0 * from + 30);
          }
        }
      }
      assertThat(EmulatedSpeech.CHAR_MS).isEqualTo(60);
    } finally {
      services.close().await(30, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({"none,0", "seams,0", "seams,2000", "seams,500"})
  void ofTheEmbeddedVoiceAllSoundIsWithinItsWords(String processing, int speed) {
    try (LocalPipeline pipeline = setup().tts("engine", "embedded").start()) {
      // when
      HeardTurn heard = say(pipeline, TEXT, processing, speed);
      // then
      List<TurnEvent.SpokenWord> words = heard.events(TurnEvent.SpokenWord.class);
      assertThat(words).noneMatch(TurnEvent.SpokenWord::estimated);
      assertThat(read(words)).startsWith("Sure,|here|is|what|you|owe:|$29|for|3|nights,|and|tax.|");
      byte[] pcm = heard.pcm();
      double within = 0;
      double all = 0;
      for (int i = 0; i < pcm.length / 2; i++) {
        double sample = (short) ((pcm[2 * i] & 0xff) | pcm[2 * i + 1] << 8);
        double ms = i / 16.0;
        boolean said =
            words.stream()
                .anyMatch(word -> ms >= word.fromNanos() / 1e6 && ms < word.toNanos() / 1e6);
        within += said ? sample * sample : 0;
        all += sample * sample;
      }
      assertThat(within / all).isGreaterThan(0.98);
      double longest = words.get(words.size() - 1).toNanos() / 1e6;
      assertThat(longest).isBetween(pcm.length / 32.0 - 1000, pcm.length / 32.0);
    }
  }

  @Test
  void speedIsTheEnginesAndHoldsForTheTurn() {
    try (LocalPipeline pipeline = setup().tts("engine", "embedded").start()) {
      int usual = say(pipeline, TEXT, "none", 0).pcm().length;
      assertThat(say(pipeline, TEXT, "none", 2000).pcm().length)
          .isBetween(usual * 45 / 100, usual * 60 / 100);
      assertThat(say(pipeline, TEXT, "none", 500).pcm().length)
          .isBetween(usual * 180 / 100, usual * 210 / 100);
    }
  }

  @Test
  void lettersThatTheVoiceCannotReadAreToldOfOnce() {
    try (LocalPipeline pipeline = setup().tts("engine", "embedded").start()) {
      HeardTurn heard =
          say(pipeline, "The word 日本 means Japan. And 水 means water. That is all.", "seams", 0);
      assertThat(heard.events(TurnEvent.Notice.class)).hasSize(1);
      assertThat(heard.events(TurnEvent.Notice.class).get(0).notice().detail())
          .contains("Latin letters only")
          .contains("another engine")
          .doesNotContain("日");
    }
  }

  @Test
  void aLanguageThatTheVoiceDoesNotSpeakIsToldOfOnce() {
    try (LocalPipeline pipeline = setup().tts("engine", "embedded").start()) {
      TurnOptions options = LocalPipeline.SENTENCES.withMode(TextMode.SAY);
      HeardTurn heard =
          pipeline.hear(
              "Der Hund springt über den Zaun. Das ist eine Übung.", options.withLanguage("de"));
      assertThat(heard.ended().outcome()).isEqualTo(TurnEvent.Outcome.FINISHED);
      assertThat(heard.events(TurnEvent.Notice.class)).hasSize(1);
      SpeechNotice notice = heard.events(TurnEvent.Notice.class).get(0).notice();
      assertThat(notice.kind()).isEqualTo(SpeechNotice.Kind.LANGUAGE);
      assertThat(notice.detail())
          .startsWith("embedded speaks English only, and reads German as if it were that;")
          .contains("another engine");
      String english = "The dog jumps over the fence. It is an exercise.";
      for (String told : List.of("", "en", "en-GB")) {
        HeardTurn well = pipeline.hear(english, options.withLanguage(told));
        assertThat(well.ended().outcome()).isEqualTo(TurnEvent.Outcome.FINISHED);
        assertThat(well.events(TurnEvent.Notice.class)).isEmpty();
      }
    }
  }

  private static LocalPipeline.Setup setup() {
    LocalPipeline.Setup setup = new LocalPipeline.Setup();
    setup.chunker.put("spell-out", "on");
    return setup;
  }

  private static HeardTurn say(LocalPipeline pipeline, String text, String processing, int speed) {
    TurnOptions options =
        LocalPipeline.SENTENCES
            .withMode(TextMode.SAY)
            .withProcessing(processing)
            .withSpeed(speed)
            .withLanguage("en");
    HeardTurn heard = pipeline.hear(text, options);
    assertThat(heard.ended().outcome()).isEqualTo(TurnEvent.Outcome.FINISHED);
    return heard;
  }

  private static String read(List<TurnEvent.SpokenWord> words) {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(word.text()).append('|'));
    return text.toString();
  }

  private static List<ChunkCaption> captions(HeardTurn heard) {
    return heard.events(TurnEvent.Caption.class).stream().map(TurnEvent.Caption::chunk).toList();
  }

  private static Map<Integer, Long> starts(HeardTurn heard) {
    Map<Integer, Long> starts = new TreeMap<>();
    for (TurnEvent.Mark event : heard.events(TurnEvent.Mark.class)) {
      if (event.mark().kind() == PlayoutMark.Kind.CHUNK_START) {
        starts.put(event.mark().chunk(), event.mark().atSample());
      }
    }
    return starts;
  }
}
