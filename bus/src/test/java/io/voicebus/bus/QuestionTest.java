package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest extends LinkBench {
  @Test
  void aQuestionGetsItsAnswerAndLeavesNothing() {
    // given
    near.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    far.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    // when
    Future<List<Message>> answer = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(50);
    // then
    assertThat(answer.result()).containsExactly(new Note("yes"));
    run(500);
    assertNothingIsLeft();
  }

  @Test
  void aQuestionGoesToAnotherInstanceWhenTheFirstOneDies() {
    // given
    near.node.inbox().onAsk(Note.class, q -> Future.future(never -> {}));
    far.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    Future<List<Message>> answer = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(100);
    // when
    near.node.kill();
    run(3000);
    // then
    assertThat(answer.result()).containsExactly(new Note("yes"));
    run(500);
    assertNothingIsLeft();
  }

  @Test
  void whoStoodStillLongerThanItsPatienceGetsTheAnswer() {
    // given
    near.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    Future<List<Message>> answer = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    opener.freeze();
    bus.run(PATIENCE.multipliedBy(2));
    // when
    opener.thaw();
    run(500);
    // then
    assertThat(answer.result()).containsExactly(new Note("yes"));
  }

  @Test
  void anAnswerThatIsTooHeavyForAMessageFailsAtOnce() {
    Promise<List<Message>> later = Promise.promise();
    near.node.inbox().onAsk(Note.class, q -> later.future());
    Future<List<Message>> answer = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(50);
    later.complete(List.of(Pair.item(0, Limits.MAX_ITEM)));
    run(50);
    assertThat(Failure.of(Stage.OWNER, answer.cause()).kind()).isEqualTo(FailureKind.INTERNAL);
    run(500);
    assertNothingIsLeft();
  }

  @Test
  void aQuestionThatIsRefusedOrNotAnsweredFails() {
    near.node.inbox().onAsk(Note.class, q -> Future.failedFuture(WHY.toException()));
    Future<List<Message>> refused = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(50);
    assertThat(Failure.of(Stage.OWNER, refused.cause())).isEqualTo(WHY);
    near.node.inbox().onAsk(Note.class, q -> Future.future(never -> {}));
    Future<List<Message>> silent = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(5100);
    assertThat(Failure.of(Stage.OWNER, silent.cause()).kind()).isEqualTo(FailureKind.TIMEOUT);
    run(500);
    assertNothingIsLeft();
  }
}
