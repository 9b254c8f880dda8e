package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Meters;
import io.voicebus.contract.EngineVoices;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the operator of the server sees of it. */
class MetricsEndpointTest extends ServerTest {
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";

  private void withFigures() {
    http.withFigures((type, then) -> new Thread(() -> then.accept("figures 1\n")).start());
  }

  @Test
  void figuresAreToldInTheKindThatIsAskedFor() throws Exception {
    // given
    withFigures();
    serve();
    // when
    RawClient plain = get("/metrics");
    RawClient open =
        call(
            "GET",
            "/metrics",
            NOTHING,
            "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    // then
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("content-type")).isEqualTo(MetricsEndpoint.TEXT);
    assertThat(plain.readText()).isEqualTo("figures 1\n");
    assertThat(open.header("content-type")).isEqualTo(MetricsEndpoint.OPEN_METRICS);
  }

  @Test
  void theTokenLocksThem() throws Exception {
    withFigures();
    serve("access-token", TOKEN);
    assertThat(get("/metrics").status()).isEqualTo(401);
    assertThat(get("/health").status()).isEqualTo(401);
    assertThat(call("GET", "/metrics", NOTHING, "Authorization: Bearer " + TOKEN).status())
        .isEqualTo(200);
  }

  @Test
  void aServerWithoutFiguresSaysSo() throws Exception {
    serve();
    assertProblem(get("/metrics"), 404, "not-found", "no figures");
  }

  /** As one that stops, or has too many turns to count: whoever scrapes asks again. */
  @Test
  void aServerThatCannotTellThemNowIsNotOneThatHasNone() throws Exception {
    http.withFigures((type, then) -> then.accept(""));
    serve();
    assertProblem(get("/metrics"), 503, "unavailable", "cannot be told now");
  }

  @Test
  void answersAreCountedByMethodAndStatus() throws Exception {
    serve();
    get("/v1/status").readText();
    get("/v1/status").readText();
    get("/nowhere").readText();
    call("BREW", "/v1/status", NOTHING).readText();
    Map<String, Long> counts = new TreeMap<>();
    Meters.of(vertx)
        .read(
            (meter, labels, value) -> {
              if (meter.name().equals("voicebus.http.requests")) {
                counts.put(labels.toString(), value.sum());
              }
            });
    assertThat(counts).isEqualTo(Map.of("[GET, 200]", 2L, "[GET, 404]", 1L, "[other, 405]", 1L));
  }

  @Test
  void eachCheckIsTold() throws Exception {
    // given
    http.readyWithRoles(Set.of("tts"));
    serve();
    // when
    RawClient answer = get("/health");
    // then
    assertThat(answer.status()).isEqualTo(503);
    JsonObject health = new JsonObject(answer.readText());
    assertThat(health.getString("status")).isEqualTo("not-ready");
    assertThat(health.getJsonArray("checks"))
        .contains(new JsonObject().put("check", "accepting").put("ok", true));
    JsonObject role = health.getJsonArray("checks").getJsonObject(1);
    assertThat(role.getString("check")).isEqualTo("role-tts");
    assertThat(role.getBoolean("ok")).isFalse();
    assertThat(role.getString("detail")).contains("serves the role tts");
  }

  @Test
  void theEnginesAreToldAndOneThatCanSpeakIsEnough() throws Exception {
    // given
    pipeline.voices.clear();
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of()));
    pipeline.voices.add(new EngineVoices("elevenlabs", false, "it needs a key", List.of()));
    serve();
    // when
    RawClient answer = get("/health");
    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(speech(answer))
        .isEqualTo(
            new JsonObject(
                """
                {"check": "speech", "ok": true, "engines": [
                  {"engine": "embedded", "usable": true},
                  {"engine": "elevenlabs", "usable": false, "reason": "it needs a key"}]}
                """));
  }

  @Test
  void whereNoEngineCanSpeakTheCheckOfSpeechFailsAndTheServerStaysReady() throws Exception {
    // given
    pipeline.voices.clear();
    pipeline.voices.add(new EngineVoices("elevenlabs", false, "it needs a key", List.of()));
    serve();
    // when
    RawClient answer = get("/health");
    // then
    assertThat(answer.status()).isEqualTo(503);
    JsonObject speech = speech(answer);
    assertThat(speech.getBoolean("ok")).isFalse();
    assertThat(speech.getString("detail")).isEqualTo("no engine can speak");
    assertThat(get("/health/ready").status()).isEqualTo(200);
  }

  /** Of a service that is down, every turn fails that does not name the other engine. */
  @Test
  void anEngineThatSpeaksOnlyWhereItIsNamedIsNotEnough() throws Exception {
    // given
    pipeline.voices.clear();
    pipeline.voices.add(
        new EngineVoices("elevenlabs", false, "nobody is there", List.of(), 1, "a"));
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of()));
    serve();
    // when
    RawClient answer = get("/health");
    // then
    assertThat(answer.status()).isEqualTo(503);
    assertThat(speech(answer).getString("detail"))
        .isEqualTo("no engine can speak for a turn that names no voice; by name can embedded");
  }

  private static JsonObject speech(RawClient answer) throws Exception {
    JsonArray checks = new JsonObject(answer.readText()).getJsonArray("checks");
    return checks.getJsonObject(checks.size() - 1);
  }

  @Test
  void aTurnSaysWhatItWaitsFor() throws Exception {
    serve();
    String turn = startTurn();
    JsonObject state = new JsonObject(get(turn).readText());
    JsonObject wait = state.getJsonObject("waits_for");
    assertThat(wait.getString("stage")).isEqualTo("text");
    assertThat(wait.getString("what")).isNotBlank();
    assertThat(wait.getInteger("ms")).isNotNegative();
    // and no more once it has ended
    call("DELETE", turn, NOTHING).readText();
    assertThat(new JsonObject(get(turn).readText()).containsKey("waits_for")).isFalse();
  }
}
