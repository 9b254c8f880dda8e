package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.LogLines;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.wyoming.WyomingVerticle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Home Assistant's order of events, over real sockets, in front of the whole pipeline. */
@Timeout(60)
class WyomingTest {
  @RegisterExtension final LogLines log = LogLines.of("io.voicebus.turns");

  private static Vertx vertx;
  private static WyomingVerticle wyoming;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    Configuration configuration =
        Configuration.load(
            Map.of(
                "VOICEBUS_ENGINE", "scripted",
                "VOICEBUS_SPELL_OUT", "off",
                "VOICEBUS_PROCESSING", "none"),
            java.nio.file.Path.of("target"));
    wyoming = new WyomingVerticle();
    new Pipeline(vertx, configuration)
        .deployStages()
        .compose(
            deployed ->
                vertx.deployVerticle(
                    wyoming,
                    new DeploymentOptions().setConfig(new JsonObject().put("wyoming-port", 0))))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static WyomingClient client() throws IOException {
    return new WyomingClient(wyoming.actualPort());
  }

  private static String said(byte[] pcm) {
    return ScriptedVoice.textOf(pcm).replace(" ", "");
  }

  @Test
  void saysWhatItIsAndWhichVoicesThereAre() throws Exception {
    try (WyomingClient client = client()) {
      // when
      WyomingClient.Event info = client.send("describe").read();
      // then
      assertThat(info.type()).isEqualTo("info");
      JsonObject program = info.data().getJsonArray("tts").getJsonObject(0);
      assertThat(program.getBoolean("installed")).isTrue();
      assertThat(program.getBoolean("supports_synthesize_streaming")).isTrue();
      assertThat(program.getJsonObject("attribution").getString("url")).isNotEmpty();
      JsonObject voice = program.getJsonArray("voices").getJsonObject(0);
      assertThat(voice.getString("name")).isEqualTo("default");
      assertThat(voice.getJsonArray("languages")).isNotEmpty();
      assertThat(voice.getBoolean("installed")).isTrue();
      assertThat(info.data().fieldNames())
          .containsExactlyInAnyOrder("tts", "asr", "handle", "intent", "wake", "mic", "snd");
    }
  }

  @Test
  void answersAPing() throws Exception {
    try (WyomingClient client = client()) {
      WyomingClient.Event pong = client.text("ping", "you there?").read();
      assertThat(pong.type()).isEqualTo("pong");
      assertThat(pong.data().getString("text")).isEqualTo("you there?");
    }
  }

  /** As clients with short texts send them: the turn has not begun when the text has ended. */
  @Test
  void aClientIsReadAfterATextWhosePiecesCameAllAtOnce() throws Exception {
    try (WyomingClient client = client()) {
      // given
      for (int i = 0; i < 2; i++) {
        String text =
            "{\"type\":\"synthesize-start\"}\n"
                + "{\"type\":\"synthesize-chunk\",\"data\":{\"text\":\"Hello there.\"}}\n"
                + "{\"type\":\"synthesize-stop\"}\n";
        client.sendBytes(text.getBytes(StandardCharsets.UTF_8));
        assertThat(said(client.audioUntil("synthesize-stopped"))).isEqualTo("Hellothere.");
      }
      // when
      client.text("ping", "x");
      // then
      assertThat(client.read().type()).isEqualTo("pong");
    }
  }

  @Test
  void aWholeTextIsSaidUpToAudioStop() throws Exception {
    try (WyomingClient client = client()) {
      // when
      client.text("synthesize", "The door is open. It is cold.");
      WyomingClient.Event start = client.read();
      // then
      assertThat(start.type()).isEqualTo("audio-start");
      assertThat(start.data().getInteger("rate")).isEqualTo(24_000);
      assertThat(start.data().getInteger("width")).isEqualTo(2);
      assertThat(start.data().getInteger("channels")).isEqualTo(1);
      assertThat(said(client.audioUntil("audio-stop"))).isEqualTo("Thedoorisopen.Itiscold.");
    }
  }

