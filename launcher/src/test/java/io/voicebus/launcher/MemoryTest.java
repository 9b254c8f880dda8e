package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.TextPace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that never read, at a server whose turns may hold little. */
@Tag("slow")
@Timeout(120)
class MemoryTest {
  private static final long TURN = MemoryBudget.OWNER_BYTES + MemoryBudget.PLAYBACK_BYTES;
  private static final int ROOM_FOR = 16;
  private static final String LAST = "and that is all there is.";

  private final Vertx services = Vertx.vertx();
  private final Vertx vertx = Vertx.vertx();
  private final MemoryBudget budget = MemoryBudget.of(vertx, ROOM_FOR * TURN);
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Socket> silent = new ArrayList<>();
  private URI address = URI.create("http://127.0.0.1");

  @TempDir Path directory;

  @AfterEach
  void close() throws IOException {
    for (Socket socket : silent) {
      socket.close();
    }
    await(vertx.close());
    await(services.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void serve() {
    GeminiEmulator model =
        await(
            GeminiEmulator.start(
                services, GeminiEmulatorOptions.DEFAULTS.echoing(new TextPace(10, 10_000, 10))));
    ElevenEmulator voice =
        await(
            ElevenEmulator.start(
                services, ElevenOptions.generous().withScripts(any -> ElevenScript.instant())));
    Map<String, String> environment =
        Map.of(
            "VOICEBUS_PORT",
            "0",
            "VOICEBUS_DETACH_MS",
            "0",
            "VOICEBUS_MAX_CHUNK_CHARS",
            "60",
            "GEMINI_API_KEY",
            GeminiEmulatorOptions.DEFAULTS.key(),
            "GEMINI_BASE_URL",
            model.baseUrl(),
            "ELEVENLABS_API_KEY",
            "emulated-key",
            "ELEVENLABS_BASE_URL",
            voice.baseUrl());
    Pipeline pipeline = new Pipeline(vertx, Configuration.load(environment, directory));
    int port = await(pipeline.deployStages().compose(done -> pipeline.deployHttp())).actualPort();
    address = URI.create("http://127.0.0.1:" + port);
  }

  /** Some seventy seconds of speech, in which nothing comes twice. */
  private static String text() {
    StringBuilder text = new StringBuilder();
    for (String thing : List.of("bridge", "harbour", "garden", "village", "library", "orchard")) {
      text.append("Some of them say that the ").append(thing);
      text.append(" is the oldest of all that we have seen on our way, ");
      text.append("and others say that nobody knows when the ").append(thing);
      text.append(" was made. ");
    }
    return text + "So it ends, " + LAST;
  }

  private CompletableFuture<HttpResponse<byte[]>> speak() {
    return client.sendAsync(
        HttpRequest.newBuilder(address.resolve("/v1/speak?processing=none"))
            .header("Accept", "audio/pcm")
            .POST(BodyPublishers.ofString(text()))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static void assertWhole(CompletableFuture<HttpResponse<byte[]>> heard) {
    HttpResponse<byte[]> response = heard.orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(EmulatedSpeech.textOf(response.body()).strip()).endsWith(LAST);
  }

  /** Asks for speech, reads the head of the answer, and then nothing more. */
  private String silentListener() throws IOException {
    Socket socket = new Socket();
    silent.add(socket);
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    byte[] text = text().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/speak HTTP/1.1\r\nHost: "
            + address.getAuthority()
            + "\r\nContent-Length: "
            + text.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(text);
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the connection was lost");
      }
      answer.append((char) next);
    }
    if (!answer.toString().startsWith("HTTP/1.1 200")) {
      answer.append(new String(socket.getInputStream().readNBytes(200), StandardCharsets.UTF_8));
    }
    return answer.toString();
  }

  @Test
  void listenersThatNeverReadAreRefusedInTimeAndHarmNobody() throws Exception {
    // given
    serve();
    CompletableFuture<HttpResponse<byte[]>> reader = speak();
    // when
    int accepted = 0;
    String answer = silentListener();
    while (answer.startsWith("HTTP/1.1 200") && accepted < 10 * ROOM_FOR) {
      accepted++;
      answer = silentListener();
    }
    // then
    assertThat(answer).startsWith("HTTP/1.1 503");
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("retry-after: ");
    assertThat(answer).contains("no memory left");
    // One reads; a quarter at most goes to what is spoken ahead, and what is heard now takes more.
    assertThat(accepted).isBetween(ROOM_FOR / 2, ROOM_FOR);
    assertThat(budget.charged()).isPositive();
    assertWhole(reader);

    // when
    for (Socket socket : silent) {
      socket.close();
    }
    // then
    assertThat(isEmptyIn(Duration.ofSeconds(30))).as("holds %d", budget.charged()).isTrue();
    assertWhole(speak());
    assertThat(isEmptyIn(Duration.ofSeconds(30))).as("holds %d", budget.charged()).isTrue();
  }

  /** The server is asked for its state meanwhile, and so has time to see who has gone. */
  private boolean isEmptyIn(Duration patience) throws IOException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (budget.charged() > 0 && System.nanoTime() < until) {
      client.send(
          HttpRequest.newBuilder(address.resolve("/v1/status")).build(), BodyHandlers.discarding());
    }
    return budget.charged() == 0;
  }
}
