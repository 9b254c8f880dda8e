package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever answers, clients of other services read their own service's errors. */
class ErrorDialectsTest extends ServerTest {
  private static final String KEY = "xi-api-key: 0";
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";

  private static void assertOpenAi(RawClient answer, int status, String code) throws Exception {
    String body = answer.readText();
    assertThat(answer.status()).as(body).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(new JsonObject(body).getJsonObject("error").getString("code")).isEqualTo(code);
  }

  private static void assertElevenLabs(RawClient answer, int status, String code) throws Exception {
    String body = answer.readText();
    assertThat(answer.status()).as(body).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(new JsonObject(body).getJsonObject("detail").getString("code")).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/responses",
        "/v1/audio/nothing",
        "/v1/chat/nothing",
        "/v1/containers",
        "/v1/skills"
      })
  void theRouterSpeaksOpenAisDialect(String path) throws Exception {
    serve();
    assertOpenAi(post(path, "{}"), 404, "not_found");
    assertOpenAi(get(path + "/%zz"), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/text-to-speech/x/nothing",
        "/v2/voices/x",
        "/v1/user/x",
        "/v1/speech-engine",
        "/v1/workspaces/x"
      })
  void theRouterSpeaksElevenLabsDialect(String path) throws Exception {
    serve();
    assertElevenLabs(call("GET", path, NOTHING, KEY), 404, "not_found");
  }

  @Test
  void anOverlongUrlIsToldInThem() throws Exception {
    serve();
    String query = "?x=" + "x".repeat(9000);
    assertOpenAi(post("/v1/audio/speech" + query, "{}"), 414, "too_large");
    assertElevenLabs(post("/v1/text-to-speech/x" + query, "{}"), 414, "too_large");
    assertProblem(get("/v1/speak" + query), 414, "too-large");
    assertProblem(get("/v1/speak" + query.repeat(10)), 414, "too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: evil.example", "Origin: https://evil.example"})
  void theDoorSpeaksThem(String header) throws Exception {
    serve();
    String code = header.startsWith("Host") ? "forbidden_host" : "forbidden_origin";
    assertOpenAi(call("POST", "/v1/audio/speech", utf8("{}"), header), 403, code);
    assertElevenLabs(call("POST", "/v1/text-to-speech/x", utf8("{}"), header), 403, code);
    assertElevenLabs(call("GET", "/v1/voices", NOTHING, header, KEY), 403, code);
    assertProblem(call("GET", "/v1/voices", NOTHING, header), 403, code.replace('_', '-'));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/3.7, Content-Length: 0, 505, http_version",
    "HTTP/1.1, no header, 400, invalid_request",
    "HTTP/1.1, Transfer-Encoding: chunked, 400, invalid_request",
    "HTTP/1.1, 'Transfer-Encoding: gzip, chunked', 400, invalid_request"
  })
  void theParserSpeaksThem(String version, String header, int status, String code)
      throws Exception {
    serve();
    String rest =
        "?q=/v1/x "
            + version
            + "\r\nHost: localhost\r\n"
            + JSON
            + "\r\n"
            + header
            + "\r\n\r\nZZ\r\n";
    assertOpenAi(client().send("POST /v1/audio/speech" + rest).awaitHead(), status, code);
    assertElevenLabs(client().send("POST /v1/text-to-speech/x" + rest).awaitHead(), status, code);
    assertProblem(client().send("POST /mcp" + rest).awaitHead(), status, code.replace('_', '-'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y", "Authorization: Bearer guess"})
  void theLockSpeaksThem(String header) throws Exception {
    serve("access-token", TOKEN);
    RawClient refused = call("POST", "/v1/audio/speech", utf8("{}"), header);
    assertOpenAi(refused, 401, "invalid_api_key");
    assertThat(refused.header("www-authenticate")).startsWith("Bearer");
    assertElevenLabs(
        call("POST", "/v1/text-to-speech/x", utf8("{}"), header), 401, "invalid_api_key");
  }

  /** A base URL is typed by hand: clients add their own paths to it. */
  @ParameterizedTest
  @CsvSource({
    "/audio/speech, /v1/audio/speech",
    "/v1/v1/audio/speech, /v1/audio/speech",
    "/api/v1/chat/completions, /v1/chat/completions",
    "/models/tts-1, /v1/models/{id}",
  })
  void whoHasAMistakenBaseUrlOfOpenAisIsToldTheRightPath(String path, String right)
      throws Exception {
    serve();
    RawClient answer = post(path, "{}");
    String body = answer.readText();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(new JsonObject(body).getJsonObject("error").getString("message"))
        .contains("at " + right + ": correct the base URL");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/v1/text-to-speech/x/stream, /v1/text-to-speech/{voice}/stream",
    "/text-to-speech/x, /v1/text-to-speech/{voice}",
    "/v1/v2/voices, /v2/voices",
  })
  void whoHasAMistakenOneOfElevenLabsIsToldIt(String path, String right) throws Exception {
    serve();
    String body = call("POST", path, utf8("{}"), KEY).readText();
    assertThat(new JsonObject(body).getJsonObject("detail").getString("message"))
        .contains("at " + right + ": correct the base URL");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/completions, /v1/chat/completions",
    "/v1/responses, /v1/chat/completions",
    "/v1/audio/transcriptions, does not hear",
    "/v1/realtime/client_secrets, WebSocket",
    "/v1/embeddings, another server",
  })
  void whatIsNotServedOfOpenAisSaysWhatToDo(String path, String words) throws Exception {
    serve();
    String body = post(path, "{}").readText();
    assertThat(new JsonObject(body).getJsonObject("error").getString("message")).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/text-to-dialogue, /v1/text-to-speech/{voice}",
    "/v1/speech-to-text, does not hear",
    "/v1/single-use-token/tts_websocket, xi-api-key",
    "/v1/sound-generation, speaks texts",
  })
  void whatIsNotServedOfElevenLabsSaysWhatToDo(String path, String words) throws Exception {
    serve();
    String body = call("POST", path, utf8("{}"), KEY).readText();
    assertThat(new JsonObject(body).getJsonObject("detail").getString("message")).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sse", "/mcp/sse", "/v1/mcp"})
  void agentsAreToldWhereTheirToolsAre(String path) throws Exception {
    serve();
    RawClient answer = get(path);
    assertThat(new JsonObject(answer.readText()).getString("detail")).contains("at /mcp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/v1/", "/v1/sessions", "/v1/voices/x/y/z"})
  void whatNobodyHasIsNoMistakenBaseUrl(String path) throws Exception {
    serve();
    RawClient answer = get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.readText()).contains("/ lists what there is");
  }

  @ParameterizedTest
  @CsvSource({"/voice/audio/speech", "/voice/v1/v1/audio/speech"})
  void theRightPathIsBelowAProxys(String path) throws Exception {
    serve("public-url", "https://example.org/voice/", "insecure-http", true);
    assertThat(call("POST", path, utf8("{}"), "Host: example.org").readText())
        .contains("at /voice/v1/audio/speech: correct");
  }
}