  @Test
  void aTextInPiecesIsSaidOnceAndWhileItIsWritten() throws Exception {
    try (WyomingClient client = client()) {
      // when a sentence is there, and nothing tells that the text ends
      client.send("synthesize-start", new JsonObject().put("voice", new JsonObject()));
      client.text("synthesize-chunk", "The do").text("synthesize-chunk", "or is open. It");
      // then
      assertThat(client.read().type()).isEqualTo("audio-start");
      WyomingClient.Event first = client.read();
      assertThat(first.type()).isEqualTo("audio-chunk");
      assertThat(first.payload()).isNotEmpty();
      // when
      client
          .text("synthesize-chunk", " is cold.")
          .text("synthesize", "The door is open. It is cold.")
          .send("synthesize-stop");
      byte[] rest = client.audioUntil("audio-stop");
      // then
      byte[] all = new byte[first.payload().length + rest.length];
      System.arraycopy(first.payload(), 0, all, 0, first.payload().length);
      System.arraycopy(rest, 0, all, first.payload().length, rest.length);
      assertThat(said(all)).isEqualTo("Thedoorisopen.Itiscold.");
      assertThat(client.read().type()).isEqualTo("synthesize-stopped");
    }
  }

  @Test
  void oneThatSendsNoPiecesButTheWholeWithinAStreamIsHeard() throws Exception {
    try (WyomingClient client = client()) {
      client.send("synthesize-start").text("synthesize", "Good night.").send("synthesize-stop");
      assertThat(client.read().type()).isEqualTo("audio-start");
      assertThat(said(client.audioUntil("synthesize-stopped"))).isEqualTo("Goodnight.");
    }
  }

