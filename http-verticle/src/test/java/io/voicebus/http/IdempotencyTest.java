package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.WavHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is sent again, since no answer came, starts no second turn. */
class IdempotencyTest extends ServerTest {
  private static final String KEY = "Idempotency-Key: stainless-node-retry-1";
  private static final byte[] PROMPT = utf8("hello");

  private int turns() throws Exception {
    return new JsonObject(get("/v1/status").readText()).getInteger("turns");
  }

  @Test
  void whoseConnectionWasLostHearsTheSameTurnFromItsBeginning() throws Exception {
    // given
    serve();
    RawClient lost = send("POST", "/v1/speak", PROMPT, KEY);
    FakeTurn turn = pipeline.nextTurn();
    lost.close();
    // when
    RawClient again = send("POST", "/v1/speak", PROMPT, KEY);
    turn.format(24_000).audio(new byte[] {1, 2, 3, 4}).finish();
    // then
    assertThat(again.awaitHead().status()).isEqualTo(200);
    assertThat(again.header("voicebus-turn")).isEqualTo(turn.prompt().turn().turn().value());
    assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    assertThat(again.readAll()).hasSize(WavHeader.BYTES + 4).endsWith(1, 2, 3, 4);
  }

  @Test
  void whoHasLostTheEndOfItsAnswerGetsAllOfItAgain() throws Exception {
    // given
    serve();
    RawClient first = send("POST", "/v1/speak", PROMPT, KEY);
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4}).finish();
    byte[] all = first.awaitHead().readAll();
    // then
    assertThat(call("POST", "/v1/speak", PROMPT, KEY).readAll()).isEqualTo(all);
    assertThat(turns()).isZero();
  }

  @Test
  void aTurnIsStartedOnceAndItsLinksAreToldAgain() throws Exception {
    // given
    serve();
    byte[] body = utf8("{\"prompt\":\"hello\"}");
    RawClient first = call("POST", "/v1/turns", body, JSON, KEY);
    // when
    RawClient again = call("POST", "/v1/turns", body, JSON, KEY);
    // then
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("location")).isEqualTo(first.header("location"));
    assertThat(again.readText()).isEqualTo(first.readText());
    assertThat(turns()).isEqualTo(1);
    assertThat(first.header("idempotent-replayed")).isEmpty();
  }

  @Test
  void aKeyMeansOneThingOnly() throws Exception {
    // given
    serve();
    send("POST", "/v1/speak", PROMPT, KEY);
    pipeline.nextTurn();
    // then
    assertProblem(
        call("POST", "/v1/speak", utf8("another"), KEY), 422, "idempotency-key-reused", "new key");
    assertProblem(call("POST", "/v1/speak?voice=x", PROMPT, KEY), 422, "idempotency-key-reused");
    // and of another path it is another key
    RawClient turn = call("POST", "/v1/turns", utf8("{\"prompt\":\"hello\"}"), JSON, KEY);
    assertThat(turn.status()).isEqualTo(201);
  }

  @Test
  void aClientsKeysAreNotAnothers() throws Exception {
    // given
    String one = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    String other = "b7d1e0c5b9a8e7d2f4c3b1a0e5d6f7a8";
    serve("access-token", "one:" + one + ",other:" + other);
    RawClient first = send("POST", "/v1/speak", PROMPT, KEY, "Authorization: Bearer " + one);
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    first.awaitHead().readAll();
    // when
    RawClient same = send("POST", "/v1/speak", PROMPT, KEY, "Authorization: Bearer " + other);
    // then
    pipeline.nextTurn().format(24_000).audio(new byte[] {3, 4}).finish();
    assertThat(same.awaitHead().readAll()).endsWith(3, 4);
    assertThat(same.header("idempotent-replayed")).isEmpty();
  }

  @Test
  void oneThatFailedIsTriedAnew() throws Exception {
    // given
    serve();
    RawClient first = send("POST", "/v1/speak", PROMPT, KEY);
    pipeline.nextTurn().fail(failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE));
    assertThat(first.awaitHead().status()).isEqualTo(503);
    // when
    RawClient again = send("POST", "/v1/speak", PROMPT, KEY);
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    assertThat(again.awaitHead().status()).isEqualTo(200);
    assertThat(again.header("idempotent-replayed")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with a blank", "tab\there"})
  void aKeyThatIsNoneIsRefused(String key) throws Exception {
    serve();
    assertProblem(
        call("POST", "/v1/speak", PROMPT, "Idempotency-Key: " + key),
        400,
        "invalid-request",
        "Idempotency-Key");
    assertProblem(
        call("POST", "/v1/speak", PROMPT, "Idempotency-Key: " + "x".repeat(256)),
        400,
        "invalid-request",
        "255");
  }

  // The doors of OpenAI's and ElevenLabs' clients.

  private static final String OPENAI = "/v1/audio/speech";
  private static final String ELEVENLABS = "/v1/text-to-speech/kevin16";

  private static byte[] order(String path) {
    return utf8(
        path.equals(OPENAI)
            ? "{\"input\":\"hello\",\"response_format\":\"pcm\"}"
            : "{\"text\":\"hello\"}");
  }

  private RawClient say(String path) throws Exception {
    return send("POST", path, order(path), JSON, KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OPENAI,
        ELEVENLABS + "?output_format=pcm_24000",
        ELEVENLABS + "/stream?output_format=pcm_24000"
      })
  void whoeverLostItsConnectionHearsTheSameSpeechFromItsBeginning(String path) throws Exception {
    // given: one that has heard something
    serve();
    RawClient lost = say(path);
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    assertThat(lost.awaitHead().read(2)).containsExactly(1, 2);
    lost.close();
    // when
    RawClient again = say(path);
    turn.audio(new byte[] {3, 4}).finish();
    // then
    assertThat(again.awaitHead().status()).isEqualTo(200);
    assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    assertThat(again.header("voicebus-turn")).isEqualTo(turn.prompt().turn().turn().value());
    assertThat(again.header("content-type")).startsWith("audio/pcm");
    assertThat(again.readAll()).containsExactly(1, 2, 3, 4);
    assertThat(pipeline.anyTurn()).isFalse();
    // and once more, when all of it has been heard
    RawClient late = say(path).awaitHead();
    assertThat(late.readAll()).containsExactly(1, 2, 3, 4);
    assertThat(turns()).isZero();
  }

  @Test
  void eventsOfSpeechComeAgainToo() throws Exception {
    // given
    serve();
    byte[] order =
        utf8("{\"input\":\"hello\",\"response_format\":\"pcm\",\"stream_format\":\"sse\"}");
    RawClient first = send("POST", OPENAI, order, JSON, KEY);
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4}).finish();
    String all = first.awaitHead().readText();
    // then
    assertThat(call("POST", OPENAI, order, JSON, KEY).readText())
        .isEqualTo(all)
        .contains("speech.audio.done");
  }

  @Test
  void aKeyOfAnotherTextIsToldInTheWordsOfTheDoor() throws Exception {
    // given
    serve();
    say(OPENAI);
    say(ELEVENLABS);
    pipeline.nextTurn();
    pipeline.nextTurn();
    // then
    RawClient openAi = call("POST", OPENAI, utf8("{\"input\":\"x\"}"), JSON, KEY);
    assertThat(openAi.status()).isEqualTo(422);
    assertThat(new JsonObject(openAi.readText()).getJsonObject("error").getString("message"))
        .contains("new key");
    RawClient elevenLabs = call("POST", ELEVENLABS, utf8("{\"text\":\"x\"}"), JSON, KEY);
    assertThat(elevenLabs.status()).isEqualTo(422);
    assertThat(elevenLabs.readText()).contains("new key");
    RawClient none = call("POST", OPENAI, order(OPENAI), JSON, "Idempotency-Key: a b");
    assertThat(none.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        ELEVENLABS + "/with-timestamps?output_format=pcm_24000",
        ELEVENLABS + "/stream/with-timestamps?output_format=pcm_24000"
      })
  void whatCannotBeHadAgainIsMadeAnewAndTold(String path) throws Exception {
    serve();
    byte[] order =
        utf8(
            path.contains("chat")
                ? "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                    + "\"modalities\":[\"text\",\"audio\"]}"
                : "{\"text\":\"hello\"}");
    for (int time = 0; time < 2; time++) {
      RawClient answer = send("POST", path, order, JSON, KEY);
      pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
      assertThat(answer.awaitHead().status()).isEqualTo(200);
      assertThat(answer.header("voicebus-ignored")).isEqualTo("Idempotency-Key");
      answer.readText();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"say", "verbatim"})
  void aGivenTextThatIsThereIsSpokenOnce(String mode) throws Exception {
    // given
    serve();
    String path = "/v1/speak?mode=" + mode;
    String plain = "Content-Type: text/plain";
    RawClient first = send("POST", path, PROMPT, plain, KEY);
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    byte[] all = first.awaitHead().readAll();
    // when
    RawClient again = call("POST", path, PROMPT, plain, KEY);
    // then
    assertThat(again.header("voicebus-turn")).isEqualTo(turn.prompt().turn().turn().value());
    assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    assertThat(again.readAll()).isEqualTo(all);
  }

  @Test
  void ofATextThatIsStillBeingWrittenTheKeyIsIgnoredAndTold() throws Exception {
    serve();
    RawClient client =
        client()
            .sendHead(
                "POST /v1/speak?mode=say HTTP/1.1",
                "Host: localhost",
                "Transfer-Encoding: chunked",
                KEY)
            .send("5\r\nHello\r\n0\r\n\r\n");
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    assertThat(client.awaitHead().header("voicebus-ignored")).isEqualTo("Idempotency-Key");
  }

  @Test
  void speechThatFailedIsMadeAnew() throws Exception {
    // given
    serve();
    RawClient first = say(OPENAI);
    pipeline.nextTurn().fail(failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE));
    assertThat(first.awaitHead().status()).isEqualTo(503);
    // when
    RawClient again = say(OPENAI);
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    assertThat(again.awaitHead().readAll()).containsExactly(1, 2);
  }

  @Test
  void aLostClientThatDoesNotComeBackEndsItsSpeech() throws Exception {
    serve("detach-ms", 50);
    RawClient lost = say(OPENAI);
    FakeTurn turn = pipeline.nextTurn();
    lost.close();
    turn.awaitCancelled();
  }
}
