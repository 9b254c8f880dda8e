package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.FreePorts;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turn whose chunks are spoken by one JVM, and then by another that knows nothing of it. */
@Tag("slow")
@Timeout(120)
class OneVoiceClusterTest {
  private static final String TROUBLE = "a lot of trouble.";

  private final String port = Integer.toString(FreePorts.range(20));
  private final HttpClient client = HttpClient.newHttpClient();
  private final Vertx services = Vertx.vertx();
  private final List<ServeJvm> all = new ArrayList<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() {
    all.forEach(ServeJvm::close);
    await(services.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private ServeJvm node(String roles, Map<String, String> settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--cluster", "--cluster-port", port));
    arguments.addAll(List.of("--roles", roles));
    arguments.addAll(List.of(more));
    ServeJvm jvm = ServeJvm.start(settings, arguments);
    all.add(jvm);
    return jvm;
  }

  /** One sentence is broken off each time, the others are said at once. */
  private ElevenScript script(ElevenRequest request) {
    asked.add(request.text());
    ElevenScript script = ElevenScript.instant();
    return request.text().contains(TROUBLE) ? script.failing(ElevenFault.cut(2)) : script;
  }

  @Test
  void whoHasGoneOverToAnotherVoiceKeepsItWhenItsJvmIsKilled() throws Exception {
    // given: the only JVM that speaks has gone over to the voice of this machine
    ElevenEmulator eleven =
        await(ElevenEmulator.start(services, ElevenOptions.generous().withScripts(this::script)));
    Map<String, String> voices =
        Map.of(
            "VOICEBUS_ENGINES", "elevenlabs,embedded",
            "ELEVENLABS_API_KEY", "emulated-key",
            "ELEVENLABS_BASE_URL", eleven.baseUrl());
    ServeJvm front =
        node(
            "http,gemini,chunker,playback",
            Map.of("VOICEBUS_READER_DELTAS_PER_SECOND", "12"),
            "--port",
            "0");
    ServeJvm first = node("tts", voices);
    first.ready();
    HttpResponse<InputStream> answer = speak(front.address());
    try (InputStream audio = answer.body();
        Stream<String> lines = events(front.address(), answer)) {
      Thread listener = new Thread(() -> drain(audio), "listener");
      listener.start();
      Iterator<String> events = lines.iterator();
      awaitEnd(events, 2);
      assertThat(asked).anyMatch(text -> text.contains(TROUBLE));
      asked.clear();
      // when
      ServeJvm second = node("tts", voices);
      second.ready();
      int last = awaitEnd(events, 4);
      first.kill();
      // then: it goes on in the same voice
      awaitEnd(events, last + 4);
      assertThat(second.alive()).isTrue();
      assertThat(asked).isEmpty();
    }
  }

  private HttpResponse<InputStream> speak(String address) throws Exception {
    String text =
        "Here we begin. The second one brings "
            + TROUBLE
            + " And one more sentence follows now.".repeat(200);
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/v1/speak?clauses=off"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(text))
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private Stream<String> events(String address, HttpResponse<?> answer) throws Exception {
    String turn = answer.headers().firstValue("Voicebus-Turn").orElseThrow();
    return client
        .send(
            HttpRequest.newBuilder(URI.create(address + "/v1/turns/" + turn + "/events")).build(),
            BodyHandlers.ofLines())
        .body();
  }

  private static void drain(InputStream audio) {
    try {
      audio.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** Reads events until such a chunk, or a later one, has been played; its index. */
  private static int awaitEnd(Iterator<String> events, int atLeast) {
    while (events.hasNext()) {
      String line = events.next();
      assertThat(line).doesNotStartWith("event: skipped").doesNotStartWith("event: end");
      if (line.startsWith("data: ") && line.contains("\"mark\":\"chunk-end\"")) {
        int chunk = Integer.parseInt(line.replaceFirst(".*\"chunk\":(\\d+).*", "$1"));
        if (chunk >= atLeast) {
          return chunk;
        }
      }
    }
    throw new AssertionError("the events have ended");
  }
}
