package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** ElevenLabs' {@code /v1/user}, as clients read it to see what is left. */
class ElevenLabsAccountTest extends ServerTest {
  private static final String KEY = "xi-api-key: anything";

  @Test
  void whatWasUsedIsToldAndThatThereIsNoLimit() throws Exception {
    // given: an engine has been given eleven characters
    serve();
    RawClient client = send("POST", "/v1/speak?mode=say", utf8("Hello there"));
    FakeTurn turn = pipeline.nextTurn().asked(0, 11);
    turn.format(24_000).audio(new byte[2]).finish();
    client.awaitHead().readAll();
    // when
    JsonObject told = new JsonObject(call("GET", "/v1/user/subscription", NOTHING, KEY).readText());
    // then
    assertThat(told.getInteger("character_count")).isEqualTo(11);
    assertThat(told.getInteger("character_limit")).isEqualTo(Integer.MAX_VALUE);
    assertThat(told.getString("status")).isEqualTo("active");
    assertThat(told.getBoolean("can_use_instant_voice_cloning")).isFalse();
    JsonObject user = new JsonObject(call("GET", "/v1/user", NOTHING, KEY).readText());
    assertThat(user.getString("user_id")).isNotBlank();
    assertThat(user.getJsonObject("subscription").getInteger("character_count")).isEqualTo(11);
    assertThat(user.getValue("xi_api_key")).isNull();
  }

  @Test
  void itsErrorsAreThoseOfElevenLabs() throws Exception {
    serve();
    RawClient answer = call("POST", "/v1/user", NOTHING, KEY);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(new JsonObject(answer.readText()).getJsonObject("detail")).isNotNull();
  }
}
