package io.voicebus.tts.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Turns text into PCM, in one or more voices. Thread-safe. */
public interface SpeechEngine extends AutoCloseable {
  /** The engine's name in settings, such as {@code embedded}. */
  String name();

  /** Its properties, which never change. */
  EngineTraits traits();

  /**
   * The voices that are known without a request to a service or program. The first one is the
   * default. May be empty.
   */
  List<Voice> voices();

  /**
   * Completes when an utterance need not wait for loading or connecting; fails if that is
   * impossible. Callers may speak earlier; that is only slower.
   */
  default CompletionStage<Void> warm() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Asks the service or program which voices can be used now. The request costs nothing. Fails with
   * a {@link io.voicebus.bus.VoicebusException} if no voice can be used.
   */
  default CompletionStage<List<Voice>> offered() {
    return CompletableFuture.completedFuture(voices());
  }

  /**
   * Everything but voice and text that determines the sound, as a part of keys of the cache. It has
   * no secrets and never changes.
   */
  default String setup() {
    return "";
  }

  /**
   * How many utterances it can speak at once now, as far as that is known; further ones wait. Call
   * it from any thread.
   */
  default int slots() {
    int most = traits().maxConcurrent();
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  /**
   * Whether it delays utterances that are not due yet because this process is overloaded. Other
   * workers should then be preferred. Call it from any thread.
   */
  default boolean behind() {
    return false;
  }

  /** Sets a task that runs, on any thread, each time {@link #slots()} has grown. */
  default void onSlots(Runnable more) {}

  /**
   * Starts speaking. Never blocks. The sink is called from any thread, in order, one call at a
   * time, perhaps before this returns; the last call is exactly one {@code end} or {@code fail},
   * unless the speech is cancelled first.
   */
  Speech speak(Utterance utterance, SpeechSink sink);

  /**
   * Starts speaking, and reports to the sink when work begins and how many characters were given to
   * the engine. The default is for engines whose utterances never wait; all others override it.
   */
  default Speech ask(Utterance utterance, SpeechSink sink) {
    sink.working();
    sink.asked(utterance.text().length());
    return speak(utterance, sink);
  }

  /**
   * Releases all resources. Utterances that have not ended fail with {@code UNAVAILABLE}.
   * Idempotent.
   */
  @Override
  void close();
}
