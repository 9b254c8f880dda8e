package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many turns at once at a speech server on a machine of one's own, with default settings. */
@Timeout(600)
@EnabledIfSystemProperty(named = "figures", matches = "true")
class LocalServerFiguresTest {
  private static final int TURNS = Integer.getInteger("figures.turns", 200);

  /** Cores that the requests share, and how many seconds of one a second of audio takes. */
  @ParameterizedTest
  @CsvSource({"1, 0.02", "4, 0.1", "16, 0.3", "1000, 0.1"})
  void theLastTurnsFirstAudioNextToAScheduleThatWastesNothing(double cores, double factor)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    SharedMachine machine = new SharedMachine(vertx, cores, factor);
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .tts("openai-speech-base-url", machine.url())
            .tts("engine", "openai")
            .start()) {
      long begun = System.nanoTime();
      List<HeardTurn> turns = new ArrayList<>();
      List<String> firsts = new ArrayList<>();
      List<CompletableFuture<Double>> heard = new ArrayList<>();
      for (int i = 0; i < TURNS; i++) {
        firsts.add("This is the first sentence of the turn number " + i + ".");
        HeardTurn turn =
            pipeline.hear(
                firsts.get(i) + " It goes on with another sentence. And then it has a third one.",
                LocalPipeline.SENTENCES);
        turns.add(turn);
        heard.add(
            CompletableFuture.supplyAsync(
                () -> {
                  turn.firstAudio();
                  return (System.nanoTime() - begun) / 1e6;
                },
                task -> new Thread(task).start()));
      }
      double last = 0;
      double sum = 0;
      for (CompletableFuture<Double> one : heard) {
        double ms = one.get(200, TimeUnit.SECONDS);
        last = Math.max(last, ms);
        sum += ms;
      }
      for (HeardTurn turn : turns) {
        assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
      }
      double ideal = machine.lastFirstByteMs(firsts);
      System.out.printf(
          "%4.0f cores, %.2f s a second: last first audio %6.0f ms, without waste %6.0f ms: %.2f"
              + " times; mean %.0f ms; most at once %d%n",
          cores, factor, last, ideal, last / ideal, sum / TURNS, machine.most());
    } finally {
      vertx.close();
    }
  }
}
