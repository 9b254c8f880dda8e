package io.voicebus.emulators;

import static io.voicebus.emulators.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiRulesTest {
  private static final String CHAT = "/chat/completions";
  private static final String SPEECH = "/audio/speech";
  private static final String GOOD_CHAT =
      "{'model':'gpt-4o-mini','messages':[{'role':'user','content':'hello'}]}";
  private static final String GOOD_SPEECH =
      "{'model':'tts-1','input':'Hello.','voice':'alloy','response_format':'pcm'}";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Probe.Reply ask(OpenAiOptions options, String path, String body) {
    OpenAiEmulator emulator = await(OpenAiEmulator.start(vertx, options));
    return Probe.of(vertx, emulator, path).ask(body.replace('\'', '"'));
  }

  private static JsonObject error(Probe.Reply reply) {
    return new JsonObject(reply.body()).getJsonObject("error");
  }

  /** A good body with one field replaced; none of it when the value is empty. */
  private static String with(String body, String field, String value) {
    JsonObject json = new JsonObject(body.replace('\'', '"'));
    json.remove(field);
    return value.isEmpty()
        ? json.encode()
        : json.mergeIn(new JsonObject("{\"" + field + "\":" + value.replace('\'', '"') + "}"))
            .encode();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "model||missing_required_parameter|model",
        "model|7|invalid_type|model",
        "model|'gpt-9'|model_not_found|",
        "messages||missing_required_parameter|messages",
        "messages|[]|empty_array|messages",
        "messages|'hi'|invalid_type|messages",
        "messages|[{'content':'hi'}]|missing_required_parameter|messages[0].role",
        "messages|[{'role':'robot','content':'hi'}]|invalid_value|messages[0].role",
        "messages|[{'role':'user','content':7}]|invalid_type|messages[0].content",
        "messages|[{'role':'user'}]|invalid_type|messages[0].content",
        "stream|'yes'|invalid_type|stream",
        "stream_options|{'include_usage':true}|invalid_value|stream_options",
        "temperature|3|decimal_above_max_value|temperature",
        "temperature|'hot'|invalid_type|temperature",
        "max_tokens|0|integer_below_min_value|max_tokens",
        "max_tokens|1.5|invalid_type|max_tokens",
        "stop|7|invalid_type|stop",
        "reasoning_effort|'heroic'|invalid_value|reasoning_effort",
        "colour|'blue'|unknown_parameter|colour",
      })
  void aRequestForAnAnswerIsReadStrictly(String field, String value, String code, String param) {
    Probe.Reply reply =
        ask(OpenAiOptions.DEFAULTS, CHAT, with(GOOD_CHAT, field, value == null ? "" : value));
    assertThat(reply.status()).isEqualTo(code.equals("model_not_found") ? 404 : 400);
    assertThat(error(reply).getString("code")).isEqualTo(code);
    assertThat(error(reply).getString("param")).isEqualTo(param);
    assertThat(error(reply).getString("type")).isEqualTo("invalid_request_error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "model||missing_required_parameter|model",
        "input||missing_required_parameter|input",
        "input|''|string_below_min_length|input",
        "input|7|invalid_type|input",
        "voice||missing_required_parameter|voice",
        "voice|'nobody'|invalid_value|voice",
        "voice|{'name':'alloy'}|missing_required_parameter|voice.id",
        "speed|5|decimal_above_max_value|speed",
        "speed|0.1|decimal_below_min_value|speed",
        "response_format|'midi'|invalid_value|response_format",
        "stream_format|'sse'|unsupported_parameter|stream_format",
        "instructions|'whisper'|unsupported_parameter|instructions",
        "colour|'blue'|unknown_parameter|colour",
      })
  void aRequestForSpeechIsReadStrictly(String field, String value, String code, String param) {
    Probe.Reply reply =
        ask(OpenAiOptions.DEFAULTS, SPEECH, with(GOOD_SPEECH, field, value == null ? "" : value));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(error(reply).getString("code")).isEqualTo(code);
    assertThat(error(reply).getString("param")).isEqualTo(param);
  }

  @Test
  void anInputMayHave4096Chars() {
    String most = "'" + "x".repeat(4096) + "'";
    assertThat(ask(OpenAiOptions.DEFAULTS, SPEECH, with(GOOD_SPEECH, "input", most)).status())
        .isEqualTo(200);
    Probe.Reply more =
        ask(OpenAiOptions.DEFAULTS, SPEECH, with(GOOD_SPEECH, "input", "'x" + most.substring(1)));
    assertThat(error(more).getString("code")).isEqualTo("string_above_max_length");
  }

  @Test
  void voicesMayBeMixedOrGivenByTheirId() {
    for (String voice : List.of("'af_bella(2)+af_sky'", "{'id':'nova'}")) {
      assertThat(ask(OpenAiOptions.DEFAULTS, SPEECH, with(GOOD_SPEECH, "voice", voice)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void modelsThatThinkTakeOtherNames() {
    String body = with(GOOD_CHAT, "model", "'gpt-5-mini'");
    assertThat(
            error(ask(OpenAiOptions.DEFAULTS, CHAT, with(body, "max_tokens", "9")))
                .getString("code"))
        .isEqualTo("unsupported_parameter");
    assertThat(
            error(ask(OpenAiOptions.DEFAULTS, CHAT, with(body, "temperature", "0.5")))
                .getString("code"))
        .isEqualTo("unsupported_value");
    assertThat(ask(OpenAiOptions.DEFAULTS, CHAT, with(body, "max_completion_tokens", "9")).status())
        .isEqualTo(200);
  }

  @Test
  void aServerBuiltWithFastApiTellsItsOwnWay() {
    OpenAiOptions options = OpenAiOptions.DEFAULTS.withFlavor(OpenAiFlavor.FASTAPI);
    Probe.Reply missing = ask(options, CHAT, with(GOOD_CHAT, "messages", ""));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.body())
        .isEqualTo(
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\"],"
                + "\"msg\":\"Field required\",\"input\":null}]}");
    Probe.Reply role = ask(options, CHAT, with(GOOD_CHAT, "messages", "[{'content':'hi'}]"));
    assertThat(role.body()).contains("[\"body\",\"messages\",0,\"role\"]");
    Probe.Reply voice = ask(options, SPEECH, with(GOOD_SPEECH, "voice", "'nobody'"));
    assertThat(voice.status()).isEqualTo(400);
    assertThat(voice.body()).startsWith("{\"detail\":{\"error\":\"validation_error\",");
    assertThat(ask(options, CHAT, with(GOOD_CHAT, "colour", "'blue'")).status()).isEqualTo(200);
    Probe.Reply key = ask(options.withKey("another"), CHAT, GOOD_CHAT);
    assertThat(key.status()).isEqualTo(401);
  }

  @Test
  void aPlainServerTellsAText() {
    Probe.Reply reply =
        ask(OpenAiOptions.DEFAULTS.withFlavor(OpenAiFlavor.PLAIN), CHAT, "{'model':7}");
    assertThat(reply.body()).startsWith("{\"error\":\"Invalid type for 'model'");
  }

  @Test
  void aKeyIsAskedForOnlyWhereThereIsOne() {
    Probe.Reply wrong = ask(OpenAiOptions.DEFAULTS.withKey("another"), CHAT, GOOD_CHAT);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(error(wrong).getString("code")).isEqualTo("invalid_api_key");
    assertThat(ask(OpenAiOptions.DEFAULTS.withKey(""), CHAT, GOOD_CHAT).status()).isEqualTo(200);
    OpenAiEmulator emulator = await(OpenAiEmulator.start(vertx, OpenAiOptions.DEFAULTS));
    Probe probe = Probe.of(vertx, emulator, CHAT);
    RequestOptions bare = probe.options();
    bare.getHeaders().remove("authorization");
    assertThat(probe.ask(bare, GOOD_CHAT.replace('\'', '"')).status()).isEqualTo(401);
  }

  @Test
  void bodiesAreJsonAndSaySo() {
    assertThat(error(ask(OpenAiOptions.DEFAULTS, CHAT, "hello")).getString("message"))
        .contains("could not parse");
    OpenAiEmulator emulator = await(OpenAiEmulator.start(vertx, OpenAiOptions.DEFAULTS));
    Probe probe = Probe.of(vertx, emulator, CHAT);
    RequestOptions form = probe.options();
    form.getHeaders().set("content-type", "text/plain");
    assertThat(probe.ask(form, GOOD_CHAT.replace('\'', '"')).status()).isEqualTo(400);
    assertThat(ask(OpenAiOptions.DEFAULTS, "/embeddings", GOOD_CHAT).status()).isEqualTo(404);
  }

  @Test
  void modelsVoicesAndHealthAreTold() {
    OpenAiEmulator emulator = await(OpenAiEmulator.start(vertx, OpenAiOptions.DEFAULTS));
    assertThat(get(emulator, "/v1/models").body())
        .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o-mini\",\"object\":\"model\",");
    assertThat(get(emulator, "/v1/audio/voices").body())
        .startsWith("{\"voices\":[{\"id\":\"af_bella\",\"name\":\"af_bella\"}");
    assertThat(get(emulator, "/health").status()).isEqualTo(200);
    // when
    emulator.setLoading(true);
    // then
    assertThat(get(emulator, "/health").status()).isEqualTo(503);
    Probe.Reply reply = Probe.of(vertx, emulator, CHAT).ask(GOOD_CHAT.replace('\'', '"'));
    assertThat(reply.body()).contains("Loading model").contains("\"code\":503");
  }

  private Probe.Reply get(OpenAiEmulator emulator, String path) {
    Probe probe = Probe.of(vertx, emulator, CHAT);
    return probe.ask(probe.options().setMethod(HttpMethod.GET).setURI(path), "");
  }
}
