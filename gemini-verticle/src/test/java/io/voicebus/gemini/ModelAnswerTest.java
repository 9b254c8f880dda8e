package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelAnswerTest {
  private static final SourceSettings.Target TARGET = FakeAsker.TARGET;

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

  private RecordedAnswer begin(Silent... askers) {
    TurnContext turn = new TurnContext(TurnId.random(), "owner", TurnOptions.DEFAULTS);
    RecordedAnswer heard = new RecordedAnswer(piece -> {});
    new ModelAnswer(time, () -> 0.5, List.of(askers), Question.of(turn, "hello"), heard).begin();
    return heard;
  }

  @Test
  void aSourceThatHasFailedBeforeIsAskedOnceWhereThereIsAnother() {
    Silent first = new Silent();
    Silent second = new Silent();
    first.fails = true;
    begin(first, second);
    // when
    attempts.get(0).failed(TARGET.protocol().refusal(429, "", Duration.ZERO));
    // then: at once
    assertThat(List.of(first.asked, second.asked)).containsExactly(1, 1);
  }

  @Test
  void aSourceThatRestsIsNotAskedWhereThereIsAnother() {
    Silent first = new Silent();
    Silent second = new Silent();
    first.rests = true;
    begin(first, second);
    assertThat(List.of(first.asked, second.asked)).containsExactly(0, 1);
    // and: the last one is asked in any case
    Silent last = new Silent();
    last.rests = true;
    begin(last);
    assertThat(last.asked).isEqualTo(1);
  }

  @Test
  void aSourceThatRestsIsAskedOnceWhenAllOthersHaveFailed() {
    // given
    Silent first = new Silent();
    Silent second = new Silent();
    first.rests = true;
    first.fails = true;
    RecordedAnswer heard = begin(first, second);
    // when: all that it is worth trying
    failLast(ModelFault.of(FailureKind.UNAUTHENTICATED, "the key of the second is wrong", 0));
    // then
    assertThat(List.of(first.asked, second.asked)).containsExactly(1, 1);
    assertThat(heard.over().isComplete()).isFalse();
    // and
    failLast(ModelFault.of(FailureKind.UNAVAILABLE, "the first is away", ModelFault.PASSES));
    assertThat(List.of(first.asked, second.asked)).containsExactly(1, 1);
    assertThat(heard.over().result()).map(Failure::detail).contains("the first is away");
  }

  @Test
  void aModelThatIsLoadingIsWaitedForWhereTheOthersRest() {
    // given
    Silent first = new Silent();
    Silent second = new Silent();
    first.rests = true;
    begin(first, second);
    // when
    failLast(ModelFault.of(FailureKind.UNAVAILABLE, "it loads", 0).from(ModelFault.Cause.LOADING));
    time.advance(Duration.ofSeconds(1));
    // then
    assertThat(List.of(first.asked, second.asked)).containsExactly(0, 2);
  }

  private void failLast(ModelFault fault) {
    attempts.get(attempts.size() - 1).failed(fault);
  }

  @Test
  void oneThatKeptATurnWaitingRestsAndThenIsTriedByOneTurn() {
    ModelService service =
        new ModelService(vertx.createHttpClient(), time, TARGET, "", Duration.ZERO);
    // a quick failure costs next to nothing
    service.passedOver(FailureKind.UNAVAILABLE, "another", 10_000_000);
    assertThat(service.fails()).isTrue();
    assertThat(service.rests()).isFalse();
    // and a prompt that nobody could answer says nothing of the service
    service.passedOver(FailureKind.INVALID_REQUEST, "another", 2_000_000_000);
    assertThat(service.rests()).isFalse();
    // when
    service.passedOver(FailureKind.TIMEOUT, "another", 10_000_000_000L);
    // then
    time.advance(Duration.ofSeconds(14));
    assertThat(service.rests()).isTrue();
    time.advance(Duration.ofSeconds(1));
    assertThat(service.rests()).isFalse();
    assertThat(service.rests()).isTrue();
    // and
    service.helped(Set.of());
    assertThat(service.rests()).isFalse();
    assertThat(service.fails()).isFalse();
  }

  /** A service that is asked, and does what the test says. */
  private final class Silent extends FakeAsker {
    private int asked;

    Silent() {
      super("silent");
    }

    @Override
    public ModelAttempt ask(
        Question question, Set<Concession> with, ModelAttempt.Listener listener) {
      asked++;
      attempts.add(listener);
      ModelConnections none = new ModelConnections(vertx.createHttpClient(), TARGET.url(), "");
      return new ModelAttempt(
          time, TARGET.protocol(), TARGET.limits(), none, new FinishHabit(), listener);
    }
  }
}
