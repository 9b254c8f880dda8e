package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meters;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskPlanTest {
  private static final ModelFault AWAY =
      ModelFault.of(FailureKind.UNAVAILABLE, "it is away", ModelFault.PASSES);

  private static final ModelFault WRONG_KEY =
      ModelFault.of(FailureKind.UNAUTHENTICATED, "its key is wrong", 0);

  private final Known first = new Known("first");
  private final Known second = new Known("second");

  private static AskPlan plan(Known... askers) {
    AskPlan plan = new AskPlan("t1", new ModelCounts(new Meters()), () -> 0.5, List.of(askers));
    plan.begin(0);
    plan.attempt(0);
    return plan;
  }

  @Test
  void theSameServiceIsAskedAgainAfterPausesAndThenTheNextOneAtOnce() {
    // given
    AskPlan plan = plan(first, second);
    // when, then
    assertThat(plan.afterFailure(AWAY, 0)).isEqualTo(millis(250));
    assertThat(plan.afterFailure(AWAY, 0)).isEqualTo(millis(1000));
    assertThat(plan.asker()).isSameAs(first);
    assertThat(plan.afterFailure(AWAY, 0)).hasValue(0);
    assertThat(plan.asker()).isSameAs(second);
    assertThat(first.next).isEqualTo("second");
  }

  @Test
  void thereIsNoAttemptAfterTheLastServiceHasFailed() {
    AskPlan plan = plan(first, second);
    plan.afterFailure(WRONG_KEY, 0);
    assertThat(plan.afterFailure(WRONG_KEY, 0)).isEmpty();
  }

  @Test
  void whatAContentPolicyHasRefusedIsAskedOfNoOtherService() {
    AskPlan plan = plan(first, second);
    assertThat(plan.afterFailure(ModelFault.blocked("first", "the prompt", "SAFETY"), 0)).isEmpty();
    assertThat(plan.asker()).isSameAs(first);
  }

  @Test
  void aConcessionIsMadeAtOnceAndOnlyToTheServiceThatNeedsIt() {
    // given
    first.helpful = Set.of(Concession.OPTIONS);
    AskPlan plan = plan(first, second);
    // when
    assertThat(plan.afterFailure(WRONG_KEY, 0)).hasValue(0);
    // then
    assertThat(plan.asker()).isSameAs(first);
    assertThat(plan.concessions()).containsExactly(Concession.OPTIONS);
    // and: it did not help
    assertThat(plan.afterFailure(WRONG_KEY, 0)).hasValue(0);
    assertThat(plan.asker()).isSameAs(second);
    assertThat(plan.concessions()).isEmpty();
  }

  @Test
  void onlyTheLastServiceIsWaitedForWhileItLoadsItsModelAndNotForever() {
    // given
    ModelFault loads = AWAY.from(ModelFault.Cause.LOADING);
    AskPlan plan = plan(first, second);
    // when
    plan.afterFailure(loads, 0);
    // then
    assertThat(plan.asker()).isSameAs(second);
    assertThat(plan.afterFailure(loads, 0)).isEqualTo(millis(1000));
    assertThat(plan.afterFailure(loads, FakeAsker.TARGET.limits().headers().toNanos())).isEmpty();
  }

  private static OptionalLong millis(long ms) {
    return OptionalLong.of(ms * 1_000_000);
  }

  /** A service of which only the plan's questions are answered. */
  private static final class Known extends FakeAsker {
    Known(String name) {
      super(name);
    }

    @Override
    public ModelAttempt ask(
        Question question, Set<Concession> with, ModelAttempt.Listener listener) {
      throw new UnsupportedOperationException("a plan asks nobody");
    }
  }
}
