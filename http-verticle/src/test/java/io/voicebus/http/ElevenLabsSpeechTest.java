package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TextPoint;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import io.voicebus.contract.WordMark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ElevenLabs' API over HTTP, as its clients use it. */
class ElevenLabsSpeechTest extends ServerTest {
  private static final String KEY = "xi-api-key: anything";
  private static final String STOCK = "JBFqnCBsd6RMkjVDRZzb";
  private static final String PATH = "/v1/text-to-speech/";
  private static final String HI = "{\"text\": \"Hi.\"}";
  private static final String TIMED = "{\"text\": \"Hi **you**\"}";

  private RawClient speech(String path, String json) throws IOException {
    return send("POST", PATH + path, utf8(json), JSON, KEY);
  }

  private void voices(EngineVoices... more) {
    pipeline.voices.add(
        new EngineVoices("here", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    pipeline.voices.add(
        new EngineVoices(
            "kokoro",
            true,
            "",
            List.of(
                new EngineVoice("af_bella", "Bella", "en"),
                new EngineVoice("kevin16", "Another", ""),
                new EngineVoice("a b", "Blank", "de"))));
    pipeline.voices.add(new EngineVoices("paid", false, "set PAID_KEY", List.of()));
    pipeline.voices.addAll(List.of(more));
  }

  private static EngineVoices elevenLabs() {
    return new EngineVoices("elevenlabs", true, "", List.of());
  }

  private static JsonObject error(RawClient answer, int status) throws IOException {
    String body = answer.awaitHead().readText();
    assertThat(answer.status()).as(body).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    return new JsonObject(body).getJsonObject("detail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/stream"})
  void aTextIsSpokenAsItIsInTheFormatOfTheQuery(String way) throws Exception {
    // given
    serve();
    // when
    RawClient client =
        speech(
            "kevin16" + way + "?output_format=wav_24000&enable_logging=false",
            "{\"text\": \"Hello *you*.\", \"model_id\": \"eleven_flash_v2_5\","
                + " \"language_code\": \"en\", \"voice_settings\": {\"speed\": 1.1},"
                + " \"previous_text\": \"Well.\", \"seed\": 7}");
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    // then: the head is there with the first sound
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("content-type")).isEqualTo("audio/wav");
    assertThat(client.header("transfer-encoding")).isEqualTo("chunked");
    assertThat(client.header("x-accel-buffering")).isEqualTo("no");
    assertThat(client.header("request-id")).isEqualTo(client.header("voicebus-turn"));
    assertThat(client.header("character-cost")).isEqualTo("12");
    turn.finish();
    assertThat(client.readAll()).hasSize(WavHeader.BYTES + 2).endsWith(1, 2);
    assertThat(turn.prompt().text()).isEqualTo("Hello *you*.");
    assertThat(turn.prompt().turn().options())
        .isEqualTo(
            TurnOptions.DEFAULTS
                .withPace(Pace.ASAP)
                .withMode(TextMode.SAY)
                .withSpeed(1100)
                .withLanguage("en")
                .withVoice("kevin16"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', audio/mpeg",
    "?output_format=mp3_22050_32, audio/mpeg",
    "?output_format=opus_48000_32, audio/ogg",
    "?output_format=ulaw_8000, audio/basic",
    "?output_format=pcm_16000, audio/pcm;rate=16000;channels=1;bits=16",
  })
  void theFormatIsMp3UnlessTheQuerySaysOtherwise(String query, String type) throws Exception {
    // given
    serve();
    // when: Accept has no say
    RawClient client = send("POST", PATH + STOCK + query, utf8(HI), JSON, KEY, "Accept: audio/wav");
    pipeline.nextTurn().format(24_000).audio(new byte[4800]).finish();
    // then
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("content-type")).isEqualTo(type);
    assertThat(client.readAll()).isNotEmpty();
  }

  /** A turn whose engine tells when words end: 1 s of speech at 1 kHz. */
  private static void speakTimed(FakeTurn turn) {
    turn.on(
            Stage.CHUNKER,
            new ChunkCaption(
                0,
                "Hi you",
                0,
                10,
                "Hi you",
                100,
                ChunkEnd.SENTENCE,
                List.of(new TextPoint(0, 0), new TextPoint(3, 5)),
                "en"))
        .format(8000)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0)
        .audio(new byte[800])
        .on(Stage.PLAYBACK, new WordMark(0, 400, 2))
        .audio(new byte[1600])
        .on(Stage.PLAYBACK, new WordMark(0, 1200, 6))
        .audio(new byte[200])
        .mark(PlayoutMark.Kind.CHUNK_END, 0, 1300)
        .finish();
  }

