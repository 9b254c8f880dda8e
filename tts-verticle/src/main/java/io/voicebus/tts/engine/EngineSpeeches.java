package io.voicebus.tts.engine;

import io.voicebus.bus.FailureKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The utterances of an engine that have not ended. It ends by itself those that need no synthesis:
 * the engine is closed, the text has nothing to speak, or the text is too long. Thread-safe.
 */
public final class EngineSpeeches {
  private final String engine;
  private final String speaker;
  private final int maxChars;
  private final Set<OnceSink> active = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts without an utterance.
   *
   * @param engine the engine's name, for messages
   * @param speaker the service or program that gets the text, for messages
   * @param maxChars longest text of one utterance, in UTF-16 units
   */
  public EngineSpeeches(String engine, String speaker, int maxChars) {
    this.engine = engine;
    this.speaker = speaker;
    this.maxChars = maxChars;
  }

  /**
   * Starts an utterance.
   *
   * @return its sink, which is closed already if nothing has to be synthesised
   */
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

  /** Fails all utterances that have not ended, and all later ones. */
  public void close() {
    closed = true;
    active.forEach(this::fail);
  }

  private void fail(OnceSink sink) {
    sink.fail(FailureKind.UNAVAILABLE, engine + " was closed");
  }
}
