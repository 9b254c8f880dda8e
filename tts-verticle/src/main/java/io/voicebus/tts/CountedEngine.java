package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.ForwardingEngine;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts an engine's requests, characters and failures in the meters of the process. Thread-safe.
 */
final class CountedEngine extends ForwardingEngine {
  private static final Meter UTTERANCES =
      Meter.counter(
          "voicebus.engine.utterances", "Utterances that an engine was asked for.", "engine");

  private static final Meter FAILURES =
      Meter.counter(
          "voicebus.engine.failures",
          "Utterances that an engine could not say, or not to their end.",
          "engine",
          "kind");

  private static final Meter CHARACTERS =
      Meter.counter(
          "voicebus.engine.characters",
          "Characters that an engine was given and took, each time.",
          "engine");

  private final Meters meters;

  CountedEngine(SpeechEngine engine, Meters meters) {
    super(engine);
    this.meters = meters;
    // A rate begins with a 0: an engine that fails once and is then left alone would be in none.
    meters.of(UTTERANCES, name());
    meters.of(CHARACTERS, name());
    for (FailureKind kind : FailureKind.values()) {
      failures(kind);
    }
  }

  private LongAdder failures(FailureKind kind) {
    return meters.of(FAILURES, name(), kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    meters.of(UTTERANCES, name()).increment();
    return engine.speak(utterance, new Counting(sink));
  }

  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    meters.of(UTTERANCES, name()).increment();
    return engine.ask(utterance, new Counting(sink));
  }

  /** Passes on what an engine says. */
  private final class Counting implements SpeechSink {
    private final SpeechSink sink;

    Counting(SpeechSink sink) {
      this.sink = sink;
    }

    @Override
    public void spokenBy(SpeechEngine who, String voice) {
      sink.spokenBy(who, voice);
    }

    @Override
    public void format(int sampleRateHz) {
      sink.format(sampleRateHz);
    }

    @Override
    public void working() {
      sink.working();
    }

    @Override
    public void waits(long atLeastMs, String why) {
      sink.waits(atLeastMs, why);
    }

    @Override
    public void asked(int chars) {
      meters.of(CHARACTERS, name()).add(chars);
      sink.asked(chars);
    }

    @Override
    public void saved() {
      sink.saved();
    }

    @Override
    public void notice(SpeechNotice.Kind kind, String detail) {
      sink.notice(kind, detail);
    }

    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {
      sink.frame(pcm, spokenChars, wordSamples);
    }

    @Override
    public void unconfirmed() {
      sink.unconfirmed();
    }

    @Override
    public void end() {
      sink.end();
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      failures(kind).increment();
      sink.fail(kind, detail);
    }
  }
}