  private static String characters(JsonArray lists) {
    StringBuilder text = new StringBuilder();
    lists.forEach(each -> text.append(each));
    return text.toString();
  }

  @Test
  void linesOfJsonTellWhenEachCharacterIsSaid() throws Exception {
    // given
    serve();
    // when
    RawClient client = speech("kevin16/stream/with-timestamps?output_format=pcm_8000", TIMED);
    speakTimed(pipeline.nextTurn());
    // then
    assertThat(client.awaitHead().header("content-type")).isEqualTo("application/json");
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    JsonArray chars = new JsonArray();
    JsonArray starts = new JsonArray();
    JsonArray ends = new JsonArray();
    StringBuilder normalized = new StringBuilder();
    for (String line : client.readText().split("\n", 0)) {
      JsonObject json = new JsonObject(line);
      audio.writeBytes(Base64.getDecoder().decode(json.getString("audio_base64")));
      JsonObject times = json.getJsonObject("alignment");
      if (times != null) {
        chars.addAll(times.getJsonArray("characters"));
        starts.addAll(times.getJsonArray("character_start_times_seconds"));
        ends.addAll(times.getJsonArray("character_end_times_seconds"));
        normalized.append(
            characters(json.getJsonObject("normalized_alignment").getJsonArray("characters")));
      }
    }
    assertThat(audio.size()).isEqualTo(2600);
    assertThat(characters(chars)).isEqualTo("Hi **you**");
    assertThat(normalized.toString()).isEqualTo("Hi you ");
    assertThat(starts).hasSize(10).hasSameSizeAs(ends);
    assertThat(starts.getDouble(0)).isZero();
    assertThat(ends.getDouble(1)).isEqualTo(0.05);
    assertThat(ends.getDouble(9)).isEqualTo(0.15);
  }

  @Test
  void oneObjectHasAllOfIt() throws Exception {
    // given
    serve();
    // when
    RawClient client = speech("kevin16/with-timestamps?output_format=pcm_8000", TIMED);
    speakTimed(pipeline.nextTurn());
    // then
    JsonObject whole = new JsonObject(client.awaitHead().readText());
    assertThat(Base64.getDecoder().decode(whole.getString("audio_base64"))).hasSize(2600);
    assertThat(characters(whole.getJsonObject("alignment").getJsonArray("characters")))
        .isEqualTo("Hi **you**");
  }

  @Test
  void anEngineThatTellsNoTimesHasNoAlignment() throws Exception {
    // given
    serve();
    // when
    RawClient client = speech("kevin16/with-timestamps?output_format=pcm_8000", HI);
    pipeline.nextTurn().format(8000).audio(new byte[20]).finish();
    // then
    JsonObject whole = new JsonObject(client.awaitHead().readText());
    assertThat(whole.getValue("alignment")).isNull();
    assertThat(whole.containsKey("normalized_alignment")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "kevin16, kevin16x, here/kevin16",
    "Bella, x, kokoro/af_bella",
    "kokoro%2Faf_bella, x, kokoro/af_bella",
    "kokoro:kevin16, x, kokoro/kevin16",
    "boss, x, here/kevin16",
    "unheard-of, x, unheard-of",
    "kokoro:unheard-of, x, kokoro/unheard-of",
    STOCK + ", eleven_flash_v2_5, ''",
    STOCK + ", kokoro, kokoro/",
    "rachel, x, ''",
  })
  void aVoiceIsOneOfOursOrAnAliasAndAStockIdIsTheDefault(String id, String model, String ours)
      throws Exception {
    // given
    voices();
    serve("voice-aliases", "boss=here/kevin16");
    // when
    speech(id, new JsonObject(HI).put("model_id", model).encode());
    // then
    assertThat(pipeline.nextTurn().prompt().turn().options().voice()).isEqualTo(ours);
  }

  @Test
  void aStockIdIsLeftToElevenLabsWhereThatCanBeUsed() throws Exception {
    // given
    voices(elevenLabs());
    serve();
    // when
    speech(STOCK, HI);
    speech("George", HI);
    // then
    for (int turn = 0; turn < 2; turn++) {
      assertThat(pipeline.nextTurn().prompt().turn().options().voice())
          .isEqualTo("elevenlabs/" + STOCK);
    }
  }

