package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Pronunciation;
import io.voicebus.contract.TurnOptions;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.Delays;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings.Milestone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From prompt to heard samples, with every stage real but the voice, whose sound can be read. */
@Timeout(120)
class WholePipelineTest {
  private static final TurnOptions OPTIONS = LocalPipeline.SENTENCES;

  private static String story(int sentences, String about) {
    return IntStream.range(0, sentences)
        .mapToObj(i -> "Sentence number " + i + " tells a little more about " + about + ".")
        .collect(Collectors.joining(" "));
  }

  private static ScriptedVoice voice(boolean deterministic, Function<Utterance, Script> scripts) {
    return new ScriptedVoice(
        new EngineTraits(deterministic, 24_000, Set.of(), 0), scripts, Delays.real());
  }

  private static ScriptedVoice plain() {
    return voice(true, utterance -> Script.plain());
  }

  private static void assertHeardWhole(HeardTurn turn) {
    TurnEvent.Ended ended = turn.ended();
    assertThat(ended.outcome()).as("%s", ended).isEqualTo(Outcome.FINISHED);
    assertThat(turn.heard()).isEqualTo(String.join("", turn.captions()));
  }

  @Test
  void fiftyTurnsAtOnceEachHearExactlyTheirOwnTextInOrder() {
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().workers(3).start(WholePipelineTest::plain)) {
      // when
      List<HeardTurn> turns =
          IntStream.range(0, 50)
              .mapToObj(i -> pipeline.hear(story(12, "turn " + i), OPTIONS))
              .toList();
      // then
      for (int i = 0; i < 50; i++) {
        assertHeardWhole(turns.get(i));
        assertThat(turns.get(i).text()).isEqualTo(story(12, "turn " + i));
        assertThat(String.join(" ", turns.get(i).captions())).isEqualTo(story(12, "turn " + i));
      }
      assertThat(pipeline.active()).isZero();
    }
  }

  @Test
  void aTurnSaysWordsAsItsCallerWants() {
    // given
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(WholePipelineTest::plain)) {
      // when
      HeardTurn own =
          pipeline.hear(
              "We keep it in SQL.",
              OPTIONS.withPronunciations(List.of(new Pronunciation("SQL", "sequel"))));
      HeardTurn other = pipeline.hear("We keep it in SQL.", OPTIONS);
      // then
      own.ended();
      assertThat(own.heard()).isEqualTo("We keep it in sequel.");
      assertThat(own.captions()).containsExactly("We keep it in SQL.");
      assertHeardWhole(other);
    }
  }

  @Test
  void isHeardWhileTheTextIsStillArriving() {
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .gemini("reader-deltas-per-second", 500)
            .start(WholePipelineTest::plain)) {
      String text = story(20, "what comes first");
      // when
      HeardTurn turn = pipeline.hear(text, OPTIONS);
      // then
      assertThat(turn.firstAudio()).isLessThan(text.length() / 2);
      assertHeardWhole(turn);
    }
  }

  @Test
  void reportsEveryMilestoneInItsOrder() {
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(WholePipelineTest::plain)) {
      // when
      HeardTurn turn = pipeline.hear(story(3, "time"), OPTIONS);
      // then
      TurnEvent.Ended ended = turn.ended();
      assertThat(List.of(Milestone.values()))
          .extracting(milestone -> ended.timings().nanos(milestone))
          .isSorted()
          .allMatch(nanos -> nanos > 0);
      assertThat(turn.events(TurnEvent.Timing.class))
          .extracting(TurnEvent.Timing::stage)
          .contains(Stage.TEXT, Stage.CHUNKER);
    }
  }

  @Test
  void anEngineThatThrowsFailsItsTurnInClearWordsAndNoOther() {
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .start(
                () ->
                    voice(
                        true,
                        utterance ->
                            utterance.text().contains("doom")
                                ? Script.plain().refusing()
                                : Script.plain()))) {
      // when
      HeardTurn doomed = pipeline.hear(story(5, "doom"), OPTIONS);
      HeardTurn healthy = pipeline.hear(story(5, "joy"), OPTIONS);
      // then
      TurnEvent.Ended ended = doomed.ended();
      assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(ended.failure()).isNotNull();
      assertThat(ended.failure().stage()).isEqualTo(Stage.SPEECH);
      assertThat(ended.failure().detail()).contains("scripted failed");
      assertHeardWhole(healthy);
    }
  }

  @Test
  void oneChunkThatCannotBeSpokenIsLeftOutAndSaidSo() {
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .start(
                () ->
                    voice(
                        true,
                        utterance ->
                            utterance.text().contains("number 2")
                                ? Script.plain().failingAfter(0, FailureKind.INVALID_REQUEST)
                                : Script.plain()))) {
      // when
      HeardTurn turn = pipeline.hear(story(5, "gaps"), OPTIONS);
      // then
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
      assertThat(turn.events(TurnEvent.Skipped.class))
          .extracting(skipped -> skipped.chunk().chunk())
          .containsExactly(2);
      List<String> heard = new ArrayList<>(turn.captions());
      heard.remove(2);
      assertThat(turn.heard()).isEqualTo(String.join("", heard));
    }
  }

  @Test
  void anEngineThatBreaksOffInMidSentenceIsAskedAgainFromTheFirstSampleNotHeard() {
    Set<String> broken = ConcurrentHashMap.newKeySet();
    // given: everything breaks off after some frames, the first time
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .workers(2)
            .start(
                () ->
                    voice(
                        true,
                        utterance ->
                            broken.add(utterance.text())
                                ? Script.plain().failingAfter(5, FailureKind.UNAVAILABLE)
                                : Script.plain()))) {
      // when, then
      assertHeardWhole(pipeline.hear(story(30, "breaks"), OPTIONS));
    }
  }

  @Test
  void anEngineThatNeverSaysAThingTwiceTheSameWayGoesOnByText() {
    Set<String> broken = ConcurrentHashMap.newKeySet();
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .workers(2)
            .start(
                () ->
                    voice(
                        false,
                        utterance ->
                            utterance.text().startsWith("Sentence") && broken.add(utterance.text())
                                ? Script.plain().failingAfter(5, FailureKind.UNAVAILABLE)
                                : Script.plain()))) {
      // when
      HeardTurn turn = pipeline.hear(story(30, "variety"), OPTIONS);
      // then
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
      assertThat(broken).hasSameElementsAs(turn.captions());
      assertHeardWithBrokenWordsRepeated(turn.heard(), String.join("", turn.captions()));
    }
  }

  /** A word that was partly delivered is heard again, from its beginning; nothing else is. */
  private static void assertHeardWithBrokenWordsRepeated(String heard, String expected) {
    int at = 0;
    for (int i = 0; i < heard.length(); i++) {
      if (at == expected.length() || heard.charAt(i) != expected.charAt(at)) {
        at = expected.lastIndexOf(' ', Math.max(0, at - 1)) + 1;
        assertThat(heard.substring(i)).startsWith(expected.substring(at, at + 1));
      }
      at++;
    }
    assertThat(at).isEqualTo(expected.length());
  }

  @Test
  void aShortTurnIsHeardWholeByOneWhoComesLate() {
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(WholePipelineTest::plain)) {
      // given
      HeardTurn turn = pipeline.start("Hi.", OPTIONS);
      turn.begun();
      // when
      turn.listen();
      // then
      assertHeardWhole(turn);
    }
  }

  @Test
  void aStageThatIsUndeployedFailsItsTurnsInClearWords() {
    // given: side by side, since another node is sought for some seconds
    Map<LocalPipeline, HeardTurn> turns = new LinkedHashMap<>();
    try {
      for (Stage stage : List.of(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK)) {
        LocalPipeline pipeline =
            new LocalPipeline.Setup()
                .gemini("reader-deltas-per-second", 20)
                .start(WholePipelineTest::plain);
        turns.put(pipeline, pipeline.hear(story(20, "the end of " + stage), OPTIONS));
        turns.get(pipeline).firstAudio();
        // when
        pipeline.stop(stage);
      }
      // then
      for (HeardTurn turn : turns.values()) {
        TurnEvent.Ended ended = turn.ended();
        assertThat(ended.outcome()).as("%s", ended).isEqualTo(Outcome.FAILED);
        assertThat(ended.failure()).isNotNull();
        assertThat(ended.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(ended.failure().detail()).contains("deployed");
      }
    } finally {
      turns.keySet().forEach(LocalPipeline::close);
    }
  }

  @Test
  void aRoleThatIsMissingIsNamed() {
    // given: side by side, since it is sought for some seconds
    Map<LocalPipeline, HeardTurn> turns = new LinkedHashMap<>();
    List<Stage> missing = List.of(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
    try {
      for (Stage stage : missing) {
        LocalPipeline pipeline = new LocalPipeline.Setup().start(WholePipelineTest::plain);
        pipeline.stop(stage);
        // when
        turns.put(pipeline, pipeline.hear("Is anybody there?", OPTIONS));
      }
      // then
      List<Stage> named = new ArrayList<>();
      for (HeardTurn turn : turns.values()) {
        TurnEvent.Ended ended = turn.ended();
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.failure()).isNotNull();
        assertThat(ended.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        named.add(ended.failure().stage());
      }
      assertThat(named).isEqualTo(missing);
    } finally {
      turns.keySet().forEach(LocalPipeline::close);
    }
  }

  @Test
  void anEngineThatHangsIsGivenUpAndOthersAreNotHarmed() {
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .tts("chunk-timeout-ms", 150)
            .tts("slots", 2)
            .start(
                () ->
                    voice(
                        true,
                        utterance ->
                            utterance.text().contains("silence")
                                ? Script.plain().hangingAfter(2)
                                : Script.plain()))) {
      // when
      HeardTurn hanging = pipeline.hear(story(4, "silence"), OPTIONS);
      HeardTurn healthy = pipeline.hear(story(4, "song"), OPTIONS);
      // then
      TurnEvent.Ended ended = hanging.ended();
      assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(ended.failure()).isNotNull();
      assertThat(ended.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
      assertHeardWhole(healthy);
    }
  }

  @Test
  void aWorkerThatIsUndeployedInMidChunkHarmsNobody() {
    List<ScriptedVoice> voices = new ArrayList<>();
    // given: slow voices, so that there is a middle
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .workers(2)
            .tts("drain-ms", 1)
            .start(
                () -> {
                  ScriptedVoice voice =
                      voice(
                          true,
                          utterance -> Script.plain().delayed(Duration.ZERO, Duration.ofMillis(5)));
                  voices.add(voice);
                  return voice;
                })) {
      List<HeardTurn> turns =
          IntStream.range(0, 4)
              .mapToObj(i -> pipeline.hear(story(4, "turn " + i), OPTIONS))
              .toList();
      turns.get(0).firstAudio();
      // when
      pipeline.stopWorker(0);
      // then
      turns.forEach(WholePipelineTest::assertHeardWhole);
      assertThat(voices.get(0).speaking()).isZero();
    }
  }

  @Test
  void listenersThatNeverReadHarmNoOtherTurnThoughThereAreMoreOfThemThanSlots() {
    // given: one slot, and so much text that every buffer of the silent ones fills
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().tts("slots", 1).start(WholePipelineTest::plain)) {
      List<HeardTurn> stuck = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        HeardTurn turn = pipeline.start(story(200, "stuck " + i), OPTIONS);
        turn.listenWithoutReading();
        stuck.add(turn);
      }
      // when
      HeardTurn healthy = pipeline.hear(story(20, "freedom"), OPTIONS);
      // then
      assertHeardWhole(healthy);
      // and when they read at last
      stuck.forEach(HeardTurn::resume);
      stuck.forEach(WholePipelineTest::assertHeardWhole);
    }
  }

  @Test
  void aListenerThatNeverReadsIsGivenUpAfterAWhile() {
    OwnerLimits impatient =
        new OwnerLimits(10, Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(5));
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().limits(impatient).start(WholePipelineTest::plain)) {
      // when
      HeardTurn turn = pipeline.start(story(200, "patience"), OPTIONS);
      turn.listenWithoutReading();
      // then
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(pipeline.active()).isZero();
    }
  }

  @Test
  void aTurnThatNobodyListensToIsCancelled() {
    OwnerLimits impatient =
        new OwnerLimits(10, Duration.ofMillis(200), Duration.ofSeconds(120), Duration.ofSeconds(5));
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().limits(impatient).start(WholePipelineTest::plain)) {
      // when
      HeardTurn turn = pipeline.start(story(3, "loneliness"), OPTIONS);
      // then
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.CANCELLED);
    }
  }

  @Test
  void oneTurnTooManyIsRefused() {
    OwnerLimits few =
        new OwnerLimits(2, Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(5));
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().limits(few).start(WholePipelineTest::plain)) {
      pipeline.start(story(3, "one"), OPTIONS);
      pipeline.start(story(3, "two"), OPTIONS);
      // when, then
      assertThatThrownBy(() -> pipeline.start(story(3, "three"), OPTIONS))
          .isInstanceOfSatisfying(
              VoicebusException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED));
    }
  }

  @Test
  void cancellingStopsTheVoiceAndNothingIsHeardAfterwards() {
    ScriptedVoice voice =
        voice(true, utterance -> Script.plain().delayed(Duration.ZERO, Duration.ofMillis(5)));
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(() -> voice)) {
      HeardTurn turn = pipeline.hear(story(50, "interruption"), OPTIONS);
      turn.firstAudio();
      // when
      turn.cancel();
      // then
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.CANCELLED);
      int heard = turn.pcm().length;
      // and another turn gets all the voice, which shows that the first has let go of it
      assertHeardWhole(pipeline.hear(story(2, "what follows"), OPTIONS));
      assertThat(turn.pcm()).hasSize(heard);
      assertThat(voice.speaking()).isZero();
    }
  }

  @Test
  void aTurnOnHoldIsSilentAsksForNothingMoreAndIsHeardWholeWhenItGoesOn() {
    ScriptedVoice voice =
        voice(true, utterance -> Script.plain().delayed(Duration.ZERO, Duration.ofMillis(5)));
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(() -> voice)) {
      HeardTurn turn = pipeline.hear(story(60, "a cough"), OPTIONS);
      turn.firstAudio();
      // when
      int heard = turn.hold();
      // then: while another one is heard whole
      assertHeardWhole(pipeline.hear(story(3, "something else"), OPTIONS));
      assertThat(turn.pcm()).hasSize(heard);
      int asked = voice.asked().size();
      assertHeardWhole(pipeline.hear(story(3, "something else"), OPTIONS));
      assertThat(voice.asked()).hasSize(asked + 3);
      // when
      turn.release();
      // then
      assertHeardWhole(turn);
      assertThat(turn.events(TurnEvent.Resumed.class)).hasSize(1);
    }
  }

  @Test
  void textWithNothingToSpeakEndsWithoutAudio() {
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(WholePipelineTest::plain)) {
      HeardTurn turn = pipeline.hear("***", OPTIONS);
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
      assertThat(turn.pcm()).isEmpty();
    }
  }

  @Test
  void aMegabyteOfTextInOneTurnIsHeardWhole() {
    // given: as little sound as can still be read back
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .gemini("reader-delta-chars", 4096)
            .workers(2)
            .start(() -> voice(true, utterance -> Script.plain().sized(4, 4000)))) {
      String text = story(1_150_000 / 55, "patience");
      assertThat(text.length()).isGreaterThan(1024 * 1024);
      // when
      HeardTurn turn = pipeline.hear(text, OPTIONS);
      // then
      assertHeardWhole(turn);
      assertThat(turn.text()).hasSize(text.length()).isEqualTo(text);
    }
  }
}
