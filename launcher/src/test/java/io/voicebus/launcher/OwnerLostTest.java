package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.tts.ScriptedVoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Over real JVMs: the one that owns some turns is killed or frozen, and their clients come back at
 * another one, whoever keeps the copies. The voice is readable, to the sample.
 */
@Tag("slow")
@Timeout(180)
class OwnerLostTest {
  private static final int TURNS = 4;
  private static final int HEARD_BYTES = 300_001;

  private final String port = Integer.toString(FreePorts.range(20));
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ServeJvm> all = new ArrayList<>();
  private ServeJvm owner;
  private ServeJvm second;

  @BeforeEach
  void start() {
    ServeJvm back =
        node(
            "back",
            "gemini,chunker,playback,tts",
            Map.of("VOICEBUS_ENGINE", "scripted", "VOICEBUS_SPELL_OUT", "off"));
    ServeJvm third = node("third", "http", Map.of(), "--port", "0");
    second = node("second", "http", Map.of(), "--port", "0");
    List.of(back, second, third).forEach(ServeJvm::ready);
    owner = node("owner", "http", Map.of(), "--port", "0");
    owner.ready();
  }

  @AfterEach
  void end() {
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
    return IntStream.range(0, 20)
        .mapToObj(i -> "Turn " + turn + " says this as its sentence number " + i + ".")
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  /** A turn whose listener reads the beginning of it, and no more. */
  private final class Heard {
    final int number;
    final String id;
    final InputStream body;
    final ByteArrayOutputStream pcm = new ByteArrayOutputStream();

    Heard(int number) throws IOException, InterruptedException {
      this.number = number;
      HttpResponse<String> accepted =
          client.send(
              HttpRequest.newBuilder(URI.create(owner.address() + "/v1/turns"))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          new JsonObject()
                              .put("prompt", prompt(number))
                              .put("clauses", false)
                              .encode()))
                  .build(),
              BodyHandlers.ofString());
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
      id = new JsonObject(accepted.body()).getString("id");
      body = audio(owner, 0);
      pcm.write(body.readNBytes(HEARD_BYTES));
    }

    /** What its listener has, and a sample that it has by half is none. */
    void comeBack(ServeJvm node) throws IOException, InterruptedException {
      byte[] had = pcm.toByteArray();
      pcm.reset();
      pcm.write(had, 0, had.length / 2 * 2);
      try (InputStream rest = audio(node, had.length / 2)) {
        rest.transferTo(pcm);
      }
      assertThat(ScriptedVoice.textOf(pcm.toByteArray()).replace(" ", ""))
          .isEqualTo(prompt(number).replace(" ", ""));
    }

    private InputStream audio(ServeJvm node, long from) throws IOException, InterruptedException {
      String path = node.address() + "/v1/turns/" + id + "/audio";
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(URI.create(from == 0 ? path : path + "?from=" + from))
                  .header("Accept", "audio/pcm")
                  .build(),
              BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        try (InputStream body = response.body()) {
          throw new AssertionError(
              "turn "
                  + number
                  + " from "
                  + from
                  + ": "
                  + new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return response.body();
    }
  }

  /** All at the same time, since nobody is waited for long. */
  private void comeBack(List<Heard> turns) {
    List<CompletableFuture<Void>> back =
        turns.stream()
            .map(
                turn ->
                    CompletableFuture.runAsync(
                        () -> {
                          try {
                            turn.comeBack(second);
                          } catch (IOException | InterruptedException e) {
                            throw new CompletionException(e);
                          }
                        },
                        task -> new Thread(task, "listener " + turn.number).start()))
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
  void theListenersOfAKilledNodeHearTheRestAtAnotherSampleForSample() throws Exception {
    List<Heard> turns = hear();
    owner.kill();
    comeBack(turns);
  }

  @Test
  void theListenersOfAFrozenNodeHearTheRestAtAnother() throws Exception {
    List<Heard> turns = hear();
    owner.freeze();
    comeBack(turns);
    owner.thaw();
  }
}
