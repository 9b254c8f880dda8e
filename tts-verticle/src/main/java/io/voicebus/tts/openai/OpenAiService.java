package io.voicebus.tts.openai;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.service.ServiceTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the engine of an OpenAI-compatible speech server. */
public final class OpenAiService implements EngineOpener.Service {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAiService.class);

  private final Vertx vertx;
  private final Clock clock;

  /** Creates an opener whose engines use this Vert.x. */
  public OpenAiService(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public boolean wanted(Settings settings) {
    return OpenAiSettings.read(settings).named();
  }

  @Override
  public String described(Settings settings) {
    OpenAiSettings read = OpenAiSettings.read(settings);
    return read.model() + ", voice " + read.voice() + " at " + read.baseUrl().host();
  }

  @Override
  public SpeechEngine apply(Settings settings, Integer slots) {
    OpenAiSettings read = OpenAiSettings.read(settings);
    if (!read.named()) {
      throw new IllegalArgumentException(
          "the engine openai needs a server or a key: set openai-speech-base-url, such as"
              + " http://localhost:8880/v1, or OPENAI_SPEECH_API_KEY (openai-speech-api-key)");
    }
    if (!read.apiKey().isEmpty() && read.baseUrl().exposesKeys()) {
      LOG.warn("the speech server's key goes unencrypted to {}: use https", read.baseUrl().host());
    }
    return new OpenAiEngine(vertx, clock, read, ServiceTimes.usual(), Outbound.read(settings));
  }
}
