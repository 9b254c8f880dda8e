package io.voicebus.embedding;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.TurnOptions;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;

/** An application of your own that speaks. */
public final class SpeakingApplication extends VerticleBase implements AudioListener {
  private final Promise<TurnEvent.Ended> spoken = Promise.promise();
  private long samples;

  @Override
  public Future<?> start() {
    // Each role is a verticle like any other, and takes its settings as config().
    return Future.all(
            vertx.deployVerticle(PlaybackVerticle.class.getName(), new DeploymentOptions()),
            vertx.deployVerticle(ChunkerVerticle.class.getName(), new DeploymentOptions()),
            vertx.deployVerticle(GeminiVerticle.class.getName(), new DeploymentOptions()),
            vertx.deployVerticle(
                TtsVerticle.class.getName(),
                new DeploymentOptions()
                    .setInstances(2)
                    .setConfig(new JsonObject().put("engine", "embedded").put("slots", 1))))
        // Who starts turns has an inbox, on its own context, and owns them.
        .compose(deployed -> VertxBus.register(vertx, Clock.system(), "application"))
        .onSuccess(bus -> speak(new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS)));
  }

  private void speak(TurnOwner owner) {
    TurnRequest request = TurnRequest.toCaller("Hello from the event bus.", TurnOptions.DEFAULTS);
    Turn turn = owner.start(request, this::onEvent);
    turn.listen(this);
  }

  private void onEvent(TurnEvent event) {
    if (event instanceof TurnEvent.Ended ended) {
      spoken.complete(ended);
    }
  }

  @Override
  public void format(int sampleRateHz) {
    // Signed 16-bit little-endian mono PCM of this rate follows.
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    samples += pcm.length / 2;
  }

  /** How much was spoken so far. */
  long samples() {
    return samples;
  }

  /** Completes when the turn is over. */
  Future<TurnEvent.Ended> spoken() {
    return spoken.future();
  }
}
