package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into a cluster, and on which addresses it listens; with processes of their own. */
@Tag("slow")
@Timeout(120)
class ClusterSecurityTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int CONNECT_MS = 2_000;

  /** What Infinispan's word of a new view ends with: so many members. */
  private static final String ONE = " (1) [";

  private static final String TWO = " (2) [";

  /** Silence alone tells that a node has gone no sooner than that. */
  private static final int SILENCE_SECONDS = 8;

  @TempDir private static Path keys;

  private final String port = Integer.toString(FreePorts.range(20));
  private final List<ServeJvm> all = new ArrayList<>();

  @BeforeAll
  static void makeKeys() throws Exception {
    ClusterKeys ours = new ClusterKeys(keys.resolve("ours"), 2);
    ours.makeAuthority();
    ours.makeNode("node");
    ClusterKeys theirs = new ClusterKeys(keys.resolve("theirs"), 2);
    theirs.makeAuthority();
    theirs.makeNode("node");
  }

  @AfterEach
  void endAll() {
    all.forEach(ServeJvm::close);
  }

  private ServeJvm serve(String node, String roles, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--cluster", "--cluster-port", port, "--port", "0", "--node", node));
    arguments.addAll(List.of("--roles", roles));
    arguments.addAll(List.of(more));
    ServeJvm jvm =
        ServeJvm.start(
            Map.of("VOICEBUS_ENGINE", "scripted", "VOICEBUS_LOG_LEVEL", "INFO"), arguments);
    all.add(jvm);
    return jvm;
  }

  private static Set<String> nodes(ServeJvm jvm) {
    JsonArray nodes =
        new JsonObject(
                HeardTurn.get(
                        CLIENT.sendAsync(
                            HttpRequest.newBuilder(URI.create(jvm.address() + "/v1/nodes")).build(),
                            BodyHandlers.ofString()))
                    .body())
            .getJsonArray("nodes");
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      names.add(nodes.getJsonObject(i).getString("node"));
    }
    return names;
  }

  private static String folder(String authority) {
    return keys.resolve(authority).resolve("node").toString();
  }

  @Test
  void nodesWithKeysOfOneAuthorityFormAClusterThatOthersDoNotGetInto() throws Exception {
    // given
    ServeJvm first = serve("first", "http,gemini", "--cluster-keys", folder("ours"));
    first.address();
    ServeJvm second = serve("second", "tts", "--cluster-keys", folder("ours"));
    second.ready();
    OtherProcess.until(
        () -> {
          assertThat(second.alive()).isTrue();
          return nodes(first).contains("second");
        });
    // when
    ServeJvm foreign = serve("foreign", "http,tts", "--cluster-keys", folder("theirs"));
    ServeJvm clear = serve("clear", "http,tts", "--insecure-cluster");
    ServeJvm own = serve("own", "http,tts");
    foreign.address();
    clear.address();
    own.address();
    // then
    assertThat(nodes(first)).containsExactly("first", "second");
    assertThat(nodes(foreign)).containsExactly("foreign");
    assertThat(nodes(clear)).containsExactly("clear");
    assertThat(nodes(own)).containsExactly("own");
    // and: every port but that of HTTP asks for a certificate
    Set<Integer> ports = listening(first.pid()).keySet();
    ports.remove(URI.create(first.address()).getPort());
    assertThat(ports).hasSize(3);
    for (int listening : ports) {
      assertThatThrownBy(() -> withoutCertificate(listening))
          .as("port %d", listening)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKilledNodeIsNoticedByItsClosedSocketAlsoWithKeys() throws Exception {
    // given
    ServeJvm first = serve("first", "http,gemini", "--cluster-keys", folder("ours"));
    first.address();
    CompletableFuture<String> joined = first.says(TWO);
    ServeJvm second = serve("second", "tts", "--cluster-keys", folder("ours"));
    second.ready();
    HeardTurn.get(joined);
    // when
    CompletableFuture<String> without = first.says(ONE);
    second.kill();
    // then
    without.get(SILENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void aClusterListensOnTheLoopbackInterfaceOnlyUnlessToldOtherwise() {
    // given
    ServeJvm jvm = serve("alone", "http,gemini,chunker,tts,playback");
    jvm.address();
    // when
    Map<Integer, InetAddress> sockets = listening(jvm.pid());
    // then: HTTP, the event bus, JGroups, and its watch over closed sockets
    assertThat(sockets).hasSize(4);
    assertThat(sockets.values()).allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void keysCanBeReadByTheirOwnerOnlyAndAreNotReplaced() throws Exception {
    for (String name : List.of("authority", "node")) {
      assertThat(Files.getPosixFilePermissions(keys.resolve("ours").resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    ClusterKeys again = new ClusterKeys(keys.resolve("ours"), 2);
    assertThatThrownBy(() -> again.makeNode("node"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not replaced");
    assertThatThrownBy(() -> again.makeNode("../elsewhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClusterOnLoopbackMakesItselfKeysThatItsOwnerAloneCanRead(@TempDir Path state)
      throws Exception {
    // given
    Path folder = OwnClusterKeys.folder(Map.of("XDG_STATE_HOME", state.toString()));
    // when
    NodeKeys first = own(folder);
    // then
    assertThat(own(folder)).isEqualTo(first);
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("node.p12", "trust.p12", "password");
    }
    for (String file : List.of("node.p12", "trust.p12", "password")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    // and what others could have read is not used
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> own(folder)).hasMessageContainingAll("read by others", "remove it");
  }

  private static NodeKeys own(Path folder) {
    try {
      return OwnClusterKeys.in(folder);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysThatCannotBeMadeAreToldWithWhatToDo(@TempDir Path state) throws Exception {
    Path file = Files.writeString(state.resolve("voicebus"), "in the way");
    assertThatThrownBy(() -> own(file.resolve("cluster-keys")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("XDG_STATE_HOME", "--cluster-keys", "--insecure-cluster");
  }

  /** A client that trusts the authority, and has nothing to show itself. */
  private static void withoutCertificate(int port) throws Exception {
    NodeKeys own = NodeKeys.in(Path.of(folder("ours")));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(KeyStore.getInstance(own.trustStore().toFile(), own.password().toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      socket.setSoTimeout(CONNECT_MS);
      socket.startHandshake();
      socket.getOutputStream().write(new byte[64]);
      if (socket.getInputStream().read() < 0) {
        throw new IOException("closed by the other side");
      }
    }
  }

  /** The TCP ports that a process listens on, and at which address, by what the kernel says. */
  private static Map<Integer, InetAddress> listening(long pid) {
    try {
      return ListeningSockets.of(pid);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSocketOnAllAddressesWouldBeSeen() throws Exception {
    try (ServerSocket anywhere = new ServerSocket(0)) {
      assertThat(listening(ProcessHandle.current().pid()).get(anywhere.getLocalPort()))
          .matches(InetAddress::isAnyLocalAddress);
    }
  }
}
