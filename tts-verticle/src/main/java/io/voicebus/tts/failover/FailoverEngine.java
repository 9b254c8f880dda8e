package io.voicebus.tts.failover;

import io.voicebus.bus.Clock;
import io.voicebus.bus.Meters;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.time.Delays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several engines in an order: the first one that works speaks; when it fails, the next one does. A
 * turn stays with its engine as long as that one can speak, so that its voice changes at most once.
 *
 * <p>Before the first sound of an utterance the next engine takes over here, without the listener
 * noticing. After it, the utterance fails as {@code CANCELLED}, which is not an error: the caller
 * asks again for the rest, from the first word that was not wholly delivered. Thread-safe.
 */
public final class FailoverEngine implements SpeechEngine {
  static final String NAME = "engines";

  /** This many utterances that failed here move to the next engine at once. */
  private static final int MOST_ELSEWHERE = 200;

  private static final Logger LOG = LoggerFactory.getLogger(FailoverEngine.class);

  private final List<EngineHealth> line;
  private final FailoverSettings settings;
  private final Clock clock;
  private final Delays delays;
  private final TurnVoices turns;
  private volatile Runnable onMore = () -> {};
  private volatile boolean closed;

  /** An engine that may speak, and the voice that it would use; empty for its default. */
  record Candidate(EngineHealth health, String voice) {
    String name() {
      return health.name();
    }
  }

  /**
   * Creates an engine out of several ones.
   *
   * @param delays timers that go by the same clock
   */
  public FailoverEngine(
      List<SpeechEngine> engines,
      FailoverSettings settings,
      Clock clock,
      Delays delays,
      Meters meters) {
    this.turns = new TurnVoices(engines.stream().map(SpeechEngine::name).toList(), meters);
    this.line =
        engines.stream().map(one -> new EngineHealth(one, settings.probe(), clock)).toList();
    this.settings = settings;
    this.clock = clock;
    this.delays = delays;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * The traits of the first engine. An utterance's frames have the rate of the engine that speaks
   * it.
   */
  @Override
  public EngineTraits traits() {
    EngineTraits first = line.get(0).engine().traits();
    return new EngineTraits(
        false, first.sampleRateHz(), Set.of(), first.maxConcurrent(), first.speeds());
  }

  /**
   * The slots of the first engine that works, and one for each utterance that another engine has,
   * so that an utterance that is retried for some seconds does not keep others waiting.
   */
  @Override
  public int slots() {
    EngineHealth speaking =
        line.stream()
            .filter(EngineHealth::speaks)
            .findFirst()
            .orElseGet(() -> line.get(line.size() - 1));
    long elsewhere = line.stream().filter(one -> one != speaking).mapToInt(EngineHealth::has).sum();
    long slots = speaking.engine().slots() + Math.min(MOST_ELSEWHERE, elsewhere);
    return (int) Math.min(Integer.MAX_VALUE, slots);
  }

  @Override
  public boolean behind() {
    return line.stream().anyMatch(one -> one.engine().behind());
  }

  @Override
  public void onSlots(Runnable more) {
    onMore = more;
    line.forEach(one -> one.engine().onSlots(more));
  }

  @Override
  public List<Voice> voices() {
    return line.stream().flatMap(one -> one.engine().voices().stream()).toList();
  }

  /** Completes when one engine is ready; fails if none can be. */
  @Override
  public CompletionStage<Void> warm() {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (EngineHealth one : line) {
      CompletableFuture<Void> warm = one.engine().warm().toCompletableFuture();
      all.add(warm);
      warm.whenComplete(
          (done, why) -> {
            if (why == null) {
              ready.complete(done);
            } else if (!closed) { // what is given up on purpose is no news
              LOG.warn("the engine {} is not ready: {}", one.name(), why.getMessage());
            }
          });
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .whenComplete(
            (done, why) -> {
              if (why != null) {
                ready.completeExceptionally(why); // no effect if one is ready
              }
            });
    return ready;
  }

  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    FailoverSpeech speech =
        new FailoverSpeech(
            turns,
            utterance,
            owner(utterance.voice()).name(),
            candidates(utterance),
            settings,
            clock,
            delays,
            () -> onMore.run(),
            sink);
    speech.begin();
    return speech;
  }

  /**
   * The engines in the order in which they are tried: the one that speaks the turn, the one whose
   * voice was asked for, the others, and last those that the turn has left.
   */
  private List<Candidate> candidates(Utterance utterance) {
    TurnPlace place = utterance.place();
    String speaks = turns.engine(place);
    String asked = utterance.voice();
    EngineHealth owner = owner(asked);
    return line.stream()
        .map(one -> new Candidate(one, one == owner ? Voice.local(asked, one.name()) : ""))
        .sorted(
            Comparator.comparingInt(
                one -> {
                  if (one.name().equals(speaks)) {
                    return 0;
                  }
                  boolean left = turns.left(place, one.name());
                  return left ? 3 : one.health() == owner ? 1 : 2;
                }))
        .toList();
  }

  /**
   * The engine of a voice: the one named before the slash, or the one that lists the voice, or the
   * first.
   */
  private EngineHealth owner(String voice) {
    for (EngineHealth one : line) {
      if (!Voice.local(voice, one.name()).equals(voice)) {
        return one;
      }
    }
    for (EngineHealth one : line) {
      if (one.engine().voices().stream().anyMatch(known -> known.id().equals(voice))) {
        return one;
      }
    }
    return line.get(0);
  }

  @Override
  public void close() {
    closed = true;
    line.forEach(one -> one.engine().close());
  }
}
