package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.Relay;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ScriptedServer;
import io.voicebus.tts.service.ServiceStage;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speech services behind proxies, and behind TLS of a private authority. */
class SpeechOutboundTest {
  private static final byte[] PCM = EmulatedSpeech.pcm("Hello.", 24_000);

  @TempDir private static Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedServer openai =
      new ScriptedServer(asked -> ScriptedServer.Answer.audio("audio/pcm", PCM));

  /** Kept, since a client of Vert.x that nobody refers to is closed, with all its connections. */
  private final List<SpeechEngine> engines = new ArrayList<>();

  private int elevenPort;

  @BeforeAll
  static void certify() throws Exception {
    keytool(
        "-genkeypair -alias voices -keyalg EC -dname CN=voices.example"
            + " -ext san=ip:127.0.0.1,dns:voices.example -storetype PKCS12 -storepass changeit"
            + " -keystore "
            + dir.resolve("voices.p12"));
    keytool(
        "-exportcert -rfc -alias voices -storepass changeit -keystore "
            + dir.resolve("voices.p12")
            + " -file "
            + dir.resolve("voices.pem"));
  }

  @BeforeEach
  void start() {
    elevenPort =
        port(ServiceStage.await(ElevenEmulator.start(vertx, ElevenOptions.generous())).baseUrl());
  }

  @AfterEach
  void close() {
    for (SpeechEngine engine : engines) {
      engine.close();
    }
    openai.close();
    ServiceStage.await(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "http", "socket"})
  void aCertificateOfAnAuthorityThatIsToldIsTrusted(String service) {
    Relay tls = tls(service);
    JsonObject settings = new JsonObject().put("ca-file", dir.resolve("voices.pem").toString());
    assertSaid(say(service, "https://127.0.0.1:" + tls.port(), settings));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "http", "socket"})
  void aCertificateThatIsNotTrustedIsToldAsSuch(String service) {
    Relay tls = tls(service);
    assertThat(say(service, "https://127.0.0.1:" + tls.port(), new JsonObject()).outcome())
        .startsWith("UNAVAILABLE")
        .contains(
            "cannot be reached",
            "TLS certificate of 127.0.0.1",
            "ca-file",
            "SSL_CERT_FILE",
            "-base-url");
  }

  /** As where the name servers of the process's start are out of reach. */
  @ParameterizedTest
  @ValueSource(strings = {"openai", "http"})
  void aNameThatOnlyTheSystemKnowsIsReached(String service) {
    AddressResolverOptions nobody =
        new AddressResolverOptions()
            .setServers(List.of("127.0.0.1:1"))
            .setQueryTimeout(100)
            .setHostsValue(Buffer.buffer());
    Vertx elsewhere = Vertx.vertx(new VertxOptions().setAddressResolverOptions(nobody));
    try {
      int port = service.equals("openai") ? port(openai.baseUrl()) : elevenPort;
      assertSaid(say(elsewhere, service, "http://localhost:" + port, new JsonObject()));
    } finally {
      engines.forEach(SpeechEngine::close);
      engines.clear();
      ServiceStage.await(elsewhere.close());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "http", "socket"})
  void overTlsAProxyIsAskedForATunnel(String service) {
    Relay proxy = ServiceStage.await(Relay.proxy(vertx, tls(service).port()));
    JsonObject settings =
        new JsonObject()
            .put("ca-file", dir.resolve("voices.pem").toString())
            .put("proxy", "http://ann:pass@127.0.0.1:" + proxy.port());
    assertSaid(say(service, "https://voices.example", settings));
    assertThat(proxy.asked().get(0))
        .startsWith("CONNECT voices.example:443 HTTP/1.1")
        .containsIgnoringCase("Proxy-Authorization: Basic YW5uOnBhc3M=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "http", "socket"})
  void aProxyThatWantsAPasswordIsNamed(String service) {
    Relay proxy =
        ServiceStage.await(Relay.proxyThatSays(vertx, "407 Proxy Authentication Required"));
    JsonObject settings = new JsonObject().put("proxy", "http://127.0.0.1:" + proxy.port());
    assertThat(say(service, "https://voices.example", settings).outcome())
        .contains("the proxy at 127.0.0.1:" + proxy.port() + " wants a user and a password");
  }

  @Test
  void withoutTlsAProxyIsAskedForThePageAndForATunnelForAWebSocket() {
    JsonObject http = new JsonObject().put("proxy", openai.baseUrl());
    assertSaid(say("openai", "http://voices_at_home:8880", http));
    assertThat(openai.asked().get(0).uri()).isEqualTo("http://voices_at_home:8880/v1/audio/speech");
    Relay proxy = ServiceStage.await(Relay.proxy(vertx, elevenPort));
    JsonObject socket = new JsonObject().put("proxy", "http://127.0.0.1:" + proxy.port());
    assertSaid(say("socket", "http://voices.example:8080", socket));
    assertThat(proxy.asked().get(0)).startsWith("CONNECT voices.example:8080 HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "elevenlabs"})
  void aFileOfAuthoritiesThatIsNoneStopsTheStartWhoeverSpeaks(String engine) {
    JsonObject config =
        new JsonObject()
            .put("engine", engine)
            .put("elevenlabs-api-key", "good")
            .put("ca-file", dir.resolve("none.pem").toString());
    assertThatThrownBy(
            () ->
                vertx
                    .deployVerticle(new TtsVerticle(), new DeploymentOptions().setConfig(config))
                    .await())
        .hasMessageContaining("ca-file")
        .hasMessageContaining("none.pem");
  }

  private Relay tls(String service) {
    PfxOptions certificate =
        new PfxOptions().setPath(dir.resolve("voices.p12").toString()).setPassword("changeit");
    return ServiceStage.await(
        Relay.tls(
            vertx, certificate, service.equals("openai") ? port(openai.baseUrl()) : elevenPort));
  }

  private RecordingSink say(String service, String url, JsonObject more) {
    return say(vertx, service, url, more);
  }

  private RecordingSink say(Vertx with, String service, String url, JsonObject more) {
    JsonObject values =
        service.equals("openai")
            ? new JsonObject().put("openai-speech-base-url", url + "/v1")
            : new JsonObject()
                .put("elevenlabs-api-key", "good")
                .put("elevenlabs-base-url", url)
                .put("elevenlabs-transport", service);
    Settings settings = new Settings("tts", values.mergeIn(more));
    SpeechEngine engine = EngineCatalog.all(with, Clock.system()).open(settings, 4);
    settings.rejectUnknown();
    engines.add(engine);
    RecordingSink sink = new RecordingSink();
    engine.speak(Utterance.of("Hello."), sink);
    return sink;
  }

  private static void assertSaid(RecordingSink sink) {
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(EmulatedSpeech.textOf(sink.pcm()).strip()).isEqualTo("Hello.");
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }

  private static void keytool(String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    words.addAll(0, List.of(tool, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }
}
