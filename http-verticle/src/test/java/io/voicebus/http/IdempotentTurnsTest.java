package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.TurnId;
import io.voicebus.http.api.IdempotencyKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IdempotentTurnsTest {
  private static final TurnId TURN = new TurnId("turn");

  private final IdempotentTurns turns = new IdempotentTurns();

  private static IdempotencyKey key(String name) {
    return new IdempotencyKey(name, "content");
  }

  @Test
  void aKeyMeansATurnForSoLong() {
    long kept = IdempotentTurns.KEPT.toNanos();
    turns.put(key("a"), TURN, 0);
    assertThat(turns.find(key("a"), kept - 1)).contains(TURN);
    assertThat(turns.find(key("a"), kept)).isEmpty();
  }

  @Test
  void theOldestOfTooManyIsForgotten() {
    turns.put(key("first"), TURN, 0);
    for (int i = 0; i < IdempotentTurns.MAX_KEYS; i++) {
      turns.put(key("later " + i), TURN, 1);
    }
    assertThat(turns.find(key("first"), 1)).isEmpty();
    assertThat(turns.find(key("later 0"), 1)).contains(TURN);
  }

  @Test
  void aTurnThatCameToNothingIsForgottenAndNotTheOneInItsPlace() {
    turns.put(key("a"), TURN, 0);
    turns.forget(key("a"), new TurnId("former"));
    assertThat(turns.find(key("a"), 0)).contains(TURN);
    turns.forget(key("a"), TURN);
    assertThat(turns.find(key("a"), 0)).isEmpty();
  }

  @Test
  void ofTwoRequestsAtOnceTheSecondFindsWhatTheFirstHasStarted() throws Exception {
    // given
    AtomicReference<Optional<TurnId>> found = new AtomicReference<>();
    Thread second =
        new Thread(() -> turns.oneByOne(key("a"), () -> found.getAndSet(turns.find(key("a"), 0))));
    // when: it comes when the first one has looked, and has not started its turn
    turns.oneByOne(
        key("a"),
        () -> {
          Optional<TurnId> none = turns.find(key("a"), 0);
          second.start();
          while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
          }
          turns.put(key("a"), TURN, 0);
          return none;
        });
    second.join();
    // then
    assertThat(found.get()).contains(TURN);
  }
}
