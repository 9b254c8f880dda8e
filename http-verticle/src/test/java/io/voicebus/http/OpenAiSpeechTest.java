package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Pace;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** {@code /v1/audio} and {@code /v1/models}, as clients of OpenAI's API use them. */
class OpenAiSpeechTest extends ServerTest {
  private static final String PATH = "/v1/audio/speech";

  private RawClient speech(String json) throws IOException {
    return send("POST", PATH, utf8(json), JSON, "Authorization: Bearer anything");
  }

  private static JsonObject error(RawClient answer, int status) throws IOException {
    String body = answer.readText();
    assertThat(answer.status()).as(body).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    return new JsonObject(body).getJsonObject("error");
  }

  private void voices() {
    pipeline.voices.add(
        new EngineVoices(
            "kokoro", true, "", List.of(new EngineVoice("nova", "Nova", "en"), bella())));
    pipeline.voices.add(
        new EngineVoices("here", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    pipeline.voices.add(new EngineVoices("paid", false, "set PAID_KEY", List.of()));
  }

  private static EngineVoice bella() {
    return new EngineVoice("af_bella", "Bella", "en");
  }

  @Test
  void aTextIsSpokenAsItIs() throws Exception {
    // given
    serve();
    // when
    RawClient client =
        speech(
            "{\"model\": \"tts-1\", \"input\": \"Hello *you*.\", \"voice\": \"alloy\","
                + " \"response_format\": \"wav\", \"speed\": 1.5, \"lang_code\": \"a\"}");
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    // then: the head is there with the first sound
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("content-type")).isEqualTo("audio/wav");
    assertThat(client.header("transfer-encoding")).isEqualTo("chunked");
    assertThat(client.header("x-accel-buffering")).isEqualTo("no");
    turn.finish();
    assertThat(client.readAll()).hasSize(WavHeader.BYTES + 2).endsWith(1, 2);
    assertThat(turn.prompt().text()).isEqualTo("Hello *you*.");
    assertThat(turn.prompt().turn().options())
        .isEqualTo(TurnOptions.DEFAULTS.withPace(Pace.ASAP).withMode(TextMode.SAY).withSpeed(1500));
  }

  @Test
  void aSpeedThatTheVoiceDoesNotHaveIsTold() throws Exception {
    serve();
    RawClient client =
        speech("{\"input\": \"Hello.\", \"response_format\": \"pcm\", \"speed\": 1.5}");
    FakeTurn turn = pipeline.nextTurn();
    turn.on(
        Stage.PLAYBACK,
        new SpeechNotice(0, SpeechNotice.Kind.SPEED, "it speaks at 1.2 instead of 1.5"));
    turn.format(24_000).audio(new byte[2]).finish();
    assertThat(client.awaitHead().header("voicebus-ignored")).isEqualTo("speed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"speed\": 1.5 | ",
        "\"instructions\": \"Whisper.\", \"speed\": 0.5 | instructions",
        "\"speed\": 1, \"instructions\": \"\" | ",
        "\"speed\": null | ",
        "\"voice\": \"nova\" | voice",
        "\"voice\": \"\" | ",
        "\"voice\": \"nobody\" | "
      })
  void whatHasNoEffectIsTold(String field, @Nullable String ignored) throws Exception {
    serve();
    RawClient client =
        speech("{\"input\": \"Hello.\", \"response_format\": \"pcm\", " + field + "}");
    pipeline.nextTurn().format(24_000).audio(new byte[2]).finish();
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("voicebus-ignored")).isEqualTo(ignored == null ? "" : ignored);
  }

  @Test
  void chunksThatAreNoneAreTheClientsFaultAndNotLoggedAsTheServers() throws Exception {
    serve();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger routes = (Logger) LoggerFactory.getLogger(HttpRoutes.class);
    routes.addAppender(lines);
    try {
      client()
          .sendHead(
              "POST /v1/audio/speech HTTP/1.1",
              "Host: localhost",
              JSON,
              "Transfer-Encoding: chunked")
          .send("zz\r\nabc")
          .readUntilClosed();
      assertThat(lines.list).isEmpty();
    } finally {
      routes.detachAppender(lines);
    }
  }

