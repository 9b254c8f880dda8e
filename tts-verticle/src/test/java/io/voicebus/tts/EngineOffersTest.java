package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Clock;
import io.voicebus.contract.Settings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineOffersTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    ElevenStage.await(vertx.close());
  }

  @Test
  void withoutKeysAndAProgramOnlyTheEmbeddedVoiceIsThereAndTheOthersSayWhatIsMissing()
      throws Exception {
    List<EngineOffer> offers = offers(new JsonObject().put("command-template", "/nowhere/speak"));
    assertThat(offers.stream().map(EngineOffer::engine))
        .containsExactlyInAnyOrder("command", "elevenlabs", "embedded", "openai");
    assertThat(of("embedded", offers).voices()).extracting(Voice::id).containsExactly("kevin16");
    assertThat(of("elevenlabs", offers).reason()).contains("ELEVENLABS_API_KEY");
    assertThat(of("openai", offers).reason()).contains("openai-speech-base-url");
    assertThat(of("command", offers).reason()).contains("/nowhere/speak");
  }

  @Test
  void servicesAreAskedForTheirVoices() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                ScriptedServer.Answer.of(
                    200,
                    "application/json",
                    asked.uri().endsWith("/audio/voices")
                        ? "{\"voices\":[\"af_heart\",{\"id\":\"b\",\"name\":\"Bella\"}]}"
                        : "{\"voices\":[{\"voice_id\":\"x1\",\"name\":\"George\"}]}"))) {
      List<EngineOffer> offers = offers(at(server));
      assertThat(of("openai", offers).voices())
          .extracting(Voice::id)
          .containsExactly("af_heart", "b");
      assertThat(of("elevenlabs", offers).voices()).containsExactly(new Voice("x1", "George", ""));
    }
  }

  @Test
  void aServerThatListsNoVoicesButIsThereOffersItsDefault() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                ScriptedServer.Answer.of(
                    asked.uri().endsWith("/models") ? 200 : 404, "application/json", "{}"))) {
      assertThat(of("openai", offers(at(server))).voices())
          .extracting(Voice::id)
          .containsExactly("alloy");
    }
  }

  @Test
  void aWrongKeyAndAServerThatIsNotThereAreTold() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                ScriptedServer.Answer.of(
                    401, "application/json", "{\"detail\":{\"status\":\"invalid_api_key\"}}"))) {
      assertThat(of("elevenlabs", offers(at(server))).reason()).contains("ELEVENLABS_API_KEY");
    }
    JsonObject nobody = new JsonObject().put("openai-speech-base-url", "http://127.0.0.1:1/v1");
    assertThat(of("openai", offers(nobody)).reason()).contains("is it running?");
  }

  @Test
  void programsThatListTheirVoicesAreUnderstood() {
    assertThat(CommandVoices.read("Voices available: kal awb_time slt \n"))
        .extracting(Voice::id)
        .containsExactly("kal", "awb_time", "slt");
    assertThat(
            CommandVoices.read(
                """
                Pty Language       Age/Gender VoiceName          File    Other Languages
                 5  af              --/M      Afrikaans          gmw/af
                 2  en-gb           --/M      English_(Great_Britain) gmw/en  (en 2)
                """))
        .containsExactly(
            new Voice("af", "Afrikaans", "af"),
            new Voice("en-gb", "English (Great Britain)", "en"));
  }

  private static JsonObject at(ScriptedServer server) {
    return new JsonObject()
        .put("elevenlabs-api-key", "key")
        .put("elevenlabs-base-url", server.baseUrl())
        .put("openai-speech-base-url", server.baseUrl() + "/v1");
  }

  private static EngineOffer of(String engine, List<EngineOffer> offers) {
    return offers.stream().filter(one -> one.engine().equals(engine)).findFirst().orElseThrow();
  }

  private List<EngineOffer> offers(JsonObject settings) throws Exception {
    return EngineCatalog.all(vertx, Clock.system())
        .offers(new Settings("tts", settings))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }
}
