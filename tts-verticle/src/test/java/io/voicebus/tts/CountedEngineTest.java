package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meters;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.ForwardingEngine;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.SteppedDelays;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CountedEngineTest {
  private final SteppedDelays time = new SteppedDelays();
  private final Meters meters = new Meters();
  private final AtomicReference<Script> script = new AtomicReference<>(Script.plain());
  private final SpeechEngine counted = new CountedEngine(voice(script), meters);

  private ScriptedVoice voice(AtomicReference<Script> plan) {
    return new ScriptedVoice(new EngineTraits(false, 24_000, Set.of(), 0), any -> plan.get(), time);
  }

  private RecordingSink say(SpeechEngine engine, String text) {
    RecordingSink sink = new RecordingSink();
    engine.ask(new Utterance(text, "", "", ""), sink);
    time.advance(Duration.ofSeconds(5));
    return sink;
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    meters.read((meter, labels, value) -> counts.put(meter.name() + labels, value.sum()));
    return counts;
  }

  @Test
  void whatAnEngineIsAskedForIsCountedAndHeardUnchanged() {
    RecordingSink plain = say(voice(script), "Hello there.");
    RecordingSink sink = say(counted, "Hello there.");
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo("Hello there.");
    assertThat(sink.progress()).isEqualTo(plain.progress());
    assertThat(sink.asked()).isEqualTo(plain.asked());
    assertThat(counts())
        .containsEntry("voicebus.engine.utterances[scripted]", 1L)
        .containsEntry("voicebus.engine.characters[scripted]", 12L);
    assertThat(failures().values()).containsOnly(0L);
  }

  private Map<String, Long> failures() {
    Map<String, Long> counts = counts();
    counts.keySet().removeIf(name -> !name.startsWith("voicebus.engine.failures"));
    return counts;
  }

  /** A rate shows the first failure only if there was a 0 before it. */
  @Test
  void anEngineThatHasNotFailedHasFailedNoTimesWithEachKind() {
    assertThat(failures()).hasSize(FailureKind.values().length);
    assertThat(counts())
        .containsEntry("voicebus.engine.utterances[scripted]", 0L)
        .containsEntry("voicebus.engine.failures[scripted, unauthenticated]", 0L);
  }

  @Test
  void aFailureIsCountedByItsKind() {
    script.set(Script.plain().failingAfter(1, FailureKind.RATE_LIMITED));
    RecordingSink sink = say(counted, "Hello there.");
    assertThat(sink.outcome()).isNotEqualTo("end");
    assertThat(counts()).containsEntry("voicebus.engine.failures[scripted, rate-limited]", 1L);
  }

  /** What has a default would be lost without a word. */
  @Test
  void nothingThatAnEngineTellsIsLostOnTheWay() {
    List<String> told = new ArrayList<>();
    SpeechSink all = recording(told);
    SpeechEngine telling =
        new ForwardingEngine(voice(script)) {
          @Override
          public Speech speak(Utterance utterance, SpeechSink sink) {
            sink.spokenBy(this, "voice");
            sink.format(8_000);
            sink.working();
            sink.waits(1, "busy");
            sink.asked(2);
            sink.notice(SpeechNotice.Kind.SPEED, "as fast as it can");
            sink.saved();
            sink.frame(new byte[2], 3, 4);
            sink.end();
            return () -> {};
          }
        };
    new CountedEngine(telling, meters).speak(new Utterance("Hello.", "", "", ""), all);
    assertThat(told)
        .containsExactly(
            "spokenBy", "format", "working", "waits", "asked", "notice", "saved", "frame", "end");
  }

  private static SpeechSink recording(List<String> told) {
    return (SpeechSink)
        Proxy.newProxyInstance(
            SpeechSink.class.getClassLoader(),
            new Class<?>[] {SpeechSink.class},
            (proxy, method, arguments) -> {
              told.add(method.getName());
              return null;
            });
  }
}
