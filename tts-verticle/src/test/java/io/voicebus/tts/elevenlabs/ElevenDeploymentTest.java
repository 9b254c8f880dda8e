package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.tts.service.ServiceStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElevenDeploymentTest {
  private final Vertx vertx = Vertx.vertx();
  private final ElevenEmulator emulator =
      ServiceStage.await(ElevenEmulator.start(vertx, ElevenOptions.generous().withKeys("good")));

  @AfterEach
  void close() {
    ServiceStage.await(vertx.close());
  }

  @Test
  void aWorkerStartsWithItsSocketsOpenAndClosesThemWhenItStops() {
    // given
    String id = ServiceStage.await(deploy("good"));
    // then: sixteen slots need four
    assertThat(emulator.counters().openSockets()).isEqualTo(4);
    // when
    ServiceStage.await(vertx.undeploy(id));
    // then
    ServiceStage.await(emulator.when(now -> now.openSockets() == 0));
  }

  @Test
  void aWorkerWithAWrongKeyDoesNotStartAndSaysWhy() {
    assertThatThrownBy(() -> ServiceStage.await(deploy("bad")))
        .hasMessageContaining("ELEVENLABS_API_KEY")
        .hasMessageNotContaining("'bad'");
    ServiceStage.await(emulator.when(now -> now.openSockets() == 0));
  }

  private Future<String> deploy(String key) {
    JsonObject config =
        new JsonObject()
            .put("elevenlabs-api-key", key)
            .put("elevenlabs-base-url", emulator.baseUrl());
    return vertx.deployVerticle(new TtsVerticle(), new DeploymentOptions().setConfig(config));
  }
}
