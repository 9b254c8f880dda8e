package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import io.voicebus.contract.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in this process, and what seems to be a third one, which is frozen. */
@Tag("slow")
@Timeout(60)
class ClusterTcpTest {
  private static final String MAP = "a map";

  private final int port = FreePorts.range(20);
  private final List<Node> nodes = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void makeKeys() throws Exception {
    ClusterKeys keys = new ClusterKeys(folder, 2);
    keys.makeAuthority();
    keys.makeNode("node");
  }

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
  }

  private Node joined(String name) throws Exception {
    JsonObject config =
        new JsonObject()
            .put("cluster-port", Integer.toString(port))
            .put("cluster-keys", folder.resolve("node").toString());
    ClusterSettings settings =
        ClusterSettings.of(new Settings("launcher", config), folder, () -> folder);
    Node node = ClusterNode.join(settings, name, EnumSet.noneOf(Role.class));
    nodes.add(node);
    return node;
  }

  private static String read(Vertx vertx, String key) throws Exception {
    return Waiting.on(
        vertx
            .sharedData()
            .<String, String>getClusterWideMap(MAP)
            .compose(map -> map.get(key))
            .map(value -> value == null ? "" : value));
  }

  private static void write(Vertx vertx, String key, String value) throws Exception {
    Waiting.on(
        vertx
            .sharedData()
            .<String, String>getClusterWideMap(MAP)
            .compose(map -> map.put(key, value)));
  }

  /** The kernel takes connections to a process that is frozen; a handshake is never answered. */
  @Test
  void aNodeThatAnswersNoHandshakeHoldsUpNobodyElse() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket frozen = new ServerSocket(port + 2, 50, here)) {
      assertThat(frozen.isBound()).isTrue();
      Node first = joined("first");
      Node second = joined("second");
      // then
      write(first.vertx(), "by the first", "one");
      assertThat(read(second.vertx(), "by the first")).isEqualTo("one");
      write(second.vertx(), "by the second", "two");
      assertThat(read(first.vertx(), "by the second")).isEqualTo("two");
    }
  }
}
