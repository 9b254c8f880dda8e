package io.voicebus.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.http.HttpVerticle;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The applications that {@code docs/embedding.md} shows speak, and they are what it shows. */
class EmbeddingTest {
  private static final List<Path> DOCUMENTS =
      List.of(Path.of("..", "docs", "embedding.md"), Path.of("..", "docs", "extending.md"));
  private static final Path SOURCES = Path.of("src/test/java/io/voicebus/embedding");

  private static final TurnOptions AS_MADE =
      TurnOptions.DEFAULTS.withPace(Pace.ASAP).withProcessing(TurnOptions.NO_PROCESSING);

  /** Half a second of the embedded voice. */
  private static final int SOME_BYTES = 16_000;

  @Test
  void anApplicationOfVertxSpeaks() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    SpeakingApplication application = new SpeakingApplication();
    // when
    vertx.deployVerticle(application).await(30, TimeUnit.SECONDS);
    TurnEvent.Ended ended = application.spoken().await(30, TimeUnit.SECONDS);
    // then
    assertThat(ended.outcome()).isEqualTo(TurnEvent.Outcome.FINISHED);
    assertThat(application.samples()).isGreaterThan(SOME_BYTES);
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void anApplicationOfSpringBootSpeaks() throws Exception {
    // given
    try (ConfigurableApplicationContext spring =
        SpringApplication.run(
            SpringApplicationThatSpeaks.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--spring.main.banner-mode=off")) {
      String port = spring.getEnvironment().getRequiredProperty("local.server.port");
      // when
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/say"))
                      .header("Content-Type", "text/plain")
                      .POST(BodyPublishers.ofString("Hello from Spring."))
                      .build(),
                  BodyHandlers.ofByteArray());
      // then
      assertThat(answer.statusCode()).isEqualTo(200);
      assertIsSpoken(answer.body());
      // and a listener that has gone ends its turn, not the service
      SpeechService speech = spring.getBean(SpeechService.class);
      assertThatThrownBy(() -> speech.speak("Who hears this?", brokenPipe()))
          .hasMessage("Broken pipe");
      ByteArrayOutputStream next = new ByteArrayOutputStream();
      speech.speak("The next one does.", next);
      assertIsSpoken(next.toByteArray());
    }
  }

