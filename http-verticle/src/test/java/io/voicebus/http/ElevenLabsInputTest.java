package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.TextDelta;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ElevenLabs' {@code stream-input}, and how both WebSockets begin and end. */
class ElevenLabsInputTest extends ElevenLabsSockets {
  // One text.

  @Test
  void oneTextASocketEndsWithAnEmptyOneAndIsClosed() throws Exception {
    // given
    SocketClient client = serveAndConnect(SINGLE);
    client.say(
        "{\"text\": \" \", \"voice_settings\": {\"stability\": 0.5}, \"xi_api_key\": \"k\"}");
    client.say("{\"text\": \"Hello \"}").say("{\"text\": \"there. \"}");
    // when: an empty text with a flush ends nothing
    client.say("{\"text\": \"\", \"flush\": true}").say("{\"text\": \"Bye.\"}");
    client.say("{\"text\": \"\"}");
    FakeTurn turn = pipeline.nextTurn();
    assertThat(written(turn)).isEqualTo("Hello there. |Bye.");
    speak(turn, 4);
    turn.finish();
    // then
    JsonObject audio = next(client);
    assertThat(Base64.getDecoder().decode(audio.getString("audio"))).hasSize(4);
    assertThat(audio.containsKey("contextId")).isFalse();
    JsonObject last = next(client);
    assertThat(last.getBoolean("isFinal")).isTrue();
    assertThat(last.containsKey("audio")).isTrue();
    assertThat(last.getValue("audio")).isNull();
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @Test
  void aTextThatEndsBeforeItHasAWordIsClosedAtOnce() throws Exception {
    // given
    SocketClient client = serveAndConnect(SINGLE);
    // when
    client.say("{\"text\": \"\"}");
    // then
    assertThat(next(client).getBoolean("isFinal")).isTrue();
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "SPEECH, NOT_FOUND, voice_id_does_not_exist",
    "SPEECH, QUOTA, quota_exceeded",
    "SPEECH, RATE_LIMITED, too_many_concurrent_requests",
    "PLAYBACK, UNAVAILABLE, system_busy",
  })
  void aTextThatFailsIsToldAndItsSocketClosed(Stage stage, FailureKind kind, String error)
      throws Exception {
    // given
    SocketClient client = serveAndConnect(SINGLE);
    client.say("{\"text\": \"Hello. \"}");
    FakeTurn turn = pipeline.nextTurn();
    speak(turn, 4);
    next(client);
    // when
    turn.failAs(new Failure(stage, kind, "please do something about it"));
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo(error);
    assertThat(told.getString("message")).contains("please do something about it");
    assertThat(told.getInteger("code")).isEqualTo(1008);
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  // The upgrade.

  private JsonObject refusal(String path, int status) {
    UpgradeRejectedException[] refused = new UpgradeRejectedException[1];
    assertThatThrownBy(() -> connect(path))
        .isInstanceOfSatisfying(UpgradeRejectedException.class, why -> refused[0] = why);
    assertThat(refused[0].getStatus()).isEqualTo(status);
    return new JsonObject(refused[0].getBody()).getJsonObject("detail");
  }

  @Test
  void whatCannotBeServedIsRefusedAtTheUpgrade() throws Exception {
    // given
    serve();
    // then
    JsonObject format = refusal(VOICE + "multi-stream-input?output_format=pcm_7", 400);
    assertThat(format.getString("code")).isEqualTo("unsupported_output_format");
    JsonObject timeout = refusal(MULTI + "&inactivity_timeout=soon", 400);
    assertThat(timeout.getString("param")).isEqualTo("inactivity_timeout");
    RawClient plain = call("GET", SINGLE, NOTHING, "xi-api-key: k");
    assertThat(plain.status()).isEqualTo(426);
    assertThat(new JsonObject(plain.readText()).getJsonObject("detail")).isNotNull();
  }

  @Test
  void theAccessTokenIsTheKey() throws Exception {
    // given
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    serve("access-token", token);
    // then
    assertThat(refusal(MULTI, 401).getString("code")).isEqualTo("invalid_api_key");
    new SocketClient(vertx, http.actualPort(), MULTI, "xi-api-key", token).say(text("a", "Hi. "));
    assertThat(pipeline.nextTurn().nextWritten()).isEqualTo(new TextDelta("Hi. "));
  }

  @Test
  void aSocketThatIsClosedOnRequestSpeaksFirstWhatWasWritten() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.say("{\"close_socket\": true}");
    // then
    assertThat(written(turn)).isEqualTo("One. ");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @Test
  void aContextThatIsNotWrittenOnIsSpokenAndThenToldToBeLate() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI + "&inactivity_timeout=1");
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when: nothing more comes
    assertThat(written(turn)).isEqualTo("One. ");
    speak(turn, 2);
    turn.finish();
    // then
    assertThat(Base64.getDecoder().decode(next(client).getString("audio"))).hasSize(2);
    JsonObject late = next(client);
    assertThat(late.getString("error")).isEqualTo("input_timeout_exceeded");
    assertThat(late.getString("contextId")).isEqualTo("c1");
    // and the socket, on which nothing comes either
    JsonObject silent = next(client);
    assertThat(silent.getString("error")).isEqualTo("input_timeout_exceeded");
    assertThat(silent.containsKey("contextId")).isFalse();
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  @Test
  void aServerThatStopsSpeaksWhatIsUnderWay() throws Exception {
    // given
    serve("drain-ms", 10_000);
    SocketClient client = connect(MULTI);
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    http.drain();
    client.say(text("c1", "And the rest. ")).say(close("c1"));
    // then
    assertThat(written(turn)).isEqualTo("One. And the rest. ");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
    assertThat(client.closeCode()).isEqualTo(1001);
  }

  @Test
  void oneMoreThanAClientMayHaveIsToldWithItsContext() throws Exception {
    // given
    serve("client-turns", 1);
    SocketClient client = connect(MULTI);
    client.say(text("a", "One. "));
    pipeline.nextTurn();
    // when
    client.say(text("b", "Two. "));
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("too_many_concurrent_requests");
    assertThat(told.getString("contextId")).isEqualTo("b");
  }
}
