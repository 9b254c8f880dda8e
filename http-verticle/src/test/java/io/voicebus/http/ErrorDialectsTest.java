package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
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
  @ValueSource(strings = {"/v1/responses", "/v1/audio/nothing", "/v1/chat/nothing"})
  void theRouterSpeaksOpenAisDialect(String path) throws Exception {
    serve();
    assertOpenAi(post(path, "{}"), 404, "not_found");
    assertOpenAi(get(path + "/%zz"), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/text-to-speech/x/nothing", "/v2/voices/x", "/v1/user/x"})
  void theRouterSpeaksElevenLabsDialect(String path) throws Exception {
    serve();
    assertElevenLabs(call("GET", path, NOTHING, KEY), 404, "not_found");
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
  @ValueSource(strings = {"X: y", "Authorization: Bearer guess"})
  void theLockSpeaksThem(String header) throws Exception {
    serve("access-token", TOKEN);
    RawClient refused = call("POST", "/v1/audio/speech", utf8("{}"), header);
    assertOpenAi(refused, 401, "invalid_api_key");
    assertThat(refused.header("www-authenticate")).startsWith("Bearer");
    assertElevenLabs(
        call("POST", "/v1/text-to-speech/x", utf8("{}"), header), 401, "invalid_api_key");
  }
}
