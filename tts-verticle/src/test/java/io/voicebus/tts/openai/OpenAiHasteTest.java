package io.voicebus.tts.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.BusyLoop;
import io.voicebus.tts.service.ScriptedServer;
import io.voicebus.tts.service.ServiceStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is heard later waits while the event loop is late: with a server that never answers. */
class OpenAiHasteTest {
  private static final long LATER_MS = 100_000_000;

  /** Twice as many as are begun in any case. */
  private static final int BEGUN = 8 * Runtime.getRuntime().availableProcessors();

  private final BusyLoop loop = new BusyLoop();
  private final ScriptedServer server =
      new ScriptedServer(
          any -> ScriptedServer.Answer.audio("audio/pcm").ending(ScriptedServer.Ending.NEVER));
  private final OpenAiEngine engine = engine();

  private OpenAiEngine engine() {
    Settings settings =
        new Settings(
            "tts",
            new JsonObject()
                .put("openai-speech-base-url", server.baseUrl() + "/v1")
                .put("openai-speech-concurrency", BEGUN + 1));
    return new OpenAiEngine(
        loop.vertx(),
        loop,
        OpenAiSettings.read(settings),
        ServiceStage.IMPATIENT,
        Outbound.read(settings));
  }

  @BeforeEach
  void busy() {
    for (int i = 0; i < BEGUN; i++) {
      say("Begun.", LATER_MS);
    }
    assertThat(server.awaitAsked(BEGUN)).hasSize(BEGUN);
    loop.begin();
  }

  @AfterEach
  void close() {
    engine.close();
    server.close();
    ServiceStage.await(loop.vertx().close());
  }

  @Test
  void whatIsKeptBackBeginsOnceTheLoopHasTime() {
    // given
    say("Kept back.", LATER_MS);
    Speech now = say("Now.", 0);
    assertThat(server.awaitAsked(BEGUN + 1)).last().isEqualTo("Now.");
    // when
    now.cancel();
    loop.end();
    // then
    assertThat(server.awaitAsked(BEGUN + 2)).last().isEqualTo("Kept back.");
  }

  @Test
  void whatIsKeptBackBeginsOnceItIsDueThoughTheLoopIsLate() {
    say("Kept back.", LATER_MS);
    say("Due soon.", 5_000);
    assertThat(server.awaitAsked(BEGUN + 1)).last().isEqualTo("Due soon.");
  }

  @Test
  void whatIsCancelledWhileItIsKeptBackNeverBeginsAndTakesNoPlace() {
    // given
    Speech kept = say("Kept back.", LATER_MS);
    Speech now = say("Now.", 0);
    assertThat(server.awaitAsked(BEGUN + 1)).last().isEqualTo("Now.");
    // when
    kept.cancel();
    now.cancel();
    loop.end();
    // then
    say("Another.", LATER_MS);
    assertThat(server.awaitAsked(BEGUN + 2)).last().isEqualTo("Another.");
  }

  private Speech say(String text, long dueInMs) {
    TurnPlace place = TurnPlace.of("turn", 1).due(Pace.REALTIME, dueInMs);
    return engine.speak(new Utterance(text, "", "", "", "", place), new RecordingSink());
  }
}
