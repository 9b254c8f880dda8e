package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.contract.TextDelta;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.Delays;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns on a bus that loses messages, and at the edges where stages end at different times. */
@Timeout(60)
class FaultyPipelineTest {
  private static final String TEXT = "Hello there, my friend. This is the last of it.";

  private static ScriptedVoice plain() {
    return ScriptedVoice.of(Script.plain(), Delays.real());
  }

  private static void assertHeardWhole(HeardTurn turn) {
    assertThat(turn.ended().outcome()).as("%s", turn.ended()).isEqualTo(Outcome.FINISHED);
    assertThat(turn.heard()).isEqualTo(String.join("", turn.captions()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void textThatIsLostOnItsWayToTheOwnerOrToTheChunkerIsWrittenOnceMore(int lost) {
    // given: the text source's item is lost, or the owner's
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .gemini("reader-delta-chars", 24)
            .start(FaultyPipelineTest::plain)) {
      AtomicInteger copies = new AtomicInteger();
      pipeline.lose(
          body ->
              body instanceof StreamPacket.Data data
                  && data.item() instanceof TextDelta delta
                  && delta.text().endsWith("it.")
                  && copies.getAndIncrement() == lost);
      // when, then
      assertHeardWhole(pipeline.hear(TEXT, LocalPipeline.SENTENCES));
      assertThat(copies).hasValueGreaterThan(lost);
    }
  }

  @Test
  void aLostAnswerToAnOpenIsAskedForAgainAndHarmsNothing() {
    // given: the first answer to every open is lost
    try (LocalPipeline pipeline = new LocalPipeline.Setup().start(FaultyPipelineTest::plain)) {
      Set<String> lost = ConcurrentHashMap.newKeySet();
      pipeline.lose(
          body ->
              body instanceof StreamPacket.Opened opened
                  && lost.add(opened.from() + opened.stream()));
      // when, then
      assertHeardWhole(pipeline.hear(TEXT, LocalPipeline.SENTENCES));
      assertThat(lost).hasSizeGreaterThan(3);
    }
  }

  @Test
  void aTurnOfWhichNothingCouldBeSpokenFailsHoweverItsTextEnds() {
    // given
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .gemini("reader-deltas-per-second", 300)
            .start(
                () ->
                    ScriptedVoice.of(
                        Script.plain().failingAfter(0, FailureKind.INVALID_REQUEST),
                        Delays.real()))) {
      // when: the text goes on, with nothing to speak, after its only sentence was given up
      String text = "Only this is spoken.\n\n```\n" + "code ".repeat(40) + "\n```\n";
      TurnEvent.Ended ended = pipeline.hear(text, LocalPipeline.SENTENCES).ended();
      // then
      assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
      Failure failure = ended.failure();
      assertThat(failure).isNotNull();
      assertThat(failure.stage()).isEqualTo(Stage.SPEECH);
    }
  }

  @Test
  void aPauseDoesNotKeepATurnThatNobodyListensTo() {
    OwnerLimits impatient =
        new OwnerLimits(10, Duration.ofMillis(300), Duration.ofSeconds(120), Duration.ofSeconds(5));
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().limits(impatient).start(FaultyPipelineTest::plain)) {
      // given
      HeardTurn turn = pipeline.start(TEXT, LocalPipeline.SENTENCES);
      // when
      turn.position(0, true);
      // then
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.CANCELLED);
    }
  }
}