  @Test
  void textsAreSaidOneAfterTheOther() throws Exception {
    try (WyomingClient client = client()) {
      client.text("synthesize", "One.").text("synthesize", "Two.").send("synthesize-start");
      client.text("synthesize-chunk", "Three.").send("synthesize-stop");
      for (String text : List.of("One.", "Two.", "Three.")) {
        assertThat(client.read().type()).isEqualTo("audio-start");
        assertThat(said(client.audioUntil("audio-stop"))).isEqualTo(text);
      }
      assertThat(client.read().type()).isEqualTo("synthesize-stopped");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void aTextWithoutAWordHasAnEnd(String text) throws Exception {
    try (WyomingClient client = client()) {
      client.text("synthesize", text);
      assertThat(client.read().type()).isEqualTo("audio-start");
      assertThat(client.audioUntil("audio-stop")).containsOnly(0).hasSize(640);
      client.send("synthesize-start").text("synthesize-chunk", text).send("synthesize-stop");
      assertThat(client.audioUntil("synthesize-stopped")).containsOnly(0).hasSize(640);
    }
  }

  /** Home Assistant makes a file of the samples, which it cannot read without any. */
  @Test
  void aTextOfWhichNothingCanBeSpokenIsAMomentOfSilenceAndALineInTheLog() throws Exception {
    try (WyomingClient client = client()) {
      // when
      client.text("synthesize", "... ***");
      // then
      assertThat(client.audioUntil("audio-stop")).containsOnly(0).hasSize(640);
      while (log.texts().stream()
          .noneMatch(line -> line.endsWith(": nothing of its text can be spoken"))) {
        Thread.onSpinWait(); // the client may be told a moment before the log
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON\n",
        "[1]\n",
        "{\"data\":{}}\n",
        "{\"type\":\"ping\",\"data_length\":-1}\n",
        "{\"type\":\"ping\",\"payload_length\":99999999}\n",
        "{\"type\":\"ping\",\"data_length\":1}\n1"
      })
  void whatIsNotOfTheProtocolIsToldAndTheConnectionCloses(String bytes) throws Exception {
    try (WyomingClient client = client()) {
      client.sendBytes(bytes.getBytes(StandardCharsets.UTF_8));
      assertThat(client.read().type()).isEqualTo("error");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aFailedTextIsToldToItsClientAndToTheLog() throws Exception {
    try (WyomingClient client = client()) {
      // when
      client.send(
          "synthesize",
          new JsonObject()
              .put("text", "Hello.")
              .put("voice", new JsonObject().put("name", "embedded/nobody")));
      // then
      assertThat(client.read().type()).isEqualTo("error");
      while (log.texts().stream()
          .noneMatch(
              line -> line.matches("turn \\S+ failed: speech, not-found, .*engines=scripted.*"))) {
        Thread.onSpinWait(); // the client may be told a moment before the log
      }
    }
  }

  @Test
  void eachTextIsToldToTheLogWhereAllAreWanted() throws Exception {
    // given
    WyomingVerticle talkative = new WyomingVerticle();
    JsonObject config = new JsonObject().put("wyoming-port", 0).put("log-turns", "all");
    vertx
        .deployVerticle(talkative, new DeploymentOptions().setConfig(config))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    // when
    try (WyomingClient client = new WyomingClient(talkative.actualPort())) {
      client.text("synthesize", "Hello.").read();
      client.audioUntil("audio-stop");
    }
    // then
    while (log.texts().stream().noneMatch(line -> line.matches("turn \\S+ finished after .*"))) {
      Thread.onSpinWait();
    }
  }

  /** Closing a connection of which something is unread resets it, and the error would be lost. */
  @Test
  void aClientThatHasSentMuchMoreThanIsReadIsToldSo() throws Exception {
    try (WyomingClient client = client()) {
      client.sendBytes(new byte[5_000_000]);
      assertThat(client.read().type()).isEqualTo("error");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aLineWithoutEndIsCutOff() throws Exception {
    try (WyomingClient client = client()) {
      client.sendBytes(new byte[70 * 1024]);
      assertThat(client.read().type()).isEqualTo("error");
    }
  }

  @Test
  void eventsMayComeByteForByteWithTheirDataInTheLine() throws Exception {
    try (WyomingClient client = client()) {
      byte[] bytes =
          "{\"type\":\"unknown\",\"payload_length\":3}\nabc{\"type\":\"synthesize\",\"data\":{\"text\":\"Grüß Gott.\"}}\n"
              .getBytes(StandardCharsets.UTF_8);
      for (byte b : bytes) {
        client.sendBytes(new byte[] {b});
      }
      assertThat(client.read().type()).isEqualTo("audio-start");
      assertThat(said(client.audioUntil("audio-stop"))).isEqualTo("GrüßGott.");
    }
  }

  @Test
  void manyClientsAreServedAtOnceAndOneThatGoesHarmsNobody() throws Exception {
    List<WyomingClient> clients =
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  try {
                    return client().text("synthesize", "Client number " + i + " wants this said.");
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    clients.get(0).close();
    for (int i = 1; i < clients.size(); i++) {
      try (WyomingClient client = clients.get(i)) {
        client.read();
        assertThat(said(client.audioUntil("audio-stop")))
            .isEqualTo("Clientnumber" + i + "wantsthissaid.");
      }
    }
  }

  @Test
  void aConnectionTooManyIsToldWhy() throws Exception {
    WyomingVerticle narrow = new WyomingVerticle();
    JsonObject config = new JsonObject().put("wyoming-port", 0).put("wyoming-connections", 1);
    vertx
        .deployVerticle(narrow, new DeploymentOptions().setConfig(config))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    try (WyomingClient first = new WyomingClient(narrow.actualPort())) {
      assertThat(first.send("ping").read().type()).isEqualTo("pong");
      try (WyomingClient second = new WyomingClient(narrow.actualPort())) {
        WyomingClient.Event error = second.read();
        assertThat(error.type()).isEqualTo("error");
        assertThat(error.data().getString("text")).contains("wyoming-connections").contains("1");
        assertThat(second.isClosed()).isTrue();
      }
    }
  }
}
