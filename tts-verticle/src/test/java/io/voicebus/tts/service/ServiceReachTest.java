package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ServiceReachTest {
  private static ServiceReach reach(String proxy) {
    return new ServiceReach(
        Outbound.read(new Settings("tts", new JsonObject().put("proxy", proxy))),
        ServiceAddress.parse("https://voices.example").orElseThrow());
  }

  @Test
  void whatIsWrongOnTheWayIsTold() {
    assertThat(reach("none").trouble(new UnknownHostException("voices.example")))
        .hasValueSatisfying(why -> assertThat(why).contains("no host is called voices.example"));
    assertThat(reach("none").trouble(new NoRouteToHostException()))
        .hasValueSatisfying(why -> assertThat(why).contains("no way to voices.example"));
    assertThat(reach("http://p:1").trouble(new ConnectException()))
        .hasValueSatisfying(why -> assertThat(why).contains("through the proxy at p:1"));
  }

  @Test
  void whereNobodyAnswersTheServiceHasItsOwnWords() {
    assertThat(reach("none").trouble(new ConnectException("Connection refused"))).isEmpty();
  }
}
