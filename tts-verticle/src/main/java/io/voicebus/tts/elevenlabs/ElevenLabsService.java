package io.voicebus.tts.elevenlabs;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.contract.MissingKeyException;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.service.ServiceTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ElevenLabs engine. It is the default engine if it has a key. */
public final class ElevenLabsService implements EngineOpener.Service {
  private static final Logger LOG = LoggerFactory.getLogger(ElevenLabsService.class);

  private final Vertx vertx;
  private final Clock clock;

  /** Creates an opener whose engines use this Vert.x. */
  public ElevenLabsService(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public boolean wanted(Settings settings) {
    return !ElevenSettings.read(settings).apiKey().isEmpty();
  }

  @Override
  public String described(Settings settings) {
    ElevenSettings read = ElevenSettings.read(settings);
    return read.model() + ", voice " + read.voice();
  }

  @Override
  public SpeechEngine apply(Settings settings, Integer slots) {
    ElevenSettings read = ElevenSettings.read(settings);
    if (read.apiKey().isEmpty()) {
      throw new MissingKeyException(
          "the engine elevenlabs needs a key: set ELEVENLABS_API_KEY (tts setting '"
              + ElevenConfig.API_KEY
              + "'), or choose the engine embedded, which needs none");
    }
    if (read.baseUrl().exposesKeys()) {
      LOG.warn("the ElevenLabs key goes unencrypted to {}: use https", read.baseUrl().host());
    }
    return new ElevenLabsEngine(vertx, clock, read, ServiceTimes.usual(), Outbound.read(settings));
  }
}
