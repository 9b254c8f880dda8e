package io.voicebus.launcher.replay;

import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.time.Delays;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An engine that speaks the recorded samples, at the recorded times. */
public final class RecordedVoice implements SpeechEngine {
  /** The name that settings choose it by. */
  public static final String NAME = "recorded";

  private final RecordedSpeech recorded;
  private final ReplaySpeed speed;
  private final Clock clock;
  private final Delays delays;
  private final Set<Take> active = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public RecordedVoice(RecordedSpeech recorded, ReplaySpeed speed, Clock clock, Delays delays) {
    this.recorded = recorded;
    this.speed = speed;
    this.clock = clock;
    this.delays = delays;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return traits(recorded.rateHz());
  }

  /** It goes on by words, and is as fast as it was asked to be then. */
  private static EngineTraits traits(int rateHz) {
    return new EngineTraits(false, rateHz, Set.of(), 0, SpeedRange.ANY);
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice("", "as recorded", ""));
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    RecordedSpeech.Speech speech = recorded.speak(utterance.place().chunk(), utterance.text());
    Take take = new Take(speech, sink);
    active.add(take);
    if (closed) {
      take.fail(FailureKind.UNAVAILABLE, "the recording was closed");
    } else {
      take.begin();
    }
    return take;
  }

  @Override
  public void close() {
    closed = true;
    active.forEach(take -> take.fail(FailureKind.UNAVAILABLE, "the recording was closed"));
  }

  /** One utterance. */
  private final class Take implements Speech {
    private final RecordedSpeech.Speech speech;
    private final SpeechSink sink;
    private final long askedAt = clock.nanoTime();
    private int next;
    private boolean over;

    Take(RecordedSpeech.Speech speech, SpeechSink sink) {
      this.speech = speech;
      this.sink = sink;
    }

    synchronized void begin() {
      int slash = speech.engine().indexOf('/');
      int at = speech.engine().lastIndexOf('@');
      String voice = slash < 0 || at < slash ? "" : speech.engine().substring(slash + 1, at);
      String engine = slash < 0 ? speech.engine() : speech.engine().substring(0, slash);
      sink.spokenBy(new NamedSpeaker(engine, traits(speech.rateHz())), voice);
      await();
    }

    private void await() {
      long due = next < speech.pieces().size() ? speech.pieces().get(next).atNanos() : 0;
      long nanos = speed.replayed(due) - (clock.nanoTime() - askedAt);
      delays.after(Duration.ofNanos(Math.max(0, nanos)), this::run);
    }

    private synchronized void run() {
      while (!over) {
        if (next == speech.pieces().size()) {
          last();
          return;
        }
        SpokenPiece piece = speech.pieces().get(next);
        if (clock.nanoTime() - askedAt < speed.replayed(piece.atNanos())) {
          await();
          return;
        }
        next++;
        sink.frame(piece.pcm(), piece.spokenChars(), piece.wordSamples());
      }
    }

    private void last() {
      close();
      Failure why = speech.failure();
      if (why == null) {
        sink.end();
      } else {
        sink.fail(why.kind(), why.detail());
      }
    }

    synchronized void fail(FailureKind kind, String detail) {
      if (!over) {
        close();
        sink.fail(kind, detail);
      }
    }

    @Override
    public synchronized void cancel() {
      close();
    }

    private void close() {
      over = true;
      active.remove(this);
    }
  }

  /** Who spoke in the recording: nobody speaks with it. */
  private record NamedSpeaker(String name, EngineTraits traits) implements SpeechEngine {
    @Override
    public List<Voice> voices() {
      return List.of();
    }

    @Override
    public Speech speak(Utterance utterance, SpeechSink sink) {
      throw new UnsupportedOperationException("it only has a name");
    }

    @Override
    public void close() {}
  }
}