  private static OutputStream brokenPipe() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
  }

  @Test
  void aResourceOfQuarkusSpeaksThroughTheServerBesideIt() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    HttpVerticle server = new HttpVerticle();
    Future.all(
            vertx.deployVerticle(PlaybackVerticle.class.getName(), new DeploymentOptions()),
            vertx.deployVerticle(ChunkerVerticle.class.getName(), new DeploymentOptions()),
            vertx.deployVerticle(TtsVerticle.class.getName(), new DeploymentOptions()),
            vertx.deployVerticle(
                server, new DeploymentOptions().setConfig(new JsonObject().put("port", 0))))
        .await(30, TimeUnit.SECONDS);
    SpeechResource resource =
        new SpeechResource(URI.create("http://127.0.0.1:" + server.actualPort()));
    // when
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    resource
        .say("Hello from Quarkus.")
        .subscribe()
        .asStream()
        .forEach(piece -> heard.write(piece, 0, piece.length));
    // then
    assertIsSpoken(heard.toByteArray());
    // and what is refused is told in the server's words
    assertThatThrownBy(
            () -> resource.say("").collect().asList().await().atMost(Duration.ofSeconds(30)))
        .hasMessageContaining("the text is empty");
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void anEngineASourceASinkAndAStageOfOnesOwnWorkTogether() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    VertxBus bus =
        Future.all(
                vertx.deployVerticle(new PlaybackVerticle()),
                vertx.deployVerticle(new GeminiVerticle(ShoppingSource::new)),
                vertx.deployVerticle(new LineVerticle()),
                vertx.deployVerticle(
                    new TtsVerticle(
                        EngineCatalog.local().with("tone", (settings, slots) -> new ToneEngine())),
                    new DeploymentOptions().setConfig(new JsonObject().put("engine", "tone"))))
            .compose(deployed -> VertxBus.register(vertx, Clock.system(), "test"))
            .await(30, TimeUnit.SECONDS);
    LevelMeter meter = new LevelMeter();
    List<String> chunks = new ArrayList<>();
    Promise<TurnEvent.Ended> over = Promise.promise();
    // when
    bus.execute(
        () ->
            new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS)
                .start(
                    TurnRequest.toCaller("What is to be bought?", AS_MADE),
                    event -> {
                      if (event instanceof TurnEvent.Caption caption) {
                        chunks.add(caption.chunk().text());
                      } else if (event instanceof TurnEvent.Ended ended) {
                        over.complete(ended);
                      }
                    })
                .listen(meter));
    TurnEvent.Ended ended = over.future().await(30, TimeUnit.SECONDS);
    // then
    assertThat(ended.failure()).isNull();
    assertThat(chunks)
        .containsExactly("Three things are to be bought.", "Bread and butter.", "No more milk.");
    assertThat(meter.ms()).as("a fifth of a second for each of twelve words").isEqualTo(2_400);
    assertThat(meter.peak()).isBetween(7_900, 8_000);
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void anEngineThatAsksAServiceSpeaksAndFailsInWords() throws Exception {
    // given: a service that hums half a second for each text, in pieces of odd lengths
    Vertx vertx = Vertx.vertx();
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer service =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            text -> {
                              asked.add(text.toString());
                              hum(request.response(), text.toString());
                            }))
            .listen(0, "127.0.0.1")
            .await(30, TimeUnit.SECONDS);
    String url = "http://127.0.0.1:" + service.actualPort() + "/hum";
    VertxBus bus =
        Future.all(
                vertx.deployVerticle(new PlaybackVerticle()),
                vertx.deployVerticle(new ChunkerVerticle()),
                vertx.deployVerticle(
                    new TtsVerticle(
                        EngineCatalog.all(vertx, Clock.system())
                            .with(HumEngine.NAME, new HumEngine.Opener(vertx))),
                    new DeploymentOptions().setConfig(new JsonObject().put("hum-url", url))))
            .compose(deployed -> VertxBus.register(vertx, Clock.system(), "test"))
            .await(30, TimeUnit.SECONDS);
    TurnOwner owner = new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS);
    // when
    LevelMeter meter = new LevelMeter();
    TurnEvent.Ended spoken = say(bus, owner, "The first one. And the second one.", meter, e -> {});
    TurnEvent.Ended failed = say(bus, owner, "Refuse this.", new LevelMeter(), e -> {});
    // then
    assertThat(spoken.failure()).isNull();
    assertThat(meter.ms()).isEqualTo(1_000);
    assertThat(asked).contains("The first one.", "And the second one.");
    assertThat(failed.failure()).isNotNull();
    assertThat(failed.failure().detail()).contains("the service says Not Found");
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  private static void hum(HttpServerResponse response, String text) {
    if (text.startsWith("Refuse")) {
      response.setStatusCode(404).end();
      return;
    }
    byte[] pcm = new byte[16_000];
    Arrays.fill(pcm, (byte) 32);
    response.setChunked(true);
    for (int at = 0; at < pcm.length; at += 777) {
      response.write(Buffer.buffer(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + 777))));
    }
    response.end();
  }

  private static TurnEvent.Ended say(
      VertxBus bus,
      TurnOwner owner,
      String text,
      AudioListener listener,
      Consumer<TurnEvent> events)
      throws Exception {
    Promise<TurnEvent.Ended> over = Promise.promise();
    bus.execute(
        () ->
            owner
                .start(
                    TurnRequest.toCaller(text, AS_MADE.withMode(TextMode.SAY)),
                    event -> {
                      events.accept(event);
                      if (event instanceof TurnEvent.Ended ended) {
                        over.complete(ended);
                      }
                    })
                .listen(listener));
    return over.future().await(30, TimeUnit.SECONDS);
  }

  @Test
  void aStageOfOnesOwnStandsBetweenTheChunkerAndPlayback() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    VertxBus bus =
        Future.all(
                vertx.deployVerticle(new PlaybackVerticle()),
                vertx.deployVerticle(new ChunkerVerticle().servingAt(WordsVerticle.CHUNKER)),
                vertx.deployVerticle(new WordsVerticle()),
                vertx.deployVerticle(
                    new TtsVerticle(
                        EngineCatalog.local().with("tone", (settings, slots) -> new ToneEngine())),
                    new DeploymentOptions().setConfig(new JsonObject().put("engine", "tone"))))
            .compose(deployed -> VertxBus.register(vertx, Clock.system(), "test"))
            .await(30, TimeUnit.SECONDS);
    TurnOwner owner = new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS);
    List<ChunkCaption> chunks = new ArrayList<>();
    LevelMeter meter = new LevelMeter();
    // when
    TurnEvent.Ended ended =
        say(
            bus,
            owner,
            "The kitty sat. It is yummy.",
            meter,
            event -> {
              if (event instanceof TurnEvent.Caption caption) {
                chunks.add(caption.chunk());
              }
            });
    // then: it is read as it was written, and heard otherwise
    assertThat(ended.failure()).isNull();
    assertThat(chunks)
        .extracting(ChunkCaption::text)
        .containsExactly("The kitty sat.", "It is yummy.");
    assertThat(chunks)
        .extracting(ChunkCaption::words)
        .containsExactly("The cat sat.", "It is good.");
    assertThat(meter.ms()).as("a fifth of a second for each of six words").isEqualTo(1_200);
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void aDoorOfOnesOwnFeedsTheTextOfAnotherModel() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    LinesDoor door = new LinesDoor();
    Future.all(
            vertx.deployVerticle(new PlaybackVerticle()),
            vertx.deployVerticle(new ChunkerVerticle()),
            vertx.deployVerticle(new TtsVerticle()),
            vertx.deployVerticle(door))
        .await(30, TimeUnit.SECONDS);
    // when
    HttpResponse<byte[]> spoken = post(door, "{\"text\":\"Hello \"}\n{\"text\":\"there.\"}\n");
    HttpResponse<byte[]> refused = post(door, "Hello there.\n");
    // then
    assertThat(spoken.statusCode()).isEqualTo(200);
    assertIsSpoken(spoken.body());
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .isEqualTo("a line is no JSON object");
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  private static HttpResponse<byte[]> post(LinesDoor door, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port()))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofByteArray());
  }

  private static void assertIsSpoken(byte[] wav) {
    assertThat(new String(wav, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(wav.length).isGreaterThan(SOME_BYTES);
  }

  @Test
  void theDocumentationShowsTheseApplications() throws Exception {
    // given
    String document = Files.readString(DOCUMENTS.get(0)) + Files.readString(DOCUMENTS.get(1));
    Matcher shown =
        Pattern.compile("```java\n(?<code>/\\*\\* .*?\n)```\n", Pattern.DOTALL).matcher(document);
    // then: every class that it shows is one of these, whole
    List<String> sources = sources();
    assertThat(shown.results().map(result -> result.group(1)).toList())
        .hasSize(sources.size())
        .containsExactlyInAnyOrderElementsOf(sources);
  }

  /** What follows the imports of every class here but this. */
  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(file -> !file.getFileName().toString().equals("EmbeddingTest.java"))
          .map(EmbeddingTest::code)
          .toList();
    }
  }

  private static String code(Path file) {
    try {
      String source = Files.readString(file);
      return source.substring(source.indexOf("/** "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theVersionsThatAreToBeImportedAreThoseOfAllModules() throws Exception {
    // given
    String parent = Files.readString(Path.of("..", "pom.xml"));
    String bom = Files.readString(Path.of("..", "bom", "pom.xml"));
    // then
    assertThat(found("<artifactId>voicebus(?:-bom)?</artifactId>\\s*<version>(.*?)</version>", bom))
        .isEqualTo(found("<artifactId>voicebus</artifactId>\\s*<version>(.*?)</version>", parent));
    assertThat(
            found("<artifactId>vertx-dependencies</artifactId>\\s*<version>(.*?)</version>", bom))
        .isEqualTo(found("<vertx.version>(.*?)</vertx.version>", parent));
    assertThat(found("<artifactId>jackson-bom</artifactId>\\s*<version>(.*?)</version>", bom))
        .isEqualTo(found("<jackson.version>(.*?)</jackson.version>", parent));
    assertThat(
            found(
                "<groupId>io.voicebus</groupId>\\s*<artifactId>([a-z-]+)</artifactId>\\s*<version>\\$",
                bom))
        .containsExactlyInAnyOrderElementsOf(
            found("<module>((?!bom|embedding|benchmarks|page-tests).*?)</module>", parent));
    assertThat(Files.readString(DOCUMENTS.get(0)))
        .contains("<artifactId>voicebus-bom</artifactId>");
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .toList();
  }
}
