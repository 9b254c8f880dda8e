package io.voicebus.tts.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A voice that turns text into PCM. Thread-safe. */
public interface SpeechEngine extends AutoCloseable {
  /** The name that settings choose it by, such as {@code embedded}. */
  String name();

  /** What a caller may count on; fixed for the engine's life. */
  EngineTraits traits();

  /** The voices known without asking anybody; the first is the default. May be empty. */
  List<Voice> voices();

  /**
   * Completes once an utterance need not wait for loading or connecting; fails if that cannot be.
   * Speaking before is allowed, and only slower.
   */
  default CompletionStage<Void> warm() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Asks the service or program which voices can be used now, at no cost; fails with a {@link
   * io.voicebus.bus.VoicebusException} if none can.
   */
  default CompletionStage<List<Voice>> offered() {
    return CompletableFuture.completedFuture(voices());
  }

  /** All that decides how it sounds, besides voice and text; no key. Fixed for its life. */
  default String setup() {
    return "";
  }

  /**
   * How many utterances it takes at once now, as far as it is known; what is given to it beyond
   * that waits. From any thread.
   */
  default int slots() {
    int most = traits().maxConcurrent();
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  /**
   * Whether it keeps back what is not due, since this process cannot keep up: then others are
   * better asked. From any thread.
   */
  default boolean behind() {
    return false;
  }

  /** Says what to do, on any thread, whenever {@link #slots()} has grown. */
  default void onSlots(Runnable more) {}

  /**
   * Starts speaking. Never blocks. The sink is called from any thread, in order, one call at a
   * time, perhaps before this returns; the last call is exactly one {@code end} or {@code fail},
   * unless the speech is cancelled first.
   */
  Speech speak(Utterance utterance, SpeechSink sink);

  /**
   * Speaks, and has the sink told when somebody is at it, and what was asked of whom. This is for
   * engines to which an utterance never waits; all others tell it themselves.
   */
  default Speech ask(Utterance utterance, SpeechSink sink) {
    sink.working();
    sink.asked(utterance.text().length());
    return speak(utterance, sink);
  }

  /** Frees everything. Speeches under way fail with {@code UNAVAILABLE}. Idempotent. */
  @Override
  void close();
}
