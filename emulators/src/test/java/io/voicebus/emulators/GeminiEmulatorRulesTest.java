package io.voicebus.emulators;

import static io.voicebus.emulators.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiEmulatorRulesTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final GeminiEmulator EMULATOR =
      await(GeminiEmulator.start(VERTX, GeminiEmulatorOptions.DEFAULTS));
  private static final String USER = "{'role':'user','parts':[{'text':'hello'}]}";

  private static Probe probe() {
    return Probe.of(VERTX, EMULATOR);
  }

  @BeforeAll
  static void begin() {
    assertThat(EMULATOR.baseUrl()).startsWith("http://127.0.0.1:");
  }

  @AfterAll
  static void close() {
    await(VERTX.close());
  }

  private static RequestOptions to(String pathAndQuery) {
    return probe().options().setAbsoluteURI(EMULATOR.baseUrl() + pathAndQuery);
  }

  private static JsonObject error(Probe.Reply reply) {
    assertThat(reply.type()).startsWith("application/json");
    return new JsonObject(reply.body()).getJsonObject("error");
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                                                         | Unexpected token
          []                                                               | Root element
          {}                                                               | contents is not specified
          {'contents':[]}                                                  | contents is not specified
          {'contents':[U],'prompt':'x'}                                    | Unknown name "prompt"
          {'contents':[{'role':'assistant','parts':[{'text':'x'}]}]}       | valid role
          {'contents':[{'role':'system','parts':[{'text':'x'}]}]}          | valid role
          {'contents':[{'role':'user','parts':[]}]}                        | must not be empty
          {'contents':[{'role':'user'}]}                                   | must not be empty
          {'contents':[{'parts':[{'text':''}]}]}                           | 'data' must have one
          {'contents':[{'parts':[{}]}]}                                    | 'data' must have one
          {'contents':[{'parts':[{'text':7}]}]}                            | Invalid value at 'contents[0].parts[0].text'
          {'contents':[U,{'role':'model','parts':[{'text':'x'}]}]}         | ending with a model turn
          {'contents':[U],'systemInstruction':{'parts':[{'inlineData':{}}]}} | Unknown name "inlineData"
          {'contents':[U],'generationConfig':{'max_tokens':5}}             | Unknown name "maxTokens"
          {'contents':[U],'generationConfig':{'maxOutputTokens':0}}        | must be in the range
          {'contents':[U],'generationConfig':{'maxOutputTokens':'9'}}      | Invalid value
          {'contents':[U],'generationConfig':{'temperature':2.1}}          | must be in the range
          {'contents':[U],'generationConfig':{'candidateCount':1}}         | Multiple candidates
          {'contents':[U],'generationConfig':{'stopSequences':['1','2','3','4','5','6']}} | Invalid value
          {'contents':[U],'generationConfig':{'thinkingConfig':{'thinkingLevel':'LOW','thinkingBudget':0}}} | only one of thinking budget
          {'contents':[U],'generationConfig':{'thinkingConfig':{'thinkingBudget':0}}} | budget is not supported
          {'contents':[U],'generationConfig':{'thinkingConfig':{'thinkingLevel':'NONE'}}} | Invalid value
          {'contents':[U],'safetySettings':[{'category':'X','threshold':'OFF'}]} | Invalid value
          """)
  void refusesABodyThatBreaksARule(String body, String words) {
    // when
    Probe.Reply reply = probe().ask(body.replace("U", USER).replace('\'', '"'));
    // then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(error(reply).getString("status")).isEqualTo("INVALID_ARGUMENT");
    assertThat(error(reply).getString("message")).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-3.8-flash, MINIMAL, 400",
    "gemini-3.8-flash, low, 200",
    "gemini-3.7-flash, MINIMAL, 400",
    "gemini-3.6-flash, MINIMAL, 200",
    "gemini-3.1-pro-preview, MINIMAL, 400",
    "gemini-2.5-flash, LOW, 400",
    "gemini-9-flash, LOW, 404"
  })
  void knowsWhichModelTakesWhichThinkingLevel(String model, String level, int status) {
    // when
    JsonObject body = new JsonObject(Probe.HELLO);
    body.put(
        "generationConfig",
        new JsonObject().put("thinkingConfig", new JsonObject().put("thinkingLevel", level)));
    Probe.Reply reply =
        probe().ask(to("/v1/models/" + model + ":streamGenerateContent?alt=sse"), body.encode());
    // then
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void aWrongKeyIsA400WithItsOwnReason() {
    // when
    Probe.Reply reply =
        probe().ask(probe().options().putHeader("x-goog-api-key", "x"), Probe.HELLO);
    // then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(error(reply).getJsonArray("details").getJsonObject(0).getString("reason"))
        .isEqualTo("API_KEY_INVALID");
  }

  @Test
  void takesTheKeyFromTheQueryToo() {
    RequestOptions bare = to(Probe.LITE);
    bare.getHeaders().remove("x-goog-api-key");
    assertThat(probe().ask(bare, Probe.HELLO).status()).isEqualTo(401);
    RequestOptions query = to(Probe.LITE + "&key=emulated-key");
    query.getHeaders().remove("x-goog-api-key");
    assertThat(probe().ask(query, Probe.HELLO).status()).isEqualTo(200);
  }

  @Test
  void insistsOnPathMethodContentTypeAndStreaming() {
    assertThat(probe().ask(to("/v2/models/m:streamGenerateContent?alt=sse"), "{}").status())
        .isEqualTo(404);
    assertThat(probe().ask(to(Probe.LITE).setMethod(HttpMethod.PUT), "{}").status()).isEqualTo(404);
    assertThat(probe().ask(to(Probe.LITE).putHeader("content-type", "text/plain"), "{}").status())
        .isEqualTo(400);
    assertThat(
            probe()
                .ask(to("/v1/models/gemini-3.5-flash-lite:streamGenerateContent"), Probe.HELLO)
                .status())
        .isEqualTo(400);
  }

  @Test
  void takesSnakeCaseAndNeighboursOfOneRole() {
    // when
    Probe.Reply reply =
        probe()
            .ask(
                ("{'contents':["
                        + USER
                        + ","
                        + USER
                        + "],'system_instruction':{'parts':[{'text':'Be brief.'}]},"
                        + "'generation_config':{'max_output_tokens':64}}")
                    .replace('\'', '"'));
    // then
    assertThat(reply.status()).isEqualTo(200);
  }
}
