package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.tts.engine.ForwardingEngine;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.SteppedDelays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TtsVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger closed = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private SpeechEngine engine() {
    return new ForwardingEngine(ScriptedVoice.of(Script.plain(), new SteppedDelays())) {
      @Override
      public Speech speak(Utterance utterance, SpeechSink sink) {
        return engine.speak(utterance, sink);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
        super.close();
      }
    };
  }

  @Test
  void aWorkerThatASettingKeepsFromStartingLeavesNoEngineOpen() {
    EngineCatalog catalog =
        EngineCatalog.local().with(ScriptedVoice.NAME, (settings, slots) -> engine());
    JsonObject config = new JsonObject().put("engine", ScriptedVoice.NAME).put("chunk-timeout", 1);
    assertThatThrownBy(
            () ->
                vertx
                    .deployVerticle(
                        new TtsVerticle(catalog), new DeploymentOptions().setConfig(config))
                    .await(10, TimeUnit.SECONDS))
        .hasMessageContaining("chunk-timeout");
    assertThat(closed).hasValue(1);
  }
}
