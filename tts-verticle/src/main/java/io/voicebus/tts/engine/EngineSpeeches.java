package io.voicebus.tts.engine;

import io.voicebus.bus.FailureKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The utterances that an engine is at, and what is decided of each before anybody is asked: that
 * the engine is closed, that there is nothing to say, that it is too much. Thread-safe.
 */
public final class EngineSpeeches {
  private final String engine;
  private final String speaker;
  private final int maxChars;
  private final Set<OnceSink> active = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Of an engine.
   *
   * @param engine its name, for people
   * @param speaker who is given the text, likewise
   * @param maxChars at once
   */
  public EngineSpeeches(String engine, String speaker, int maxChars) {
    this.engine = engine;
    this.speaker = speaker;
    this.maxChars = maxChars;
  }

  /** Takes an utterance; what it returns is closed already if nothing more is to be done. */
  public OnceSink begin(Utterance utterance, SpeechSink sink) {
    OnceSink once = new OnceSink(sink, () -> {});
    active.add(once);
    once.onClosed(() -> active.remove(once));
    if (closed) {
      fail(once);
    } else if (!utterance.speakable()) {
      once.end();
    } else if (utterance.text().length() > maxChars) {
      once.fail(
          FailureKind.TOO_LARGE,
          speaker + " takes at most " + maxChars + " characters at once; send less");
    }
    return once;
  }

  /** Fails all that is under way, and what comes. */
  public void close() {
    closed = true;
    active.forEach(this::fail);
  }

  private void fail(OnceSink sink) {
    sink.fail(FailureKind.UNAVAILABLE, engine + " was closed");
  }
}
