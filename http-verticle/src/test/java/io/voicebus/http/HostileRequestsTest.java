package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests made up from {@code /openapi.json}, and not as it says: of wrong types, huge, deep,
 * missing, by odd methods. Each is answered, as the document says, and none with a fault of the
 * server.
 */
@Timeout(120)
class HostileRequestsTest extends ServerTest {
  private static final int REQUESTS = 400;

  /** They wait a second for answers of a cluster. */
  private static final List<String> SLOW = List.of("/v1/nodes", "/v1/source");

  private static final List<String> METHODS =
      List.of("GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "FOO");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "application/x-www-form-urlencoded",
          "text/plain",
          "multipart/form-data; boundary=x",
          "audio/wav",
          "nonsense",
          "");

  private Random random = new Random();

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Fit for a URL. */
  private String junk() {
    return switch (random.nextInt(10)) {
      case 0 -> "";
      case 1 -> "-1";
      case 2 -> "99999999999999999999";
      case 3 -> "%00";
      case 4 -> "%F0%9F%98%80";
      case 5 -> "%ff";
      case 6 -> "x".repeat(random.nextInt(3000));
      case 7 -> "..%2f..%2f";
      case 8 -> "{}";
      default -> "a%20b&c=%";
    };
  }

  private String target(String template) {
    StringBuilder target = new StringBuilder();
    for (String part : template.substring(1).split("/", -1)) {
      target.append('/');
      target.append(part.startsWith("{") && random.nextInt(4) > 0 ? junk().replace("&", "") : part);
    }
    return target.toString();
  }

  private String query(String method, String template) {
    List<String> parts = new ArrayList<>();
    for (JsonObject parameter : ApiContract.parameters(method, template, "query")) {
      if (random.nextInt(3) == 0) {
        parts.add(parameter.getString("name") + "=" + junk());
      }
    }
    if (random.nextInt(6) == 0) {
      parts.add(junk());
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 8 : 10)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "-1.5e400";
      case 3 -> "12345678901234567890123";
      case 4 -> "\"\\ud800\"";
      case 5 -> "\"" + "y".repeat(random.nextInt(20_000)) + "\"";
      case 6 -> "\"hello\"";
      case 7 -> "{".repeat(random.nextInt(2000));
      case 8 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
      default -> "{\"a\":" + value(depth + 1) + "}";
    };
  }

  private byte[] body() {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(5000)];
      random.nextBytes(noise);
      return noise;
    }
    List<String> names =
        List.of(
            "prompt",
            "voice",
            "conversation",
            "clauses",
            "pace",
            "played_ms",
            "paused",
            "pronunciations",
            "mode",
            "speed",
            "words",
            "language",
            "processing",
            "token",
            "input",
            "text",
            "model",
            "messages",
            "modalities",
            "audio",
            "stream",
            "response_format",
            "stream_format",
            "jsonrpc",
            "id",
            "params",
            "x");
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      members.add("\"" + any(names) + "\":" + value(0));
    }
    return utf8("{" + String.join(",", members) + (random.nextInt(8) == 0 ? "" : "}"));
  }

  private String[] headers(String method, String template) {
    List<String> headers = new ArrayList<>();
    String type = any(TYPES);
    if (!type.isEmpty()) {
      headers.add("Content-Type: " + type);
    }
    for (JsonObject parameter : ApiContract.parameters(method, template, "header")) {
      if (random.nextInt(2) == 0) {
        headers.add(parameter.getString("name") + ": " + junk());
      }
    }
    for (String name : List.of("Accept", "Range", "Content-Encoding", "X-Forwarded-For")) {
      if (random.nextInt(5) == 0) {
        headers.add(name + ": " + junk());
      }
    }
    return headers.toArray(new String[0]);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void areAllAnsweredAndNoneWithAFaultOfTheServer(long seed) throws Exception {
    // given
    random = new Random(seed);
    serve("access-token", "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b", "max-prompt-bytes", 50_000);
    pipeline.endsAll();
    String bearer = "Authorization: Bearer 6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    for (int i = 0; i < REQUESTS; i++) {
      // when
      String[] operation = any(ApiContract.operations());
      if (SLOW.contains(operation[1]) && i % 10 != 0) {
        continue;
      }
      String method = random.nextInt(5) == 0 ? any(METHODS) : operation[0].toUpperCase(Locale.ROOT);
      String target = target(operation[1]) + query(operation[0], operation[1]);
      List<String> headers = new ArrayList<>(List.of(headers(operation[0], operation[1])));
      headers.add(bearer);
      byte[] body = method.equals("GET") || method.equals("HEAD") ? NOTHING : body();
      try (RawClient client = new RawClient(http.actualPort())) {
        client.request(method, target, body, headers.toArray(new String[0])).awaitHead();
        // then: that no engine is there is no fault of a request
        int most = operation[1].equals("/health") ? 503 : 499;
        assertThat(client.status())
            .as("seed %d, request %d: %s %s", seed, i, method, target)
            .isBetween(200, most);
        if (client.status() >= 400 && !method.equals("HEAD")) {
          client.readText();
        }
      }
    }
    assertThat(get("/health/ready").status()).isEqualTo(200);
  }
}
