package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.ClusteredVertx;
import io.voicebus.bus.FreePorts;
import io.voicebus.http.HttpVerticle;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with the role {@code http}, of which one has all other roles, too. */
@Tag("slow")
@Timeout(120)
class AnyHttpNodeTest {
  private static final String TEXT =
      "This is one sentence. This is another one, which is longer. And this is the last of them. "
          .repeat(5)
          .strip();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path directory;
  private Vertx first;
  private Vertx second;
  private String one = "";
  private String other = "";

  @BeforeEach
  void start() {
    int[] ports = FreePorts.several(2);
    first = await(ClusteredVertx.start(ports[0], ports));
    second = await(ClusteredVertx.start(ports[1], ports));
    Map<String, String> environment =
        Map.of("VOICEBUS_PORT", "0", "VOICEBUS_ENGINE", "scripted", "VOICEBUS_SOURCE", "reader");
    Configuration configuration = Configuration.load(environment, directory);
    Pipeline whole = new Pipeline(first, configuration);
    one = address(await(whole.deployStages().compose(done -> whole.deployHttp())));
    other = address(await(new Pipeline(second, configuration).deployHttp()));
  }

  @AfterEach
  void stop() {
    await(second.close());
    await(first.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String address(HttpVerticle http) {
    return "http://localhost:" + http.actualPort();
  }

  private static HttpResponse<InputStream> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static String text(String url) throws Exception {
    try (InputStream body = get(url).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String startTurn(String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/turns"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    new JsonObject().put("prompt", TEXT).put("pace", "asap").encode()))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("location").orElseThrow();
  }

  @Test
  void aTurnIsHeardThroughEitherAndGoesOnAtTheOther() throws Exception {
    // given
    byte[] whole = get(one + startTurn(one) + "/audio").body().readAllBytes();
    assertThat(whole.length).isGreaterThan(100_000);
    // when: each part over another node
    String path = startTurn(one);
    ByteArrayOutputStream has = new ByteArrayOutputStream();
    List<String> nodes = List.of(other, one, other);
    int part = whole.length / nodes.size();
    for (int i = 0; i < nodes.size(); i++) {
      HttpResponse<InputStream> answer =
          i == 0
              ? get(nodes.get(i) + path + "/audio")
              : get(nodes.get(i) + path + "/audio", "Range", "bytes=" + has.size() + "-");
      assertThat(answer.statusCode()).isEqualTo(i == 0 ? 200 : 206);
      try (InputStream body = answer.body()) {
        boolean last = i == nodes.size() - 1;
        has.writeBytes(last ? body.readAllBytes() : body.readNBytes(part + 1));
      } catch (IOException cutOff) {
        // By this side.
      }
    }
    // then
    assertThat(has.toByteArray()).isEqualTo(whole);
    assertThat(text(other + path + "/events"))
        .contains("event: end\ndata: {\"outcome\":\"finished\"");
    assertThat(text(other + path)).contains("\"state\":\"finished\"");
  }

  @Test
  void aTurnIsDeletedThroughTheOther() throws Exception {
    // given
    String path = startTurn(one);
    // when
    HttpRequest delete = HttpRequest.newBuilder(URI.create(other + path)).DELETE().build();
    // then
    assertThat(CLIENT.send(delete, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    assertThat(text(one + path)).contains("\"state\":\"cancelled\"");
  }

  @Test
  void aTurnWhoseNodeHasStoppedIsUnknown() throws Exception {
    // given: it belongs to the node that has no other role
    String path = startTurn(other);
    assertThat(text(one + path)).contains("\"state\":\"running\"");
    // when
    await(second.close());
    // then
    HttpResponse<InputStream> answer = get(one + path + "/audio");
    assertThat(answer.statusCode()).isEqualTo(404);
  }
}
