package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of a server that other machines reach; those of one on loopback are in the whole tests. */
class HostCheckTest {
  private final HostCheck everywhere = new HostCheck("0.0.0.0", Set.of("Voice.Example"));

  @ParameterizedTest
  @ValueSource(
      strings = {"192.168.1.5", "192.168.1.5:8080", "[fe80::1]:8080", "voice.example", "localhost"})
  void anAddressIsAllowedSinceNobodyCanPointOneElsewhere(String host) {
    assertThat(everywhere.allows(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "0.0.0.1.evil.example", "[::]", "[192.168.1.5]", "fe80::1", ""})
  void anythingElseIsNot(String host) {
    assertThat(everywhere.allows(host)).isFalse();
  }

  @Test
  void theAddressThatIsListenedOnIsOne() {
    assertThat(new HostCheck("::1", Set.of()).allows("[::1]:8080")).isTrue();
    assertThat(new HostCheck("127.0.0.2", Set.of()).allows("127.0.0.2")).isTrue();
    assertThat(new HostCheck("127.0.0.2", Set.of()).allows("192.168.1.5")).isFalse();
  }
}
