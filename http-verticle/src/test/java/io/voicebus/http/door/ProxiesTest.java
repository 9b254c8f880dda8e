package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProxiesTest {
  private static final Proxies NONE = new Proxies(Set.of(), false);
  private static final Proxies HERE = new Proxies(Set.of("192.0.2.7", "[2001:db8::7]"), true);

  @Test
  void nobodyIsBelievedWhereThereIsNoProxy() {
    assertThat(NONE.caller("127.0.0.1", List.of("198.51.100.1"))).isEqualTo(Caller.at("127.0.0.1"));
    assertThat(HERE.caller("203.0.113.5", List.of("198.51.100.1")))
        .isEqualTo(Caller.at("203.0.113.5"));
  }

  @Test
  void theLastAddressThatNoProxyHasIsTheClients() {
    Caller client = Caller.at("198.51.100.1");
    assertThat(HERE.caller("127.0.0.1", List.of("198.51.100.1"))).isEqualTo(client);
    assertThat(HERE.caller("::1", List.of("10.9.8.7, 198.51.100.1"))).isEqualTo(client);
    assertThat(HERE.caller("192.0.2.7", List.of("10.9.8.7", "198.51.100.1, 127.0.0.1")))
        .isEqualTo(client);
    assertThat(HERE.caller("2001:db8:0:0::7", List.of("198.51.100.1"))).isEqualTo(client);
    assertThat(HERE.caller("127.0.0.1", List.of("198.51.100.1, unknown")))
        .isEqualTo(Caller.at("127.0.0.1"));
    assertThat(HERE.caller("127.0.0.1", List.of())).isEqualTo(Caller.at("127.0.0.1"));
  }

  @Test
  void aNetworkOfIpv6IsOneClient() {
    Caller one = NONE.caller("2001:db8:1:2::1", List.of());
    assertThat(NONE.caller("2001:db8:1:2:ffff::9", List.of())).isEqualTo(one);
    assertThat(NONE.caller("2001:db8:1:3::1", List.of())).isNotEqualTo(one);
    assertThat(NONE.caller("::ffff:192.0.2.1", List.of())).isEqualTo(Caller.at("192.0.2.1"));
  }
}
