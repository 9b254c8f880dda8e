package io.voicebus.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorDialectTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/audio/speech",
        "/v1/audio/voices",
        "/v1/audio",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/tts-1",
        "/v1/realtime",
        "/v1/responses",
        "/voice/v1/audio/speech",
        "/a/b/v1/models",
        "/v1/v1/chat/completions",
        "/v1//audio/speech",
        "//v1/audio/speech",
        "/audio/speech",
        "/chat/completions",
        "/realtime",
        "/v1/realtime/client_secrets",
        "/v1/completions",
        "/v1/embeddings",
        "/v1/vector_stores/x"
      })
  void clientsOfOpenAiReadItsShape(String path) {
    assertThat(ErrorPaths.dialect(path, false)).isSameAs(ErrorDialect.OPENAI);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/text-to-speech/x, false",
    "/v1/text-to-speech/x/stream, true",
    "/v1/text-to-speech, false",
    "/voice/v1/text-to-speech/x, false",
    "/v1/voices, true",
    "/v1/voices/x, true",
    "/v2/voices, true",
    "/v1/models, true",
    "/v1/user/subscription, false",
    "/v1/v1/text-to-speech/x, false",
    "/text-to-speech/x/stream, true",
    "/v1/v2/voices, true",
    "/voices, true",
    "/v1/text-to-dialogue/stream, true",
    "/v1/speech-to-text, true",
    "/v1/history, true"
  })
  void clientsOfElevenLabsReadIts(String path, boolean key) {
    assertThat(ErrorPaths.dialect(path, key)).isSameAs(ErrorDialect.ELEVENLABS);
  }

  @ParameterizedTest
  @CsvSource({
    "/, false",
    "/v1/voices, false",
    "/v1/speak, true",
    "/v1/turns/v1/audio, false",
    "/v1/audiobooks, false",
    "/v1/modelsX, false",
    "/v1/text-to-speechless, true",
    "/nowhere, true",
    "/voices, false",
    "/health, false",
    "/mcp, false",
    "/sse, false",
    "/v1/historical, true",
    "'', false"
  })
  void allOthersReadProblems(String path, boolean key) {
    assertThat(ErrorPaths.dialect(path, key)).isSameAs(ErrorDialect.PROBLEM_JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid-request, 400, invalid_request_error, invalid_request",
    "unauthorized, 401, authentication_error, invalid_api_key",
    "quota, 402, insufficient_quota, insufficient_quota",
    "forbidden-origin, 403, permission_error, forbidden_origin",
    "not-found, 404, invalid_request_error, not_found",
    "method-not-allowed, 405, invalid_request_error, method_not_allowed",
    "too-large, 413, invalid_request_error, too_large",
    "rate-limited, 429, rate_limit_error, rate_limit_exceeded",
    "internal, 500, server_error, internal",
    "unavailable, 503, server_error, unavailable",
  })
  void openAisErrorHasFourMembers(String type, int status, String their, String code) {
    // given
    Problem problem = new Problem(type, "A title", status, "do \"this\"");
    // when
    JsonObject error = new JsonObject(ErrorDialect.OPENAI.body(problem)).getJsonObject("error");
    // then
    assertThat(error.fieldNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
    assertThat(error.getString("message")).isEqualTo("A title: do \"this\"");
    assertThat(error.getString("type")).isEqualTo(their);
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getValue("param")).isNull();
  }

  @Test
  void openAisErrorNamesTheFieldThatIsWrong() {
    Problem problem =
        new Problem("not-found", "Not found", 400, "there is no such voice")
            .withMember("param", "voice")
            .withMember("code", "voice_not_found");
    JsonObject error = new JsonObject(ErrorDialect.OPENAI.body(problem)).getJsonObject("error");
    assertThat(error.getString("param")).isEqualTo("voice");
    assertThat(error.getString("code")).isEqualTo("voice_not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "invalid-request, 400, validation_error, invalid_request",
    "unauthorized, 401, authentication_error, invalid_api_key",
    "quota, 402, authorization_error, quota_exceeded",
    "not-found, 404, not_found, not_found",
    "rate-limited, 429, rate_limit_error, too_many_concurrent_requests",
    "rate-limited, 503, internal_error, system_busy",
    "internal, 500, internal_error, something_went_wrong",
    "unavailable, 503, internal_error, system_busy",
    "blocked, 422, validation_error, blocked",
  })
  void elevenLabsErrorHasItsDetail(String type, int status, String their, String code) {
    // given
    Problem problem = new Problem(type, "A title", status, "do \"this\"");
    // when
    JsonObject detail =
        new JsonObject(ErrorDialect.ELEVENLABS.body(problem)).getJsonObject("detail");
    // then
    assertThat(detail.fieldNames()).containsExactlyInAnyOrder("status", "code", "type", "message");
    assertThat(detail.getString("message")).isEqualTo("A title: do \"this\"");
    assertThat(detail.getString("type")).isEqualTo(their);
    assertThat(detail.getString("code")).isEqualTo(code);
    assertThat(detail.getString("status")).isEqualTo(code);
  }

  @Test
  void elevenLabsListsWhatItsSchemaDoesNotAllow() {
    Problem problem =
        new Problem("invalid-request", "A title", 422, "Field required")
            .withMember("param", "te\"xt");
    JsonArray detail = new JsonObject(ErrorDialect.ELEVENLABS.body(problem)).getJsonArray("detail");
    assertThat(detail)
        .containsExactly(
            new JsonObject()
                .put("type", "value_error")
                .put("loc", new JsonArray().add("body").add("te\"xt"))
                .put("msg", "Field required"));
  }
}
