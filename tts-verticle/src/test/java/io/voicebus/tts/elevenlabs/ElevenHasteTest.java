package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Pace;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.BusyLoop;
import io.voicebus.tts.service.ServiceStage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is heard later waits while the event loop is late, over WebSockets, too. */
class ElevenHasteTest {
  private static final long LATER_MS = 100_000_000;

  /** Twice as many as are begun in any case. */
  private static final int BEGUN = 8 * Runtime.getRuntime().availableProcessors();

  private final BusyLoop loop = new BusyLoop();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @Test
  void whatIsKeptBackBeginsOnceItIsDueOrTheLoopHasTime() {
    // given: a service that takes all and says nothing
    ElevenOptions options =
        ElevenOptions.generous()
            .withScripts(
                request -> {
                  asked.add(request.text());
                  return ElevenScript.instant().failing(ElevenFault.hang(0));
                });
    JsonObject settings =
        new JsonObject()
            .put("elevenlabs-transport", "socket")
            .put("elevenlabs-concurrency", BEGUN + 3);
    try (ElevenStage stage =
        new ElevenStage(loop.vertx(), loop, options, ServiceStage.IMPATIENT, settings)) {
      for (int i = 0; i < BEGUN; i++) {
        say(stage, "Begun.", LATER_MS);
      }
      stage.reach(now -> asked.size() == BEGUN);
      loop.begin();
      // when
      Speech cancelled = say(stage, "Cancelled.", LATER_MS);
      say(stage, "Kept back.", LATER_MS);
      say(stage, "Due soon.", 5_000);
      say(stage, "Now.", 0);
      // then
      stage.reach(now -> asked.size() == BEGUN + 1);
      cancelled.cancel();
      stage.reach(now -> asked.size() == BEGUN + 2);
      assertThat(asked.subList(BEGUN, BEGUN + 2)).containsExactly("Now. ", "Due soon. ");
      // and
      loop.end();
      stage.reach(now -> asked.size() == BEGUN + 3);
      assertThat(asked).last().isEqualTo("Kept back. ");
    }
  }

  private static Speech say(ElevenStage stage, String text, long dueInMs) {
    TurnPlace place = TurnPlace.of("turn", 1).due(Pace.REALTIME, dueInMs);
    return stage.engine().speak(new Utterance(text, "", "", "", "", place), new RecordingSink());
  }
}
