package io.voicebus.embedding;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Speaks in a Spring application; Spring closes it, and the Vert.x that it runs on, at its end. */
@Service
public class SpeechService implements AutoCloseable {
  private static final TurnOptions OPTIONS =
      TurnOptions.DEFAULTS.withMode(TextMode.SAY).withPace(Pace.ASAP);

  private final Vertx vertx = Vertx.vertx();
  private final VertxBus bus;
  private final TurnOwner owner;

  public SpeechService(@Value("${voicebus.engine:embedded}") String engine)
      throws TimeoutException {
    JsonObject speech = new JsonObject().put("engine", engine);
    bus =
        Future.all(
                vertx.deployVerticle(PlaybackVerticle.class.getName(), new DeploymentOptions()),
                vertx.deployVerticle(ChunkerVerticle.class.getName(), new DeploymentOptions()),
                vertx.deployVerticle(
                    TtsVerticle.class.getName(), new DeploymentOptions().setConfig(speech)))
            .compose(deployed -> VertxBus.register(vertx, Clock.system(), "spring"))
            .await(30, TimeUnit.SECONDS);
    owner = new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS);
  }

  /**
   * Speaks a text as a WAV, which is written as it is made. Blocks, as servlets do; a stream that
   * takes no more ends the turn.
   */
  public void speak(String text, OutputStream out) throws IOException {
    SpokenStream spoken = new SpokenStream(bus);
    bus.execute(() -> spoken.begin(owner, TurnRequest.toCaller(text, OPTIONS)));
    spoken.writeTo(out);
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(30, TimeUnit.SECONDS);
  }
}
