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
}
