package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever is kept out is kept out of every way in, whatever its paths and errors look like. */
class DoorsTest extends ServerTest {
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";

  /** Who has no token may read these. */
  private static final Set<String> OPEN =
      Set.of("/health/live", "/health/ready", "/problems/{type}", "/login");

  private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

  private static final String[] UPGRADE = {
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  };

  /** What each way in answers, as "method path status". */
  private List<String> answers(Set<String> without, String... headers) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String[] operation : ApiContract.operations()) {
      if (without.contains(operation[1])) {
        continue;
      }
      String method = operation[0].toUpperCase(Locale.ROOT);
      String path = operation[1].replace("{file}", "app.js").replaceAll("\\{[^}]+}", "x");
      answers.add(method + " " + path + " " + status(method, path, headers));
      if (method.equals("GET")) {
        String[] both = Arrays.copyOf(UPGRADE, UPGRADE.length + headers.length);
        System.arraycopy(headers, 0, both, UPGRADE.length, headers.length);
        answers.add("WS " + path + " " + status(method, path, both));
      }
    }
    return answers;
  }

  private int status(String method, String path, String... headers) throws IOException {
    try (RawClient client = new RawClient(http.actualPort())) {
      return client.request(method, path, NOTHING, headers).awaitHead().status();
    }
  }

  @Test
  void whoHasNoTokenIsKeptOutOfAll() throws Exception {
    serve("access-token", TOKEN);
    assertThat(answers(OPEN)).hasSizeGreaterThan(40).allMatch(answer -> answer.endsWith(" 401"));
  }

  @Test
  void whoHasAWrongOneIsKeptOutOfAll() throws Exception {
    serve("access-token", TOKEN);
    for (String header :
        List.of(
            "Authorization: Bearer guess",
            "xi-api-key: guess",
            "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.guess")) {
      assertThat(answers(OPEN, header))
          .as(header)
          .allMatch(answer -> answer.endsWith(" 401") || answer.endsWith(" 429"));
    }
  }

  @Test
  void aForeignNameIsKeptOutOfAllButHealthChecks() throws Exception {
    serve();
    assertThat(answers(HEALTH, "Host: evil.example")).allMatch(answer -> answer.endsWith(" 403"));
  }

  @Test
  void aForeignPageIsKeptOutOfAll() throws Exception {
    serve();
    assertThat(answers(Set.of(), "Origin: https://evil.example"))
        .allMatch(answer -> answer.endsWith(" 403"));
    assertThat(pipeline.anyTurn()).isFalse();
  }
}
