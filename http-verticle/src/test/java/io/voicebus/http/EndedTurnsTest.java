package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedTurnsTest {
  private static final TurnId A = new TurnId("a");
  private static final TurnId B = new TurnId("b");
  private static final TurnId C = new TurnId("c");

  private final List<String> forgotten = new ArrayList<>();
  private final EndedTurns<String> turns =
      new EndedTurns<>(2, Duration.ofNanos(100), 1000, () -> 1, forgotten::add);

  @Test
  void keepsTheLastTurns() {
    // when
    turns.put(A, "a", 1, 0);
    turns.put(B, "b", 1, 0);
    turns.put(C, "c", 1, 0);
    // then
    assertThat(turns.get(A, 0)).isNull();
    assertThat(turns.get(B, 0)).isEqualTo("b");
    assertThat(turns.get(C, 0)).isEqualTo("c");
    assertThat(forgotten).containsExactly("a");
  }

  @Test
  void forgetsThemAfterAWhile() {
    // given
    turns.put(A, "a", 1, 0);
    turns.put(B, "b", 1, 50);
    // then
    assertThat(turns.get(A, 99)).isEqualTo("a");
    assertThat(turns.get(A, 100)).isNull();
    assertThat(turns.get(B, 149)).isEqualTo("b");
    assertThat(turns.get(B, 150)).isNull();
  }

  @Test
  void saysWhenTheOldestIsTooOldAndThenForgetsItUnasked() {
    // given
    assertThat(turns.nextIn(0)).isEqualTo(-1);
    turns.put(A, "a", 1, 0);
    turns.put(B, "b", 1, 50);
    // then
    assertThat(turns.nextIn(60)).isEqualTo(40);
    assertThat(turns.nextIn(200)).isZero();
    // when
    turns.forget(100);
    assertThat(turns.nextIn(100)).isEqualTo(50);
    turns.forget(150);
    // then
    assertThat(turns.nextIn(150)).isEqualTo(-1);
  }

  @Test
  void forgetsTheOldestWhenTheyAreTooLarge() {
    // when
    turns.put(A, "a", 600, 0);
    turns.put(B, "b", 500, 0);
    // then
    assertThat(turns.get(A, 0)).isNull();
    assertThat(turns.get(B, 0)).isEqualTo("b");
    turns.put(C, "c", 500, 0);
    assertThat(turns.get(B, 0)).isEqualTo("b");
  }
}
