package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import io.voicebus.tts.scripted.ScriptedVoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Over real JVMs: the node that owns some turns is frozen, or killed, and their clients come back
 * at two others, of which one keeps the copies. The voice is readable, to the sample. The tests
 * share their nodes, and the last one kills the owner.
 */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnerLostTest {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerLostTest.class);
  private static final int TURNS = 4;

  /** Half a minute: its owner has not sent all of it when it is lost. */
  private static final int SENTENCES = 70;

  private static final int HEARD_BYTES = 300_001;

  /** So long a good client asks again. */
  private static final Duration RETRIES = Duration.ofSeconds(20);

  private final String port = Integer.toString(FreePorts.range(20));
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ServeJvm> all = new ArrayList<>();
  private ServeJvm owner;
  private List<ServeJvm> others;

  @BeforeAll
  void start() {
    ServeJvm back =
        node(
            "back",
            "gemini,chunker,playback,tts",
            Map.of(
                "VOICEBUS_ENGINE", "scripted",
                "VOICEBUS_SPELL_OUT", "off",
                "VOICEBUS_PROCESSING", "none"));
    others =
        List.of(
            node("second", "http", Map.of(), "--port", "0"),
            node("third", "http", Map.of(), "--port", "0"));
    back.ready();
    others.forEach(ServeJvm::ready);
    owner = node("owner", "http", Map.of(), "--port", "0");
    owner.ready();
  }

  @AfterAll
  void end() {
    if (Boolean.getBoolean("servers")) {
      all.forEach(jvm -> LOG.warn("a server said:\n{}", jvm.said()));
    }
    all.forEach(ServeJvm::close);
  }

  private ServeJvm node(String name, String roles, Map<String, String> settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--cluster", "--cluster-port", port));
    arguments.addAll(List.of("--roles", roles, "--node", name));
    arguments.addAll(List.of(more));
    ServeJvm jvm = ServeJvm.start(settings, arguments);
    all.add(jvm);
    return jvm;
  }

  private static String prompt(int turn) {
    return IntStream.range(0, SENTENCES)
        .mapToObj(i -> "Turn " + turn + " says this as its sentence number " + i + ".")
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  private HttpResponse<InputStream> audio(ServeJvm node, String turn, long from)
      throws IOException, InterruptedException {
    String path = node.address() + "/v1/turns/" + turn + "/audio";
    return client.send(
        HttpRequest.newBuilder(URI.create(from == 0 ? path : path + "?from=" + from))
            .header("Accept", "audio/pcm")
            .build(),
        BodyHandlers.ofInputStream());
  }

  private HttpResponse<String> call(String method, ServeJvm node, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(node.address() + "/v1/turns" + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Milliseconds. */
  private static long since(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static String text(InputStream body) throws IOException {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A turn whose listener reads the beginning of it, and no more. */
  private final class Heard {
    final int number;
    final String id;
    final InputStream body;
    final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    int tries;

    Heard(int number) throws IOException, InterruptedException {
      this.number = number;
      HttpResponse<String> accepted =
          call(
              "POST",
              owner,
              "",
              new JsonObject().put("prompt", prompt(number)).put("clauses", false).encode());
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
      id = new JsonObject(accepted.body()).getString("id");
      HttpResponse<InputStream> audio = audio(owner, id, 0);
      assertThat(audio.statusCode()).isEqualTo(200);
      body = audio.body();
      pcm.write(body.readNBytes(HEARD_BYTES));
    }

    /** What its listener has, and a sample that it has by half is none. */
    long samples() {
      return pcm.size() / 2;
    }

    /** Comes back as a good client does, and hears the rest. */
    void comeBack(ServeJvm node) throws IOException, InterruptedException {
      long begun = System.nanoTime();
      byte[] had = pcm.toByteArray();
      pcm.reset();
      pcm.write(had, 0, had.length / 2 * 2);
      while (true) {
        tries++;
        HttpResponse<InputStream> response = audio(node, id, samples());
        if (response.statusCode() == 200) {
          try (InputStream rest = response.body()) {
            pcm.write(rest.readNBytes(2));
            LOG.warn("turn {}: first byte after {} ms, try {}", number, since(begun), tries);
            rest.transferTo(pcm);
            return;
          }
        }
        String why = text(response.body());
        LOG.warn("turn {}: try {} after {} ms: {}", number, tries, since(begun), why);
        assertThat(response.statusCode()).as(why).isIn(503, 504);
        assertThat(since(begun)).as(why).isLessThan(RETRIES.toMillis());
        long again = response.headers().firstValueAsLong("Retry-After").orElse(1);
        CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(again, TimeUnit.SECONDS))
            .join();
      }
    }

    void assertHeardWhole() {
      assertThat(ScriptedVoice.textOf(pcm.toByteArray()).replace(" ", ""))
          .isEqualTo(prompt(number).replace(" ", ""));
    }
  }

  private static <T> CompletableFuture<T> async(Callable<T> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return task.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        each -> new Thread(each, "listener").start());
  }

  /** All at the same time, at two nodes. */
  private void comeBack(List<Heard> turns) {
    List<CompletableFuture<Heard>> back =
        turns.stream()
            .map(
                turn ->
                    async(
                        () -> {
                          turn.comeBack(others.get(turn.number % others.size()));
                          return turn;
                        }))
            .toList();
    back.forEach(CompletableFuture::join);
  }

  private List<Heard> hear() throws IOException, InterruptedException {
    List<Heard> turns = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      turns.add(new Heard(i));
    }
    return turns;
  }

  @Test
  @Order(1)
  void theListenersOfAFrozenNodeHearTheRestAtOthers() throws Exception {
    List<Heard> turns = hear();
    owner.freeze();
    try {
      comeBack(turns);
    } finally {
      owner.thaw();
    }
    turns.forEach(Heard::assertHeardWhole);
    for (Heard turn : turns) {
      assertThatThrownBy(() -> turn.body.transferTo(OutputStream.nullOutputStream()))
          .as("what the old node still sends is broken off")
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Order(2)
  void theListenersOfAKilledNodeHearTheRestAtOthersAtTheirFirstTry() throws Exception {
    List<Heard> turns = hear();
    Heard unwanted = new Heard(TURNS);
    owner.kill();
    CompletableFuture<HttpResponse<String>> deleted =
        async(() -> call("DELETE", others.get(0), "/" + unwanted.id, ""));
    comeBack(turns);
    turns.forEach(Heard::assertHeardWhole);
    assertThat(turns).extracting(turn -> turn.tries).containsOnly(1);
    assertThat(deleted.join().statusCode()).isEqualTo(204);
    assertThat(audio(others.get(1), unwanted.id, unwanted.samples()).statusCode()).isEqualTo(410);
  }
}
