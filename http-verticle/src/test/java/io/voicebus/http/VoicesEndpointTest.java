package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VoicesEndpointTest extends ServerTest {
  private static final String PATH = "/v1/voices";

  @Test
  void tellsWhatEachEngineOffersAndWhyNotAndAsksTheWorkersOnceForAllWhoAsk() throws Exception {
    // given
    serve();
    pipeline.voices.add(
        new EngineVoices("a", true, "", List.of(new EngineVoice("1", "\"One\"", "en"))));
    pipeline.voices.add(new EngineVoices("a", true, "", List.of(new EngineVoice("2", "Zwei", ""))));
    pipeline.voices.add(
        new EngineVoices("b", false, "set a key", List.of(), 1, "3")); // it would speak first
    // when
    RawClient answer = get(PATH);
    // then
    String body = answer.readText();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(new JsonObject(body))
        .isEqualTo(
            new JsonObject(
                """
                {"engines": [
                  {"engine": "a", "usable": true, "voices": [
                    {"id": "1", "name": "\\"One\\"", "language": "en"},
                    {"id": "2", "name": "Zwei", "language": ""}]},
                  {"engine": "b", "usable": false, "reason": "set a key", "order": 1,
                    "default_voice": "3", "voices": []}]}"""));
    // when
    assertThat(get(PATH).readText()).isEqualTo(body);
    // then
    assertThat(pipeline.voicesAsked).hasValue(1);
  }

  @Test
  void saysSoWhenNoSpeechWorkerIsThereAndAsksAgainTheNextTime() throws Exception {
    // given
    serveAlone();
    assertProblem(get(PATH), 503, "unavailable");
    // when
    vertx.deployVerticle(pipeline).await(10, TimeUnit.SECONDS);
    // then
    assertThat(get(PATH).readText()).isEqualTo("{\"engines\":[]}");
  }
}
