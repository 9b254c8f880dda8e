package io.voicebus.tts.failover;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LogLines;
import io.voicebus.bus.Meters;
import io.voicebus.contract.Pace;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.SteppedDelays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverEngineTest {
  @RegisterExtension final LogLines log = LogLines.of("io.voicebus.engines");

  private final Meters meters = new Meters();
  private final SteppedDelays time = new SteppedDelays();
  private final AtomicReference<Script> firstScript = new AtomicReference<>(Script.plain());
  private final AtomicReference<Script> secondScript = new AtomicReference<>(Script.plain());
  private final ScriptedVoice first = voice("first", 24_000, firstScript);
  private final ScriptedVoice second = voice("second", 16_000, secondScript);

  @Test
  void theFirstSpeaksAsLongAsItIsWell() {
    RecordingSink sink = say(line(false), "Hello there.", "t1");
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
    assertThat(second.asked()).isEmpty();
    assertThat(sink.notices()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"UNAUTHENTICATED", "QUOTA", "NOT_FOUND", "INVALID_REQUEST", "BLOCKED", "TOO_LARGE"})
  void aPermanentFaultBeforeTheFirstSoundMovesOnAtOnceUnheard(FailureKind kind) {
    firstScript.set(Script.plain().failingAfter(0, kind));
    RecordingSink sink = say(line(false), "Hello there.", "t1");
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
    assertThat(first.asked()).hasSize(1);
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(sink.notices())
        .singleElement()
        .asString()
        .startsWith("ENGINE: second speaks in place of first: first: ");
  }

  @Test
  void thatAnotherVoiceSpeaksIsToldAlsoWhereTheFirstOneIsLeftAlone() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.UNAUTHENTICATED));
    say(line, "Hello there.", "t1");
    assertThat(say(line, "And you?", "t2").notices())
        .containsExactly(
            "ENGINE: second speaks in place of first, which was slow or has failed before");
  }

  @Test
  void aFaultThatMayPassIsTriedAgainUntilPatienceIsOver() {
    firstScript.set(Script.plain().failingAfter(0, FailureKind.UNAVAILABLE));
    RecordingSink sink = say(line(false), "Hello there.", "t1");
    assertThat(second.asked()).isEmpty();
    time.advance(Duration.ofMillis(200));
    assertThat(first.asked()).hasSize(2);
    time.advance(Duration.ofMillis(1_900));
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(second.asked()).hasSize(1);
  }

  @Test
  void aFaultThatPassesIsNeverHeard() {
    firstScript.set(Script.plain().failingAfter(0, FailureKind.UNAVAILABLE));
    RecordingSink sink = say(line(false), "Hello there.", "t1");
    firstScript.set(Script.plain());
    time.advance(Duration.ofMillis(200));
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(second.asked()).isEmpty();
  }

  @Test
  void silenceIsAFaultAfterThePatience() {
    firstScript.set(Script.plain().hangingAfter(0));
    RecordingSink sink = say(line(false), "Hello there.", "t1");
    time.advance(Duration.ofMillis(1_999));
    assertThat(sink.open()).isTrue();
    time.advance(Duration.ofMillis(1));
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(first.cancelled()).hasSize(1);
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
  }

  @Test
  void inMidSentenceTheSameEngineGoesOnAndOnlyAfterASecondFaultTheNextOne() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(2, FailureKind.UNAVAILABLE));
    RecordingSink sink = say(line, "Hello there.", "t1");
    assertThat(sink.outcome()).startsWith("CANCELLED: ").contains("the same", "first");
    assertThat(sink.frames()).hasSize(2);
    time.advance(Duration.ofSeconds(1));
    // when
    RecordingSink rest = say(line, "there.", "t1");
    // then
    assertThat(rest.outcome()).startsWith("CANCELLED: ").contains("another", "first");
    assertThat(first.asked()).hasSize(2);
    // and
    RecordingSink last = say(line, "there.", "t1");
    assertThat(last.outcome()).isEqualTo("end");
    assertThat(last.speakers()).containsExactly("second@16000");
  }

  @Test
  void aFaultThatStaysIsNotTriedOnceMoreInMidSentence() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(2, FailureKind.QUOTA));
    assertThat(say(line, "Hello there.", "t1").outcome()).contains("another");
    assertThat(say(line, "there.", "t1").speakers()).containsExactly("second@16000");
  }

  @Test
  void aTurnThatHasLeftAnEngineDoesNotComeBackButOthersMay() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(1, FailureKind.QUOTA));
    assertThat(say(line, "One.", "t1").outcome()).startsWith("CANCELLED");
    firstScript.set(Script.plain());
    time.advance(Duration.ofMinutes(2));
    assertThat(say(line, "Two.", "t1").speakers()).containsExactly("second@16000");
    assertThat(say(line, "One.", "t2").speakers()).containsExactly("first@24000");
  }

  @Test
  void anEngineThatRecoversIsTriedWithNewTurnsOnly() {
    // given: a turn that begins while the first engine is left alone
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    say(line, "One.", "t0");
    firstScript.set(Script.plain());
    assertThat(say(line, chunk("One.", "t1", 0)).speakers()).containsExactly("second@16000");
    // when
    time.advance(Duration.ofMinutes(2));
    // then
    assertThat(say(line, chunk("Two.", "t1", 1)).speakers()).containsExactly("second@16000");
    assertThat(say(line, chunk("One.", "t2", 0)).speakers()).containsExactly("first@24000");
    assertThat(say(line, chunk("Three.", "t1", 2)).speakers()).containsExactly("second@16000");
  }

  @Test
  void whoSpokeATurnElsewhereGoesOnWithItHere() {
    Utterance moved = new Utterance("Two.", "", "", "", "", TurnPlace.of("t1", 1).by("second", 1));
    assertThat(say(line(false), moved).speakers()).containsExactly("second@16000");
  }

  @Test
  void waitingForRoomIsNotSilenceWhereOthersAreHeard() {
    // given
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().delayed(Duration.ZERO, Duration.ofSeconds(1)));
    say(line, "A long one. ".repeat(20), "t0");
    // when
    firstScript.set(Script.plain().waiting(Duration.ofSeconds(30)));
    RecordingSink sink = say(line, "Hello there.", "t1");
    time.advance(Duration.ofSeconds(29));
    // then
    assertThat(sink.open()).isTrue();
    assertThat(second.asked()).isEmpty();
    time.advance(Duration.ofSeconds(1));
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(sink.speakers()).containsExactly("first@24000");
  }

  @Test
  void aTurnWithoutAVoiceWaitsNoLongerThanThePatienceWhereNobodyIsHeard() {
    firstScript.set(Script.plain().waiting(Duration.ofHours(1)));
    RecordingSink sink = say(line(false), "Hello there.", "t1");
    time.advance(Duration.ofMillis(1_900));
    assertThat(sink.open()).isTrue();
    assertThat(second.asked()).isEmpty();
    time.advance(Duration.ofMillis(600));
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(first.cancelled()).hasSize(1);
  }

  @Test
  void aTurnThatHasAVoiceWaitsFiveTimesThePatienceWhereNobodyIsHeard() {
    firstScript.set(Script.plain().waiting(Duration.ofHours(1)));
    RecordingSink sink = say(line(false), decided("Hello there.", "t1", 1, "first", 1));
    time.advance(Duration.ofMillis(9_900));
    assertThat(sink.open()).isTrue();
    time.advance(Duration.ofMillis(600));
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(first.cancelled()).hasSize(1);
  }

  @Test
  void whoWaitsDoesNotWaitForThoseWhoFailThere() {
    // given: room for one, at a service that takes texts and says nothing
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().hangingAfter(0));
    RecordingSink atIt = say(line, "Hello there.", "t0");
    firstScript.set(Script.plain().waiting(Duration.ofHours(1)));
    RecordingSink waits = say(line, "Hello there.", "t1");
    // when
    time.advance(Duration.ofSeconds(2));
    assertThat(atIt.speakers()).containsExactly("second@16000");
    time.advance(Duration.ofMillis(500));
    // then
    assertThat(waits.speakers()).containsExactly("second@16000");
  }

  @Test
  void whoIsTriedInVainTakesNoRoomFromThoseWhoAreSpoken() {
    // given: an engine with room for many, and one with room for two
    FailoverEngine line =
        new FailoverEngine(
            List.of(voice("many", 24_000, firstScript, 8), voice("two", 16_000, secondScript, 2)),
            new FailoverSettings(Duration.ofSeconds(2), Duration.ofSeconds(15), false),
            time.clock(),
            time,
            meters);
    AtomicInteger more = new AtomicInteger();
    line.onSlots(more::incrementAndGet);
    assertThat(line.slots()).isEqualTo(8);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    say(line, "One.", "t0");
    assertThat(line.slots()).isEqualTo(2);
    // when: who has spoken turns is tried for them, and says nothing
    firstScript.set(Script.plain().hangingAfter(0));
    RecordingSink one = say(line, decided("Two.", "t1", 1, "many", 1));
    RecordingSink other = say(line, decided("Two.", "t2", 1, "many", 1));
    // then
    assertThat(line.slots()).isEqualTo(4);
    assertThat(more).hasValue(2);
    // and
    time.advance(Duration.ofSeconds(2));
    assertThat(one.outcome()).isEqualTo("end");
    assertThat(other.outcome()).isEqualTo("end");
    assertThat(line.slots()).isEqualTo(2);
  }

  @Test
  void whereNobodyWasHeardTheNextOnesDoNotWaitAsLong() {
    // given
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().waiting(Duration.ofHours(1)));
    say(line, "Hello there.", "t1");
    time.advance(Duration.ofSeconds(3));
    // when
    RecordingSink sink = say(line, "Hello there.", "t2");
    time.advance(Duration.ofMillis(500));
    // then
    assertThat(sink.speakers()).containsExactly("second@16000");
    // and who is heard there ends that
    firstScript.set(Script.plain());
    assertThat(say(line, "Hello there.", "t3").speakers()).containsExactly("first@24000");
    firstScript.set(Script.plain().waiting(Duration.ofMillis(1_500)));
    RecordingSink waits = say(line, "Hello there.", "t4");
    time.advance(Duration.ofMillis(1_500));
    assertThat(waits.speakers()).containsExactly("first@24000");
  }

  @ParameterizedTest
  @CsvSource({"REALTIME, 9000, 1", "REALTIME, 4000, 2", "ASAP, 9000, 2"})
  void whatIsHeardLaterWaitsForWhoSpeaksTheTurn(Pace pace, long dueInMs, int speaker) {
    // given: who speaks the turn is away for six seconds
    firstScript.set(Script.plain().failingAfter(0, FailureKind.UNAVAILABLE));
    TurnPlace place = TurnPlace.of("t1", 1).by("first", 1).due(pace, dueInMs);
    RecordingSink sink = say(line(false), new Utterance("Two.", "", "", "", "", place));
    // when
    time.advance(Duration.ofSeconds(6));
    firstScript.set(Script.plain());
    time.advance(Duration.ofMillis(900));
    // then
    assertThat(sink.speakers()).containsExactly(speaker == 1 ? "first@24000" : "second@16000");
  }

  @Test
  void whatIsHeardLaterWaitsAlsoForOneThatIsSilentButNotPastItsTime() {
    firstScript.set(Script.plain().hangingAfter(0));
    TurnPlace place = TurnPlace.of("t1", 1).by("first", 1).due(Pace.REALTIME, 9_000);
    RecordingSink sink = say(line(false), new Utterance("Two.", "", "", "", "", place));
    time.advance(Duration.ofMillis(6_900));
    assertThat(sink.speakers()).isEmpty();
    assertThat(first.cancelled()).isEmpty();
    time.advance(Duration.ofMillis(600));
    assertThat(sink.speakers()).containsExactly("second@16000");
  }

  @Test
  void whoWantsToBeLeftAloneForLongIsLeftAtOnce() {
    List<SpeechSink> engine = new ArrayList<>();
    FailoverEngine line = line(new Told(first, (utterance, sink) -> engine.add(sink)));
    RecordingSink sink = say(line, "Hello there.", "t1");
    engine.get(0).working();
    // when
    engine.get(0).waits(60_000, "asked too often");
    time.advance(Duration.ofMillis(1));
    // then
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(engine).hasSize(1);
  }

  @Test
  void anEngineThatGivesHalfASampleHasFailed() {
    FailoverEngine line =
        line(
            new Told(
                first,
                (utterance, sink) -> {
                  sink.frame(new byte[3], SpeechSink.UNKNOWN, 0);
                  sink.end();
                }));
    RecordingSink sink = say(line, "Hello there.", "t1");
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
  }

  @Test
  void patienceIsForAllTriesTogether() {
    firstScript.set(Script.plain().hangingAfter(0));
    List<SpeechSink> engine = new ArrayList<>();
    FailoverEngine line = line(new Told(first, (utterance, sink) -> engine.add(sink)));
    RecordingSink sink = say(line, decided("Hello there.", "t1", 1, "first", 1));
    // when: it is asked for once more, after a moment for which it had to wait
    engine.get(0).working();
    time.advance(Duration.ofMillis(1_500));
    engine.get(0).waits(0, "");
    time.advance(Duration.ofMillis(1_500));
    engine.get(0).working();
    time.advance(Duration.ofMillis(499));
    // then
    assertThat(sink.speakers()).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(sink.speakers()).containsExactly("second@16000");
  }

  @Test
  void whatWasKeptSaysNothingOfWhoMadeIt() {
    // given: an engine that is left alone, and then may be tried by one
    FailoverEngine line =
        line(
            new Told(
                first,
                (utterance, sink) -> {
                  if (utterance.text().equals("Kept.")) {
                    sink.saved();
                    sink.frame(new byte[2_000], 5, 0);
                    sink.end();
                  } else {
                    first.ask(utterance, sink);
                  }
                }));
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    say(line, "One.", "t0");
    time.advance(Duration.ofSeconds(61));
    // when
    assertThat(say(line, "Kept.", "t1").wasSaved()).isTrue();
    // then
    firstScript.set(Script.plain().hangingAfter(0));
    say(line, "One.", "t2"); // the probe
    assertThat(say(line, "One.", "t3").speakers()).containsExactly("second@16000");
  }

  @Test
  void whoIsLeftAloneMeanwhileIsNamedAmongThoseWhoFailed() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.INVALID_REQUEST));
    secondScript.set(Script.plain().failingAfter(0, FailureKind.UNAVAILABLE));
    RecordingSink sink = say(line, "One.", "t1");
    secondScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    say(line, "One.", "t2");
    // when
    time.advance(Duration.ofMillis(200));
    // then
    assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("first: ", "second: ");
  }

  /** An engine that says what a test says. */
  private record Told(ScriptedVoice voice, BiConsumer<Utterance, SpeechSink> says)
      implements SpeechEngine {
    @Override
    public String name() {
      return voice.name();
    }

    @Override
    public EngineTraits traits() {
      return voice.traits();
    }

    @Override
    public List<Voice> voices() {
      return voice.voices();
    }

    @Override
    public Speech ask(Utterance utterance, SpeechSink sink) {
      return speak(utterance, sink);
    }

    @Override
    public Speech speak(Utterance utterance, SpeechSink sink) {
      says.accept(utterance, sink);
      return () -> {};
    }

    @Override
    public void close() {
      voice.close();
    }
  }

  @Test
  void oneLostConnectionIsOneFaultHoweverManySpokeOverIt() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    for (int i = 0; i < 8; i++) {
      say(line, "One.", "t" + i);
    }
    firstScript.set(Script.plain());
    assertThat(say(line, "One.", "new").speakers()).containsExactly("first@24000");
    assertThat(say(line, "e.", "t3").speakers()).containsExactly("first@24000");
  }

  @Test
  void whoSpeaksATurnIsTriedForItThoughOthersHaveFailedThereAndTwice() {
    // given: an engine that is left alone
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    for (int i = 0; i < 3; i++) {
      say(line, "One.", "t" + i);
      time.advance(Duration.ofSeconds(1));
    }
    firstScript.set(Script.plain());
    assertThat(say(line, "One.", "new").speakers()).containsExactly("second@16000");
    // then
    assertThat(say(line, decided("Two.", "t8", 1, "first", 1)).speakers())
        .containsExactly("first@24000");
    // and
    firstScript.set(Script.plain().failingAfter(0, FailureKind.UNAVAILABLE));
    int asked = first.asked().size();
    RecordingSink sink = say(line, decided("Two.", "t9", 1, "first", 1));
    assertThat(sink.speakers()).isEmpty();
    time.advance(Duration.ofSeconds(2));
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(first.asked()).hasSizeGreaterThan(asked + 1);
  }

  @Test
  void whatIsSaidAgainFromBeforeAChangeIsSaidInTheVoiceOfThen() {
    // given
    FailoverEngine line = line(false);
    say(line, decided("One.", "t1", 0, "first", 1));
    firstScript.set(Script.plain().failingAfter(0, FailureKind.INVALID_REQUEST));
    assertThat(say(line, decided("Three.", "t1", 2, "first", 1)).speakers())
        .containsExactly("second@16000");
    firstScript.set(Script.plain());
    // then
    assertThat(say(line, decided("Two.", "t1", 1, "first", 2)).speakers())
        .containsExactly("first@24000");
    assertThat(say(line, decided("Four.", "t1", 3, "second", 2)).speakers())
        .containsExactly("second@16000");
  }

  @Test
  void twoWorkersThatAreToldWhoSpeaksTheTurnChangeItsVoiceOnce() {
    // given: two workers of one turn, and who speaks it as playback has decided
    FailoverEngine one = line(false);
    FailoverEngine other = line(false);
    assertThat(say(one, after("One.", 0, "", 0)).speakers()).containsExactly("first@24000");
    assertThat(say(other, after("Two.", 1, "first", 1)).speakers()).containsExactly("first@24000");
    // when: the voice changes at one of them
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    assertThat(say(one, after("Three.", 2, "first", 1)).speakers()).containsExactly("second@16000");
    firstScript.set(Script.plain());
    // then: both go on with the new one
    assertThat(say(other, after("Four.", 3, "second", 2)).speakers())
        .containsExactly("second@16000");
    assertThat(say(one, after("Five.", 4, "second", 2)).speakers()).containsExactly("second@16000");
    // and nobody comes back by what was told before the change
    assertThat(say(one, after("Six.", 5, "first", 1)).speakers()).containsExactly("second@16000");
  }

  @Test
  void whoHasLeftAnEngineComesBackToItOnceTheTurnIsSpokenByItElsewhere() {
    // given: chunks 0 and 1 begin at once, and the first engine fails at one worker only
    FailoverEngine one = line(false);
    FailoverEngine other = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.INVALID_REQUEST));
    assertThat(say(one, after("One.", 0, "", 0)).speakers()).containsExactly("second@16000");
    firstScript.set(Script.plain());
    assertThat(say(other, after("Two.", 1, "", 0)).speakers()).containsExactly("first@24000");
    // then
    assertThat(say(one, after("Three.", 2, "first", 1)).speakers()).containsExactly("first@24000");
    assertThat(say(other, after("Four.", 3, "first", 1)).speakers()).containsExactly("first@24000");
  }

  private static Utterance after(String text, int chunk, String engine, int decision) {
    return decided(text, "t1", chunk, engine, decision);
  }

  private static Utterance decided(
      String text, String turn, int chunk, String engine, int decision) {
    return new Utterance(text, "", "", "", "", TurnPlace.of(turn, chunk).by(engine, decision));
  }

  private static Utterance chunk(String text, String turn, int chunk) {
    return new Utterance(text, "", "", "", "", TurnPlace.of(turn, chunk));
  }

  @Test
  void anEngineThatFailsAgainAndAgainIsLeftAloneAndThenTriedByOne() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    for (int i = 0; i < 3; i++) {
      say(line, "One.", "t" + i).outcome();
      time.advance(Duration.ofSeconds(1));
    }
    int asked = first.asked().size();
    assertThat(say(line, "One.", "t4").speakers()).containsExactly("second@16000");
    assertThat(first.asked()).hasSize(asked);
    // when
    time.advance(Duration.ofSeconds(16));
    firstScript.set(Script.plain().hangingAfter(1));
    say(line, "One.", "t5"); // the probe
    RecordingSink other = say(line, "One.", "t6");
    // then
    assertThat(other.speakers()).containsExactly("second@16000");
    assertThat(first.asked()).hasSize(asked + 1);
  }

  @Test
  void anEngineThatIsWellAgainSpeaksAgain() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    say(line, "One.", "t1").outcome();
    firstScript.set(Script.plain());
    assertThat(say(line, "One.", "t2").speakers()).containsExactly("second@16000");
    time.advance(Duration.ofSeconds(61));
    assertThat(say(line, "One.", "t3").speakers()).containsExactly("first@24000");
    assertThat(say(line, "One.", "t4").speakers()).containsExactly("first@24000");
  }

  /** Another voice for hours is no failure of a turn, and yet what an operator wants to know. */
  @Test
  void whoIsLeftAloneAndIsWellAgainIsToldOnce() {
    // given
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    // when: it fails, is tried and fails again, and works
    say(line, "One.", "t1").outcome();
    say(line, "One.", "t2").outcome();
    time.advance(Duration.ofSeconds(61));
    say(line, "One.", "t3").outcome();
    time.advance(Duration.ofSeconds(61));
    firstScript.set(Script.plain());
    say(line, "One.", "t4").outcome();
    // then
    assertThat(log.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "the engine first fails (quota) and is left alone: others speak in its place until it"
                + " is well",
            "the engine first is well again, and speaks");
  }

  @Test
  void whenAllFailEachIsToldAndTheTurnMayTryAllAgain() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    secondScript.set(Script.plain().failingAfter(0, FailureKind.UNAUTHENTICATED));
    RecordingSink sink = say(line, "One.", "t1");
    assertThat(sink.outcome()).startsWith("QUOTA: first: ").contains("second: ");
    secondScript.set(Script.plain());
    assertThat(say(line, "Two.", "t1").outcome()).isEqualTo("end");
  }

  @Test
  void aVoiceIsForTheEngineThatItNamesAndTheOthersUseTheirOwn() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.QUOTA));
    say(line, utterance("One.", "somebody", "t1", true));
    assertThat(first.asked().get(0).voice()).isEqualTo("somebody");
    assertThat(second.asked().get(0).voice()).isEmpty();
    say(line, utterance("Two.", "second/me", "t2", true));
    assertThat(second.asked().get(1).voice()).isEqualTo("me");
    assertThat(first.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "first/nobody"})
  void aNamedVoiceThatItsEngineDoesNotHaveIsToldAndSpokenByNoOther(String voice) {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(0, FailureKind.NOT_FOUND));
    RecordingSink sink = say(line, utterance("One.", voice, "t1", true));
    assertThat(sink.outcome()).startsWith("NOT_FOUND: first: ");
    assertThat(first.asked()).hasSize(1);
    assertThat(second.asked()).isEmpty();
  }

  @Test
  void aNamedVoiceThatIsLostInTheMiddleOfItsTurnLeavesTheRestToTheNextEngine() {
    FailoverEngine line = line(false);
    say(line, utterance("One.", "somebody", "t1", true));
    firstScript.set(Script.plain().failingAfter(0, FailureKind.NOT_FOUND));
    RecordingSink sink = say(line, utterance("Two.", "somebody", "t1", false));
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(sink.speakers()).containsExactly("second@16000");
  }

  @Test
  void aHedgedFirstChunkIsSpokenByWhoeverSoundsFirstAndTheOtherIsCancelled() {
    FailoverEngine line = line(true);
    firstScript.set(Script.plain().delayed(Duration.ofMillis(100), Duration.ZERO));
    for (int i = 0; i < 8; i++) {
      RecordingSink usual = say(line, "Usual.", "u" + i);
      time.advance(Duration.ofMillis(100));
      assertThat(usual.outcome()).isEqualTo("end");
    }
    firstScript.set(Script.plain().delayed(Duration.ofMillis(900), Duration.ZERO));
    secondScript.set(Script.plain().delayed(Duration.ofMillis(50), Duration.ZERO));
    // when
    RecordingSink sink = say(line, "Hello there.", "t1");
    time.advance(Duration.ofMillis(150));
    // then
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(first.cancelled()).hasSize(1);
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
    // and whoever won keeps the turn
    assertThat(say(line, chunk("Two.", "t1", 1)).speakers()).isEmpty();
    time.advance(Duration.ofMillis(50));
    assertThat(second.asked()).hasSize(2);
    assertThat(sink.asked()).isEqualTo(2 * "Hello there.".length());
    // and a later chunk is not hedged
    line.speak(utterance("Later.", "", "t2", false), new RecordingSink());
    time.advance(Duration.ofMillis(500));
    assertThat(second.asked()).hasSize(2);
  }

  @Test
  void whoWaitsForRoomIsNotHedged() {
    // given
    FailoverEngine line = line(true);
    firstScript.set(Script.plain().delayed(Duration.ofMillis(100), Duration.ZERO));
    for (int i = 0; i < 8; i++) {
      say(line, "Usual.", "u" + i);
      time.advance(Duration.ofMillis(100));
    }
    firstScript.set(
        Script.plain()
            .waiting(Duration.ofSeconds(1))
            .delayed(Duration.ofMillis(90), Duration.ZERO));
    // when
    RecordingSink sink = say(line, "Hello there.", "t1");
    time.advance(Duration.ofSeconds(2));
    // then
    assertThat(sink.speakers()).containsExactly("first@24000");
    assertThat(second.asked()).isEmpty();
  }

  @Test
  void aFirstChunkIsNotHedgedOnceItIsKnownWhoSpeaksTheTurn() {
    // given
    FailoverEngine line = line(true);
    firstScript.set(Script.plain().delayed(Duration.ofMillis(100), Duration.ZERO));
    for (int i = 0; i < 8; i++) {
      say(line, "Usual.", "u" + i);
      time.advance(Duration.ofMillis(100));
    }
    firstScript.set(Script.plain().delayed(Duration.ofMillis(900), Duration.ZERO));
    // when
    RecordingSink sink = say(line, decided("Hello there.", "t1", 0, "first", 1));
    time.advance(Duration.ofSeconds(1));
    // then
    assertThat(sink.speakers()).containsExactly("first@24000");
    assertThat(second.asked()).isEmpty();
  }

  @Test
  void whoeverLosesTheRaceIsCancelledAtOnceAndNotHeard() {
    // given
    FailoverEngine line = line(true);
    firstScript.set(Script.plain().delayed(Duration.ofMillis(100), Duration.ZERO));
    for (int i = 0; i < 8; i++) {
      say(line, "Usual.", "u" + i);
      time.advance(Duration.ofMillis(100));
    }
    firstScript.set(Script.plain().delayed(Duration.ofMillis(170), Duration.ZERO));
    secondScript.set(Script.plain().delayed(Duration.ofMillis(50), Duration.ofMillis(100)));
    RecordingSink sink = say(line, "Hello there.", "t1");
    // when: the second begins after the usual time, and sounds just before the first
    time.advance(Duration.ofMillis(150));
    // then
    assertThat(sink.open()).isTrue();
    assertThat(first.cancelled()).hasSize(1);
    // and
    time.advance(Duration.ofSeconds(20));
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(sink.speakers()).containsExactly("second@16000");
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
  }

  @Test
  void aCancelReachesWhoeverIsAtIt() {
    firstScript.set(Script.plain().hangingAfter(1));
    RecordingSink sink = new RecordingSink();
    Speech speech = line(false).speak(Utterance.of("Hello there."), sink);
    time.advance(Duration.ZERO);
    speech.cancel();
    sink.cancelled();
    time.advance(Duration.ofSeconds(10));
    assertThat(first.speaking() + second.speaking()).isZero();
    assertThat(sink.faults()).isEmpty();
    assertThat(sink.open()).isTrue();
  }

  private FailoverEngine line(boolean hedge) {
    return line(first, hedge);
  }

  private FailoverEngine line(SpeechEngine one) {
    return line(one, false);
  }

  private FailoverEngine line(SpeechEngine one, boolean hedge) {
    return new FailoverEngine(
        List.of(one, second),
        new FailoverSettings(Duration.ofSeconds(2), Duration.ofSeconds(15), hedge),
        time.clock(),
        time,
        meters);
  }

  private RecordingSink say(FailoverEngine line, String text, String turn) {
    return say(line, utterance(text, "", turn, true));
  }

  private static Utterance utterance(String text, String voice, String turn, boolean first) {
    return new Utterance(text, voice, "", "", "", TurnPlace.of(turn, first ? 0 : 1));
  }

  private RecordingSink say(FailoverEngine line, Utterance utterance) {
    RecordingSink sink = new RecordingSink();
    line.speak(utterance, sink);
    time.advance(Duration.ZERO); // voices without a delay sound at once
    return sink;
  }

  private ScriptedVoice voice(String name, int rate, AtomicReference<Script> script) {
    return voice(name, rate, script, 0);
  }

  private ScriptedVoice voice(
      String name, int rate, AtomicReference<Script> script, int maxConcurrent) {
    return new ScriptedVoice(
        name, new EngineTraits(true, rate, Set.of(), maxConcurrent), any -> script.get(), time);
  }
}
