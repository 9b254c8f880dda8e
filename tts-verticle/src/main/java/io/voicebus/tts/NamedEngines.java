package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.SpeechEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of a worker, and those that turns name by their voices: every listed voice can be
 * requested. An engine is opened at its first request. NOT thread-safe.
 */
final class NamedEngines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamedEngines.class);

  private final EngineCatalog catalog;
  private final Settings settings;
  private final SpeechEngine own;
  private final Map<String, SpeechEngine> named = new HashMap<>();

  /**
   * @param own the one that speaks if no other is named
   */
  NamedEngines(EngineCatalog catalog, Settings settings, SpeechEngine own) {
    this.catalog = catalog;
    this.settings = settings;
    this.own = own;
  }

  /**
   * The engine that speaks with a voice.
   *
   * @throws VoicebusException if none can; the message says what is missing
   */
  SpeechEngine of(String voice) {
    int slash = voice.indexOf('/');
    if (slash < 1) {
      return own;
    }
    String name = voice.substring(0, slash);
    SpeechEngine known = named.get(name);
    if (known != null) {
      return known;
    }
    try {
      Optional<SpeechEngine> opened = catalog.openNamed(settings, name);
      opened.ifPresent(engine -> named.put(name, engine));
      return opened.orElse(own);
    } catch (IllegalArgumentException e) {
      throw new VoicebusException(
          Stage.SPEECH, FailureKind.NOT_FOUND, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("the engine {} cannot be opened", name, e);
      throw new VoicebusException(
          Stage.SPEECH, FailureKind.INTERNAL, "the engine " + name + " cannot be opened: " + e);
    }
  }

  @Override
  public void close() {
    own.close();
    named.values().forEach(SpeechEngine::close);
  }
}
