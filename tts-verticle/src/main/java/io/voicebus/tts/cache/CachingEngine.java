package io.voicebus.tts.cache;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.ForwardingEngine;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that keeps the frames of its utterances and replays them, with their progress, for an
 * equal utterance. It keeps only speech whose end the engine confirmed. Thread-safe.
 */
public final class CachingEngine extends ForwardingEngine {
  private static final Logger LOG = LoggerFactory.getLogger(CachingEngine.class);

  private final SpeechCache cache;

  /**
   * Puts a cache before an engine, and closes the engine with itself. Engines may share a cache.
   */
  public CachingEngine(SpeechEngine engine, SpeechCache cache) {
    super(engine);
    this.cache = cache;
  }

  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    Asked asked = new Asked(utterance, sink);
    cache.find(asked.key, asked::found);
    return asked;
  }

  private String key(Utterance utterance) {
    String voice = utterance.voice();
    if (voice.isEmpty() && !engine.voices().isEmpty()) {
      voice = engine.voices().get(0).id();
    }
    String setup = engine.setup();
    if (utterance.speed() != 0) {
      setup += " at " + traits().speeds().nearest(utterance.speed());
    }
    if (!utterance.language().isEmpty()) { // "Paris." is said otherwise in each
      setup += " in " + utterance.language();
    }
    return SpeechCache.key(engine.name(), setup, voice, utterance.text());
  }

  /** One utterance, from the engine or from the cache. */
  private final class Asked implements SpeechSink, Speech {
    private final Utterance utterance;
    private final OnceSink sink;
    private final String key;
    private final SpeechRecording recording;
    private int sampleRateHz = engine.traits().sampleRateHz();
    private @Nullable Speech speech;

    Asked(Utterance utterance, SpeechSink sink) {
      this.utterance = utterance;
      this.key = key(utterance);
      this.recording = new SpeechRecording(cache, key);
      this.sink = new OnceSink(sink, recording::giveUp);
    }

    void found(Optional<SavedSpeech> known) {
      if (sink.closed()) {
        return;
      }
      if (known.isPresent()) {
        sink.saved();
        known.get().replay(sink);
        sink.end();
        return;
      }
      Speech begun;
      try {
        begun = engine.ask(utterance, this);
      } catch (RuntimeException e) {
        // The thread that looked into the folder has no caller that could be told.
        LOG.error("the engine {} threw", engine.name(), e);
        sink.fail(FailureKind.INTERNAL, engine.name() + " failed: " + e);
        return;
      }
      synchronized (this) {
        speech = begun;
      }
      if (sink.closed()) {
        begun.cancel();
      }
    }

    @Override
    public void asked(int chars) {
      sink.asked(chars);
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
    public void notice(SpeechNotice.Kind kind, String detail) {
      sink.notice(kind, detail);
    }

    @Override
    public void format(int hz) {
      sampleRateHz = hz;
      sink.format(hz);
    }

    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {
      recording.add(pcm, spokenChars, wordSamples);
      sink.frame(pcm, spokenChars, wordSamples);
    }

    @Override
    public void unconfirmed() {
      recording.giveUp();
      sink.unconfirmed();
    }

    @Override
    public void end() {
      recording.save(sampleRateHz);
      sink.end();
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      sink.fail(kind, detail);
    }

    @Override
    public void cancel() {
      sink.cancel();
      Speech begun;
      synchronized (this) {
        begun = speech;
      }
      if (begun != null) {
        begun.cancel();
      }
    }
  }
}
