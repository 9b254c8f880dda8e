package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailoverEngineTest {
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
    firstScript.set(Script.plain().failingAfter(0, FailureKind.RATE_LIMITED));
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
  void inMidSentenceTheRestIsHandedBackAndTheNextEngineGetsIt() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(2, FailureKind.UNAVAILABLE));
    RecordingSink sink = say(line, "Hello there.", "t1");
    assertThat(sink.outcome()).startsWith("CANCELLED: ").contains("first");
    assertThat(sink.frames()).hasSize(2);
    // when
    RecordingSink rest = say(line, "there.", "t1");
    // then
    assertThat(rest.outcome()).isEqualTo("end");
    assertThat(rest.speakers()).containsExactly("second@16000");
    assertThat(first.asked()).hasSize(1);
  }

  @Test
  void aTurnThatHasLeftAnEngineDoesNotComeBackButOthersMay() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    assertThat(say(line, "One.", "t1").outcome()).startsWith("CANCELLED");
    firstScript.set(Script.plain());
    assertThat(say(line, "Two.", "t1").speakers()).containsExactly("second@16000");
    assertThat(say(line, "One.", "t2").speakers()).containsExactly("first@24000");
  }

  @Test
  void anEngineThatFailsAgainAndAgainIsLeftAloneAndThenTriedByOne() {
    FailoverEngine line = line(false);
    firstScript.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    for (int i = 0; i < 3; i++) {
      say(line, "One.", "t" + i).outcome();
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
    firstScript.set(Script.plain().failingAfter(0, FailureKind.NOT_FOUND));
    say(line, new Utterance("One.", "somebody", "", "", "t1", true, Pace.REALTIME));
    assertThat(first.asked().get(0).voice()).isEqualTo("somebody");
    assertThat(second.asked().get(0).voice()).isEmpty();
    say(line, new Utterance("Two.", "second/me", "", "", "t2", true, Pace.REALTIME));
    assertThat(second.asked().get(1).voice()).isEqualTo("me");
    assertThat(first.asked()).hasSize(1);
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
    assertThat(sink.asked()).isEqualTo(2 * "Hello there.".length());
    // and a later chunk is not hedged
    line.speak(
        new Utterance("Later.", "", "", "", "t2", false, Pace.REALTIME), new RecordingSink());
    time.advance(Duration.ofMillis(500));
    assertThat(second.asked()).hasSize(1);
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
    return new FailoverEngine(
        List.of(first, second),
        new FailoverSettings(Duration.ofSeconds(2), Duration.ofSeconds(15), hedge),
        time.clock(),
        time);
  }

  private RecordingSink say(FailoverEngine line, String text, String turn) {
    return say(line, new Utterance(text, "", "", "", turn, true, Pace.REALTIME));
  }

  private RecordingSink say(FailoverEngine line, Utterance utterance) {
    RecordingSink sink = new RecordingSink();
    line.speak(utterance, sink);
    time.advance(Duration.ZERO); // voices without a delay sound at once
    return sink;
  }

  private ScriptedVoice voice(String name, int rate, AtomicReference<Script> script) {
    return new ScriptedVoice(
        name, new EngineTraits(true, rate, Set.of(), 0), any -> script.get(), time);
  }
}
