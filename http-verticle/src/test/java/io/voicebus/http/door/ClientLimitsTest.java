package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {
  private static final Caller A = Caller.withToken("a");
  private static final Caller B = Caller.withToken("b");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static Problem refusal(ClientLimits limits) {
    return Objects.requireNonNull(limits.refusal(A, 0));
  }

  @Test
  void oneClientsTurnsAreNotAnothers() {
    // given
    ClientLimits limits = new ClientLimits(2, 0);
    limits.begin(A, 0);
    limits.begin(A, 0);
    // then
    assertThatThrownBy(() -> limits.begin(A, 0)).isInstanceOf(ProblemException.class);
    assertThat(refusal(limits).detail()).contains("client-turns");
    assertThat(limits.refusal(B, 0)).isNull();
    limits.begin(B, 0);
    // when
    limits.end(A);
    // then
    assertThat(limits.refusal(A, 0)).isNull();
    limits.begin(A, 0);
    assertThat(limits.turns(A)).isEqualTo(2);
  }

  @Test
  void startsSoManyAMinuteAndSaysWhenToComeAgain() {
    // given
    ClientLimits limits = new ClientLimits(1000, 6);
    for (int i = 0; i < 6; i++) {
      limits.begin(A, 0);
    }
    // then
    assertThat(refusal(limits).headers()).containsEntry("Retry-After", "10");
    assertThatThrownBy(() -> limits.begin(A, 9 * SECOND)).isInstanceOf(ProblemException.class);
    assertThat(limits.refusal(B, 0)).isNull();
    limits.begin(A, 11 * SECOND);
    assertThat(limits.refusal(A, 11 * SECOND)).isNotNull();
  }

  @Test
  void aRefusedTurnUsesNothingUp() {
    // given
    ClientLimits limits = new ClientLimits(1, 2);
    limits.begin(A, 0);
    // when
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> limits.begin(A, 0)).isInstanceOf(ProblemException.class);
    }
    limits.end(A);
    // then
    limits.begin(A, 0);
  }

  @Test
  void remembersNotEverybodyWhoEverCame() {
    ClientLimits limits = new ClientLimits(10, 6);
    limits.begin(A, 0);
    for (int i = 0; i < 20_000; i++) {
      Caller other = Caller.at("192.0.2." + i);
      limits.begin(other, 0);
      limits.end(other);
    }
    assertThat(limits.clients()).isLessThan(5_000);
    assertThat(limits.turns(A)).isEqualTo(1);
  }
}
