package io.voicebus.tts;

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
   * Asks whoever knows which voices can be used now, at no cost; fails with a {@link
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
   * Whether others may speak in its place, with traits of their own: then the sink is told {@link
   * SpeechSink#spokenBy} before the first frame.
   */
  default boolean announces() {
    return false;
  }

  /**
   * Starts speaking. Never blocks. The sink is called from any thread, in order, one call at a
   * time, perhaps before this returns; the last call is exactly one {@code end} or {@code fail},
   * unless the speech is cancelled first.
   */
  Speech speak(Utterance utterance, SpeechSink sink);

  /** Has the sink told of it, and speaks. One that only passes it on to others asks them. */
  default Speech ask(Utterance utterance, SpeechSink sink) {
    sink.asked(utterance.text().length());
    return speak(utterance, sink);
  }

  /** Frees everything. Speeches under way fail with {@code UNAVAILABLE}. Idempotent. */
  @Override
  void close();
}