  @Test
  void aTextOfWhichNothingCanBeSpokenIsTold() throws Exception {
    serve();
    RawClient client = speech("{\"input\": \"***\", \"response_format\": \"pcm\"}");
    pipeline.nextTurn().finish();
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("voicebus-ignored")).isEqualTo("text");
    assertThat(client.readAll()).isEmpty();
  }

  @Test
  void samplesAloneAreAlwaysOf24Kilohertz() throws Exception {
    // given
    serve();
    // when
    RawClient client = speech("{\"input\": \"Hi.\", \"response_format\": \"pcm\"}");
    pipeline.nextTurn().format(16_000).audio(new byte[3200]).finish();
    // then
    assertThat(client.awaitHead().header("content-type")).startsWith("audio/pcm");
    assertThat(client.readAll().length).isBetween(4700, 4900);
  }

  @ParameterizedTest
  @CsvSource({"'',audio/mpeg", "mp3,audio/mpeg", "opus,audio/ogg", "flac,audio/flac"})
  void theFormatIsMp3UnlessTheBodySaysOtherwise(String format, String type) throws Exception {
    // given
    serve();
    // when: Accept has no say
    RawClient client =
        send(
            "POST",
            PATH,
            utf8("{\"input\": \"Hi.\", \"response_format\": \"" + format + "\"}"),
            JSON,
            "Accept: audio/wav");
    pipeline.nextTurn().format(24_000).audio(new byte[4800]).finish();
    // then
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("content-type")).isEqualTo(type);
    assertThat(client.readAll()).isNotEmpty();
  }

  @Test
  void eventsCarryTheAudioAndWhatItCost() throws Exception {
    // given
    serve();
    // when
    RawClient client =
        speech(
            "{\"input\": \"Hi there.\", \"response_format\": \"pcm\", \"stream_format\": \"sse\"}");
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4}).finish();
    // then
    assertThat(client.awaitHead().header("content-type")).isEqualTo("text/event-stream");
    List<JsonObject> events = events(client.readText());
    assertThat(events.get(0).getString("type")).isEqualTo("speech.audio.delta");
    assertThat(Base64.getDecoder().decode(events.get(0).getString("audio")))
        .containsExactly(1, 2, 3, 4);
    assertThat(events.get(1).getString("type")).isEqualTo("speech.audio.done");
    assertThat(events.get(1).getJsonObject("usage").getInteger("input_tokens")).isEqualTo(3);
    assertThat(events.get(1).getJsonObject("usage").getInteger("total_tokens")).isEqualTo(4);
    assertThat(events).hasSize(2);
  }

  static List<JsonObject> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> new JsonObject(line.substring(6)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | input",
        "{\"input\": \" \"} | input",
        "{\"input\": 7} | input",
        "{\"input\": \"a\\ud800b\"} | input",
        "{\"input\": \"Hi.\", \"response_format\": \"mp4\"} | response_format",
        "{\"input\": \"Hi.\", \"stream_format\": \"ws\"} | stream_format",
        "{\"input\": \"Hi.\", \"voice\": [1]} | voice",
        "{\"input\": \"Hi.\", \"model\": 1} | model",
        "{\"input\": \"Hi.\", \"model\": \"paid\"} | model",
      })
  void whatIsWrongIsNamed(String body, String param) throws Exception {
    // given
    voices();
    serve();
    // when
    JsonObject error = error(speech(body).awaitHead(), 400);
    // then
    assertThat(error.getString("type")).isEqualTo("invalid_request_error");
    assertThat(error.getString("param")).isEqualTo(param);
    assertThat(error.getString("message")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "nonsense", "{\"input\": "})
  void whatIsNoJsonIsToldToBeNone(String body) throws Exception {
    // given
    serve();
    // then
    assertThat(error(speech(body).awaitHead(), 400).getString("message")).contains("JSON");
  }

  @Test
  void aTextThatIsTooLongIsNotSpoken() throws Exception {
    // given
    serve("max-prompt-bytes", 20);
    // when
    RawClient client = speech("{\"input\": \"Twenty-one characters\"}");
    // then
    assertThat(error(client.awaitHead(), 413).getString("message")).contains("max-prompt-bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "tts-1, here/kevin16, here/kevin16",
    "tts-1, kevin16, here/kevin16",
    "tts-1, Bella, kokoro/af_bella",
    "tts-1, nova, kokoro/nova",
    "here, nova, here/",
    "kokoro, onyx, kokoro/",
    "gpt-4o-mini-tts, Marin, ''",
    "tts-1, boss, paid/abc",
    "tts-1, sage, here/kevin16",
    "tts-1, unheard-of, unheard-of",
  })
  void aVoiceIsOneOfOursOrAnAliasAndAModelMayBeAnEngine(String model, String voice, String ours)
      throws Exception {
    // given
    voices();
    serve("voice-aliases", "boss=paid/abc, Sage = kevin16");
    // when
    speech(new JsonObject().put("input", "Hi.").put("model", model).put("voice", voice).encode());
    // then
    assertThat(pipeline.nextTurn().prompt().turn().options().voice()).isEqualTo(ours);
  }

  @Test
  void aVoiceMayBeAnObjectWithAnId() throws Exception {
    // given
    serve();
    // when
    speech("{\"input\": \"Hi.\", \"voice\": {\"id\": \"here/kevin16\"}}");
    // then
    assertThat(pipeline.nextTurn().prompt().turn().options().voice()).isEqualTo("here/kevin16");
  }

  @Test
  void aVoiceThatTheEngineDoesNotKnowIsTheCallersMistake() throws Exception {
    // given
    serve();
    RawClient client = speech("{\"input\": \"Hi.\", \"voice\": \"nobody\"}");
    // when
    pipeline
        .nextTurn()
        .fail(new io.voicebus.bus.Failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE, "no worker"));
    // then
    assertThat(error(client.awaitHead(), 503).getString("type")).isEqualTo("server_error");
    assertThat(client.header("retry-after")).isNotBlank();
  }

  @Test
  void speechThatFailsOnceItHasBegunIsBrokenOff() throws Exception {
    // given
    serve();
    RawClient client = speech("{\"input\": \"Hi.\", \"response_format\": \"wav\"}");
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    client.awaitHead().read(WavHeader.BYTES + 2);
    // when
    turn.fail(failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE));
    // then: the chunked body has no end
    assertThat(new String(client.readUntilClosed(), java.nio.charset.StandardCharsets.US_ASCII))
        .doesNotContain("0\r\n\r\n");
  }

  @Test
  void aClientThatGoesAwayEndsItsTurn() throws Exception {
    // given
    serve();
    RawClient client = speech("{\"input\": \"Hi.\"}");
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.close();
    // then
    turn.awaitCancelled();
  }

  @Test
  void modelsAndVoicesAreListed() throws Exception {
    // given
    voices();
    serve("voice-aliases", "boss=here/kevin16");
    // then
    assertThat(ids(get("/v1/models"), "data")).contains("tts-1", "voicebus", "kokoro", "here");
    assertThat(ids(get("/v1/models"), "data")).doesNotContain("paid");
    assertThat(ids(get("/v1/audio/models"), "models")).contains("tts-1");
    assertThat(ids(get("/v1/audio/voices"), "voices"))
        .contains("here/kevin16", "kokoro/af_bella", "alloy", "verse", "boss");
    assertThat(call("HEAD", "/v1/models", NOTHING).status()).isEqualTo(200);
    assertThat(new JsonObject(get("/v1/models/tts-1").readText()).getString("object"))
        .isEqualTo("model");
    assertThat(error(get("/v1/models/gpt-9"), 404).getString("code")).isEqualTo("model_not_found");
  }

  private static List<String> ids(RawClient answer, String list) throws IOException {
    JsonArray items = new JsonObject(answer.readText()).getJsonArray(list);
    return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
  }

  /** The parser's own names would tell a client nothing; where it is wrong does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"input": NaN}   | Non-standard token 'NaN' (line 1, column 14)
          {"input": "hi    | (line 1, column
          []               | the body must be a JSON object
          7                | the body must be a JSON object
          """)
  void whatIsNoJsonIsToldInWords(String body, String words) throws Exception {
    serve();
    String answer = post("/v1/audio/speech", body).readText();
    assertThat(answer).contains(words).doesNotContain("JsonReadFeature", "Failed to decode");
  }

  @Test
  void whatIsTooDeepIsToldInWords() throws Exception {
    serve();
    String answer = post("/v1/audio/speech", "{\"input\": " + "[".repeat(2000)).readText();
    assertThat(answer).contains("exceeds the maximum allowed (1000)").doesNotContain("Constraints");
  }
}
