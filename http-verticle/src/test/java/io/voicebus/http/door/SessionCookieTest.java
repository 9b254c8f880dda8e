package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SessionCookieTest {
  private static final AccessToken TOKEN =
      AccessToken.of("6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b", "a test");
  private static final AccessToken OTHER =
      AccessToken.of("7f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b", "a test");
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static SessionCookie at(Instant now, AccessToken token) {
    return new SessionCookie(token, InstantSource.fixed(now), BasePath.NONE);
  }

  @Test
  void isValidForSomeTimeAndForOneTokenOnly() {
    // given
    String value = at(NOW, TOKEN).fresh();
    // then
    Duration valid = SessionCookie.VALID;
    assertThat(at(NOW, TOKEN).valid(value)).isTrue();
    assertThat(at(NOW.plus(valid).minusMillis(1), TOKEN).valid(value)).isTrue();
    assertThat(at(NOW.plus(valid), TOKEN).valid(value)).isFalse();
    assertThat(at(NOW, OTHER).valid(value)).isFalse();
  }
}
