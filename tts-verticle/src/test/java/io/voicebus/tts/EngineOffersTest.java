package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.service.ScriptedServer;
import io.voicebus.tts.service.ServiceStage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineOffersTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    ServiceStage.await(vertx.close());
  }

  private static EngineOffer named(Map<String, EngineOffer> offers, String name) {
    return Objects.requireNonNull(offers.get(name), name);
  }

  @Test
  void withoutKeysAndAProgramOnlyTheEmbeddedVoiceIsThereAndTheOthersSayWhatIsMissing()
      throws Exception {
    Map<String, EngineOffer> offers =
        offers(new JsonObject().put("command-template", "/nowhere/speak"));
    assertThat(offers.keySet())
        .containsExactlyInAnyOrder("command", "elevenlabs", "embedded", "openai");
    assertThat(named(offers, "embedded").voices()).extracting(Voice::id).containsExactly("kevin16");
    assertThat(named(offers, "elevenlabs").reason()).contains("ELEVENLABS_API_KEY");
    assertThat(named(offers, "openai").reason()).contains("openai-speech-base-url");
    assertThat(named(offers, "command").reason()).contains("/nowhere/speak");
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
      Map<String, EngineOffer> offers = offers(at(server));
      assertThat(named(offers, "openai").voices())
          .extracting(Voice::id)
          .containsExactly("af_heart", "b");
      assertThat(named(offers, "elevenlabs").voices())
          .containsExactly(new Voice("x1", "George", ""));
    }
  }

  @Test
  void aServerThatListsNoVoicesButIsThereOffersItsDefault() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                ScriptedServer.Answer.of(
                    asked.uri().endsWith("/models") ? 200 : 404, "application/json", "{}"))) {
      assertThat(named(offers(at(server)), "openai").voices())
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
      assertThat(named(offers(at(server)), "elevenlabs").reason()).contains("ELEVENLABS_API_KEY");
    }
    JsonObject nobody = new JsonObject().put("openai-speech-base-url", "http://127.0.0.1:1/v1");
    assertThat(named(offers(nobody), "openai").reason()).contains("is it running?");
  }

  private static JsonObject at(ScriptedServer server) {
    return new JsonObject()
        .put("elevenlabs-api-key", "key")
        .put("elevenlabs-base-url", server.baseUrl())
        .put("openai-speech-base-url", server.baseUrl() + "/v1");
  }

  private Map<String, EngineOffer> offers(JsonObject settings) throws Exception {
    List<EngineOffer> offers =
        EngineCatalog.all(vertx, Clock.system())
            .offers(new Settings("tts", settings))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    return offers.stream().collect(Collectors.toMap(EngineOffer::engine, Function.identity()));
  }
}
