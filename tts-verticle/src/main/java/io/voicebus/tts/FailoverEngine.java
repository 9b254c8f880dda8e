package io.voicebus.tts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicebus.bus.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engines in an order: the first that is well speaks, and when it fails, the next. A turn that has
 * left an engine does not come back to it, so that the voice changes once only.
 *
 * <p>Before the first sound of an utterance another engine takes over here, unheard. After it, the
 * speech fails as {@code CANCELLED}, which is no failure: the rest is to be asked for again, from
 * the first word that was not wholly heard, and the next engine gets it. Thread-safe.
 */
final class FailoverEngine implements SpeechEngine {
  static final String NAME = "engines";

  /** Of so many turns it is known which engines they have left. */
  private static final int REMEMBERED_TURNS = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(FailoverEngine.class);

  private final List<EngineHealth> line;
  private final FailoverSettings settings;
  private final Clock clock;
  private final Delays delays;
  private final Cache<String, Set<String>> left =
      Caffeine.newBuilder().maximumSize(REMEMBERED_TURNS).build();

  /** An engine that may speak, and the voice that it would use; empty for its default. */
  record Candidate(EngineHealth health, String voice) {}

  FailoverEngine(
      List<SpeechEngine> engines, FailoverSettings settings, Clock clock, Delays delays) {
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

  /** Of the first one: but an utterance's frames have the rate of the one that speaks it. */
  @Override
  public EngineTraits traits() {
    EngineTraits first = line.get(0).engine().traits();
    return new EngineTraits(false, first.sampleRateHz(), Set.of(), first.maxConcurrent());
  }

  @Override
  public boolean announces() {
    return true;
  }

  @Override
  public List<Voice> voices() {
    return line.stream().flatMap(one -> one.engine().voices().stream()).toList();
  }

  /** Completes with the first that is ready; fails if none will be. */
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
            } else {
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
        new FailoverSpeech(this, utterance, candidates(utterance), settings, clock, delays, sink);
    speech.begin();
    return speech;
  }

  /** The one first whose voice was asked for, and last, for want of better, what the turn left. */
  private List<Candidate> candidates(Utterance utterance) {
    Set<String> gone = left.asMap().getOrDefault(utterance.turn(), Set.of());
    List<EngineHealth> there = line.stream().filter(one -> !gone.contains(one.name())).toList();
    if (there.isEmpty()) {
      there = line;
    }
    String asked = utterance.voice();
    EngineHealth owner = owner(asked);
    List<Candidate> all = new ArrayList<>();
    for (EngineHealth one : there) {
      boolean owns = one == owner;
      Candidate candidate = new Candidate(one, owns ? Voice.local(asked, one.name()) : "");
      all.add(owns ? 0 : all.size(), candidate);
    }
    return all;
  }

  /** Whose voice it is: the one named before the slash, or that knows it, or the first. */
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

  /** The turn goes on without this engine, and if it has left all others, with those. */
  void leave(String turn, String engine) {
    if (!turn.isEmpty()) {
      left.asMap()
          .compute(
              turn,
              (key, gone) -> {
                Set<String> more = new HashSet<>(gone == null ? Set.of() : gone);
                more.add(engine);
                return more.size() < line.size() ? more : Set.of(engine);
              });
    }
  }

  /** Nobody could speak for the turn: its next chunk may try all again. */
  void forget(String turn) {
    left.invalidate(turn);
  }

  /** The line, for who reports on it. */
  List<EngineHealth> line() {
    return line;
  }

  @Override
  public void close() {
    line.forEach(one -> one.engine().close());
  }
}
