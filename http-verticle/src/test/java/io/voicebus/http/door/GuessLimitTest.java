package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuessLimitTest {
  private static final long LATER = TimeUnit.SECONDS.toNanos(GuessLimit.SECONDS_EACH);

  private final GuessLimit limit = new GuessLimit();

  private void guess(String address, long now) {
    for (int i = 0; i < GuessLimit.AT_ONCE; i++) {
      assertThat(limit.accept(address, now)).isTrue();
    }
    assertThat(limit.accept(address, now)).isFalse();
  }

  @Test
  void oneAddressesGuessesAreNotAnothers() {
    guess("a", 0);
    guess("b", 0);
  }

  @Test
  void afterSomeAtOnceThereIsOneInSoManySeconds() {
    guess("a", 0);
    assertThat(limit.accept("a", LATER - 1_000_000)).isFalse();
    assertThat(limit.accept("a", LATER + 1_000_000)).isTrue();
    assertThat(limit.accept("a", LATER + 2_000_000)).isFalse();
  }

  @Test
  void remembersNotEveryAddressThatEverGuessed() {
    guess("a", 0);
    for (int i = 0; i < 2_000; i++) {
      limit.accept("other " + i, 0);
    }
    assertThat(limit.accept("a", 0)).isTrue();
  }
}
