package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import io.voicebus.bus.LogLines;
import io.voicebus.contract.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {
  /** An address that no machine has: documentation uses it. */
  private static final String ELSEWHERE = "192.0.2.7";

  private static final Path OWN = Path.of("/home/of/the/user");

  private static final Duration JOIN = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @RegisterExtension final LogLines log = LogLines.of("io.voicebus.cluster");

  private ClusterSettings settings(String... keysAndValues) {
    JsonObject config = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ClusterSettings.of(new Settings("launcher", config), folder, () -> OWN);
  }

  @Test
  void withoutSettingsNodesFindEachOtherOnTheLoopbackInterface() {
    ClusterSettings settings = settings();
    assertThat(settings.address().isLoopbackAddress()).isTrue();
    assertThat(settings.keys()).hasValue(OWN);
    assertThat(settings.ownKeys()).isTrue();
    assertThat(settings("insecure-cluster", "on").keys()).isEmpty();
    assertThat(settings("insecure-cluster", "on").ownKeys()).isFalse();
    assertThat(settings.peers().list()).startsWith("127.0.0.1[7800],").endsWith("127.0.0.1[7819]");
    assertThat(ClusterConfiguration.of(settings, Optional.empty(), JOIN, "a"))
        .contains("bind_addr=\"127.0.0.1\" bind_port=\"7800\" port_range=\"19\"")
        .contains("TCPPING")
        .doesNotContain("MPING", "UDP", "tls.", "{");
  }

  /** As in a container, or a service, of a user whom the system does not know. */
  @Test
  void whoHasNoHomeIsToldWhereKeysCouldBe() {
    String unknown = "?";
    assertThat(OwnClusterKeys.folder(Map.of("HOME", "/data"), unknown))
        .isEqualTo(Path.of("/data/.local/state/voicebus/cluster-keys"));
    assertThat(OwnClusterKeys.folder(Map.of("HOME", "/data"), "/of-a-user"))
        .isEqualTo(Path.of("/of-a-user/.local/state/voicebus/cluster-keys"));
    assertThatThrownBy(() -> OwnClusterKeys.folder(Map.of(), unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no home", "XDG_STATE_HOME", "--cluster-keys");
    // and who needs none of them is not asked for a home
    Settings insecure = new Settings("launcher", new JsonObject().put("insecure-cluster", "on"));
    assertThat(
            ClusterSettings.of(insecure, folder, () -> OwnClusterKeys.folder(Map.of(), unknown))
                .keys())
        .isEmpty();
  }

  @Test
  void aClusterThatOthersCanReachNeedsKeysOrAnExplicitWord() throws Exception {
    assertThatThrownBy(() -> settings("cluster-host", ELSEWHERE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster-keys")
        .hasMessageContaining("--insecure-cluster");
    assertThat(settings("cluster-host", ELSEWHERE, "insecure-cluster", "true").keys()).isEmpty();
    Files.writeString(Files.createDirectory(folder.resolve("a")).resolve(NodeKeys.KEY_STORE), "");
    ClusterSettings given = settings("cluster-host", ELSEWHERE, "cluster-keys", "a");
    assertThat(given.keys()).hasValue(folder.resolve("a"));
    assertThat(given.ownKeys()).isFalse();
  }

  @Test
  void withKeysBothSidesShowACertificateAndNothingListensInClearText() throws Exception {
    // given
    Path keys = Files.createDirectory(folder.resolve("R&D"));
    Files.writeString(keys.resolve(NodeKeys.KEY_STORE), "");
    Files.writeString(keys.resolve(NodeKeys.PASSWORD), "secret\n");
    // when
    ClusterSettings settings = settings("cluster-host", ELSEWHERE, "cluster-keys", "R&D");
    String xml = ClusterConfiguration.of(settings, settings.keys().map(NodeKeys::in), JOIN, "a");
    // then
    assertThat(xml)
        .contains("tls.enabled=\"true\"", "tls.client_auth=\"NEED\"", "TLSv1.3")
        .contains("R&amp;D/node.p12")
        .contains("tls.truststore_password=\"secret\"")
        .contains("<FD_SOCK bind_addr")
        .doesNotContain("FD_SOCK2", "{");
    assertThat(NodeKeys.in(keys).toString()).doesNotContain("secret");
  }

  @Test
  void keysThatAreNotThereAreNamed() {
    assertThatThrownBy(() -> settings("cluster-keys", "nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("./voicebus cluster-keys");
  }

  @Test
  void oneAddressIsNamedAndNeverAll() {
    for (String host : new String[] {"0.0.0.0", "::", "no.such.host.invalid"}) {
      assertThatThrownBy(() -> settings("cluster-host", host, "insecure-cluster", "on"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cluster-host")
          .hasMessageContaining("one address");
    }
  }

  @Test
  void peersAreAListOrAName() {
    assertThat(settings("peers", "one:7900, two,[fd00::2]:7801").peers())
        .isEqualTo(ClusterPeers.listed("one[7900],two[7800],fd00::2[7801]"));
    ClusterSettings byName = settings("peers", "dns:voicebus.local");
    assertThat(ClusterConfiguration.of(byName, Optional.empty(), JOIN, "a"))
        .contains("<dns.DNS_PING dns_query=\"voicebus.local\"")
        .doesNotContain("TCPPING");
    for (String wrong : new String[] {"one:", "a b", "one:70000", "dns:", "one,,two", "\"/>"}) {
      assertThatThrownBy(() -> settings("peers", wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("host:port");
    }
  }

  @Test
  void aRoleThatThereIsNotIsNamed() {
    assertThat(Role.of(List.of("tts", "http"))).isEqualTo(EnumSet.of(Role.TTS, Role.HTTP));
    Settings settings = new Settings("launcher", new JsonObject().put("roles", "tts,speech"));
    assertThatThrownBy(() -> settings.get(LauncherConfig.ROLES))
        .hasMessageContaining("'tts,speech'")
        .hasMessageContaining("some of http, gemini, chunker, tts, playback");
  }

  @Test
  void aProbeTellsWhetherAnybodyListensWhereThePeersAre() throws Exception {
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = somebody.getLocalPort();
      String nobody = "127.0.0.1[" + FreePorts.range(1) + "]";
      assertThat(ClusterProbe.anybody(ClusterPeers.listed(nobody), 1)).isFalse();
      assertThat(ClusterProbe.anybody(ClusterPeers.listed(nobody + ",127.0.0.1[" + port + "]"), 1))
          .isTrue();
      assertThat(ClusterProbe.anybody(ClusterPeers.parse("dns:localhost", 1), port)).isTrue();
      assertThat(log.texts()).isEmpty();
    }
  }

  /** Or a node with a slip in a name would be alone, and say nothing of it. */
  @Test
  void aNameWithoutAnAddressIsTold() {
    for (String peers : List.of("dns:no.such.name.invalid", "no.such.name.invalid:7800")) {
      assertThat(ClusterProbe.anybody(ClusterPeers.parse(peers, 1), 1)).isFalse();
    }
    assertThat(log.texts()).hasSize(2).allMatch(line -> line.contains("no.such.name.invalid"));
  }
}