  @Test
  void olderClientsFindTheIdsOfStockVoicesAndOfOurAliasesByTheirNames() throws Exception {
    // given
    voices();
    serve("voice-aliases", "Boss=kokoro/a b, gone=paid/a");
    // when: as "elevenlabs" 1.59 of npm and of Python looks a name up
    JsonArray all = listed("/v1/voices?show_legacy=true");
    // then
    assertThat(named(all, "Sarah").getString("voice_id")).isEqualTo("EXAVITQu4vr4xnSDxMaL");
    assertThat(named(all, "Sarah").getJsonObject("labels").getString("engine")).isEqualTo("here");
    assertThat(named(all, "Boss").getString("voice_id")).isEqualTo("Boss");
    assertThat(named(all, "Boss").getJsonObject("labels").getString("language")).isEqualTo("de");
    assertThat(names(listed("/v1/voices"))).contains("Boss").doesNotContain("Sarah", "gone");
  }

  @Test
  void stockVoicesStandForNothingWhereElevenLabsCanBeUsed() throws Exception {
    // given
    voices(elevenLabs());
    serve();
    // then
    assertThat(names(listed("/v1/voices?show_legacy=true"))).doesNotContain("Sarah");
  }

  @ParameterizedTest
  @ValueSource(strings = {STOCK, "abcdefghij0123456789", "Rachel", "boss", "Boss"})
  void aVoiceThatCanBeAskedForCanBeLookedAt(String id) throws Exception {
    // given
    voices();
    serve("voice-aliases", "Boss=kokoro/a b");
    // when
    RawClient one = call("GET", "/v1/voices/" + id, NOTHING, KEY);
    // then
    assertThat(one.status()).isEqualTo(200);
    assertThat(new JsonObject(one.readText()).getString("name")).isNotEmpty();
    assertThat(call("GET", "/v1/voices/" + id + "/settings", NOTHING, KEY).status()).isEqualTo(200);
  }

  private JsonArray listed(String path) throws IOException {
    return new JsonObject(call("GET", path, NOTHING, KEY).readText()).getJsonArray("voices");
  }

