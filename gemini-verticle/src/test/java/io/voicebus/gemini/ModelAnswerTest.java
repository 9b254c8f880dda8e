package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelAnswerTest {
  private static final SourceSettings.Target TARGET =
      SourceSettings.read(new Settings("gemini", new JsonObject().put("gemini-api-key", "key")))
          .services()
          .get(0);

  private final Vertx vertx = Vertx.vertx();
  private final ManualTime time = new ManualTime();
  private final List<ModelAttempt.Listener> attempts = new ArrayList<>();

  @AfterEach
  void close() {
    SourceBench.await(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({"0, 250", "100, 250", "1800, 1800", "2000, 2000"})
  void tryingAgainWaitsAsLongAsTheServiceSaysAndNeverLessThanUsual(int saidMs, int waitedMs) {
    // given
    TurnContext turn = new TurnContext(TurnId.random(), "owner", TurnOptions.DEFAULTS);
    ModelAnswer answer =
        new ModelAnswer(
            time,
            () -> 0.5,
            List.of(new Silent()),
            Question.of(turn, "hello"),
            new RecordedAnswer(piece -> {}));
    answer.begin();
    // when
    attempts.get(0).failed(TARGET.protocol().refusal(429, "", Duration.ofMillis(saidMs)));
    time.advance(Duration.ofMillis(waitedMs - 1));
    // then
    assertThat(attempts).hasSize(1);
    time.advance(Duration.ofMillis(1));
    assertThat(attempts).hasSize(2);
  }

  /** A service that is asked, and does what the test says. */
  private final class Silent implements ModelAnswer.Asker {
    @Override
    public String source() {
      return "silent";
    }

    @Override
    public String model() {
      return "model";
    }

    @Override
    public ModelLimits limits() {
      return TARGET.limits();
    }

    @Override
    public ServiceWords words() {
      return TARGET.protocol().words();
    }

    @Override
    public Set<Concession> made() {
      return Set.of();
    }

    @Override
    public Optional<Concession> against(ModelFault fault, Set<Concession> already) {
      return Optional.empty();
    }

    @Override
    public void helped(Set<Concession> by) {}

    @Override
    public void passedOver(FailureKind why, String next) {}

    @Override
    public ModelAttempt ask(
        Question question, Set<Concession> with, ModelAttempt.Listener listener) {
      attempts.add(listener);
      ModelConnections none = new ModelConnections(vertx.createHttpClient(), TARGET.url(), "");
      return new ModelAttempt(
          time, TARGET.protocol(), TARGET.limits(), none, new FinishHabit(), listener);
    }

    @Override
    public Failure failure(ModelFault fault) {
      return new Failure(Stage.TEXT, fault.kind(), fault.detail());
    }
  }
}