  private static JsonObject named(JsonArray voices, String name) {
    return voices.stream()
        .map(JsonObject.class::cast)
        .filter(voice -> voice.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(JsonArray voices) {
    return voices.stream().map(voice -> ((JsonObject) voice).getString("name")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"text\": \" \"}", "{\"text\": 7}", "[]", "nonsense", "{\"text\": "})
  void aBodyThatIsNotWhatItsSchemaSaysIsToldAsAList(String body) throws Exception {
    // given
    serve();
    // when
    RawClient client = speech("kevin16", body).awaitHead();
    // then
    JsonArray detail = new JsonObject(client.readText()).getJsonArray("detail");
    assertThat(client.status()).isEqualTo(422);
    assertThat(detail.getJsonObject(0).getJsonArray("loc").getString(0)).isEqualTo("body");
    assertThat(detail.getJsonObject(0).getString("msg")).isNotBlank();
  }

  @Test
  void aFormatThatThereIsNotIsNamed() throws Exception {
    // given
    serve();
    // when
    JsonObject detail = error(speech("kevin16?output_format=pcm_7", HI), 400);
    // then
    assertThat(detail.getString("code")).isEqualTo("unsupported_output_format");
    assertThat(detail.getString("param")).isEqualTo("output_format");
    assertThat(detail.getString("message")).contains("pcm_24000");
  }

  @Test
  void aTextThatIsTooLongIsNotSpoken() throws Exception {
    // given
    serve("max-prompt-bytes", 20);
    // when
    JsonObject detail = error(speech("kevin16", "{\"text\": \"Twenty-one characters\"}"), 413);
    // then
    assertThat(detail.getString("code")).isEqualTo("text_too_long");
    assertThat(detail.getString("message")).contains("max-prompt-bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "SPEECH, NOT_FOUND, 404, voice_not_found, not_found",
    "SPEECH, RATE_LIMITED, 429, too_many_concurrent_requests, rate_limit_error",
    "SPEECH, QUOTA, 402, quota_exceeded, authorization_error",
    "PLAYBACK, UNAVAILABLE, 503, system_busy, internal_error",
  })
  void aTurnThatFailsIsToldInElevenLabsWords(
      Stage stage, FailureKind kind, int status, String code, String type) throws Exception {
    // given
    serve();
    RawClient client = speech("nobody", HI);
    // when
    FakeTurn turn = pipeline.nextTurn();
    turn.failAs(new Failure(stage, kind, "please do something about it"));
    // then
    JsonObject detail = error(client, status);
    assertThat(detail.getString("code")).isEqualTo(code);
    assertThat(detail.getString("status")).isEqualTo(code);
    assertThat(detail.getString("type")).isEqualTo(type);
  }

  @Test
  void speechThatFailsOnceItHasBegunIsBrokenOff() throws Exception {
    // given
    serve();
    RawClient client = speech("kevin16?output_format=pcm_24000", HI);
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    client.awaitHead().read(2);
    // when
    turn.fail(failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE));
    // then: the chunked body has no end
    assertThat(new String(client.readUntilClosed(), StandardCharsets.US_ASCII))
        .doesNotContain("0\r\n\r\n");
  }

  @Test
  void aClientThatGoesAwayEndsItsTurn() throws Exception {
    // given
    serve();
    RawClient client = speech("kevin16", HI);
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.close();
    // then
    turn.awaitCancelled();
  }

  @Test
  void theAccessTokenIsTheKey() throws Exception {
    // given
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    serve("access-token", token);
    // then
    JsonObject detail = error(speech("kevin16", HI), 401);
    assertThat(detail.getString("code")).isEqualTo("invalid_api_key");
    send("POST", PATH + "kevin16", utf8(HI), JSON, "xi-api-key: " + token);
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("Hi.");
  }

  @Test
  void voicesAreListedForWhoSendsTheKeyAndEnginesForOthers() throws Exception {
    // given
    voices();
    serve();
    // then
    assertThat(ids("/v1/voices", "voices", "voice_id"))
        .containsExactly("kevin16", "af_bella", "kokoro:kevin16", "kokoro:a b");
    assertThat(new JsonObject(get("/v1/voices").readText()).getJsonArray("engines")).hasSize(3);
    assertThat(ids("/v2/voices?search=BELL&page_size=10", "voices", "voice_id"))
        .containsExactly("af_bella");
    JsonObject page = new JsonObject(call("GET", "/v2/voices", NOTHING).readText());
    assertThat(page.getBoolean("has_more")).isFalse();
    assertThat(page.getInteger("total_count")).isEqualTo(4);
    JsonObject one = new JsonObject(get("/v1/voices/kokoro:kevin16").readText());
    assertThat(one.getString("name")).isEqualTo("Another");
    assertThat(one.getString("category")).isEqualTo("premade");
    assertThat(error(send("GET", "/v1/voices/nobody", NOTHING), 404).getString("code"))
        .isEqualTo("voice_not_found");
    for (String voice : List.of("kevin16/settings", "settings/default")) {
      JsonObject settings = new JsonObject(get("/v1/voices/" + voice).readText());
      assertThat(settings).isEqualTo(one.getJsonObject("settings"));
      assertThat(settings.fieldNames())
          .containsExactly("stability", "similarity_boost", "style", "use_speaker_boost", "speed");
    }
    assertThat(error(send("GET", "/v1/voices/nobody/settings", NOTHING), 404).getString("code"))
        .isEqualTo("voice_not_found");
    assertThat(call("HEAD", "/v1/voices", NOTHING, KEY).status()).isEqualTo(200);
  }

  @Test
  void whatIsListedCanBeAskedFor() throws Exception {
    // given
    voices();
    serve();
    // when
    speech("kokoro:a%20b", HI);
    // then
    assertThat(pipeline.nextTurn().prompt().turn().options().voice()).isEqualTo("kokoro/a b");
  }

  @Test
  void modelsAreListedForWhoSendsTheKeyAndOpenAisForOthers() throws Exception {
    // given
    voices();
    serve();
    // when
    JsonArray models = new JsonArray(call("GET", "/v1/models", NOTHING, KEY).readText());
    // then
    assertThat(models.stream().map(each -> ((JsonObject) each).getString("model_id")))
        .contains("eleven_flash_v2_5", "here", "kokoro")
        .doesNotContain("paid");
    assertThat(models.getJsonObject(0).getBoolean("can_do_text_to_speech")).isTrue();
    assertThat(models.getJsonObject(0).getJsonArray("languages").encode())
        .contains("{\"language_id\":\"de\",\"name\":\"German\"}");
    assertThat(new JsonObject(get("/v1/models").readText()).getString("object")).isEqualTo("list");
  }

  @Test
  void modelsHaveLanguagesAlsoWhereNoVoiceTellsOne() throws Exception {
    // given: Home Assistant takes the first one, and refuses a model without any
    pipeline.voices.add(elevenLabs());
    serve();
    // when
    JsonArray models = new JsonArray(call("GET", "/v1/models", NOTHING, KEY).readText());
    // then
    for (Object model : models) {
      JsonArray languages = ((JsonObject) model).getJsonArray("languages");
      assertThat(languages.getJsonObject(0).getString("language_id")).isEqualTo("en");
      assertThat(languages.encode()).contains("{\"language_id\":\"de\",\"name\":\"German\"}");
    }
  }

  private List<String> ids(String path, String list, String id) throws IOException {
    JsonArray items = new JsonObject(call("GET", path, NOTHING, KEY).readText()).getJsonArray(list);
    return items.stream().map(item -> ((JsonObject) item).getString(id)).toList();
  }
}
