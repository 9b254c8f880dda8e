package io.voicebus.gemini;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gemini's {@code streamGenerateContent}, with server-sent events. */
final class GeminiProtocol implements ModelProtocol {
  private static final ServiceWords WORDS =
      new ServiceWords(
          "Gemini",
          "set GEMINI_API_KEY to a valid key",
          "gemini-model",
          "gemini-base-url",
          "check gemini-base-url",
          "gemini-max-output-tokens");

  private final GeminiSettings settings;
  private final Optional<JsonObject> thinking;

  GeminiProtocol(GeminiSettings settings) {
    this.settings = settings;
    this.thinking = GeminiThinking.of(settings.model(), settings.thinking());
  }

  @Override
  public String source() {
    return "gemini";
  }

  @Override
  public String model() {
    return settings.model();
  }

  @Override
  public ServiceWords words() {
    return WORDS;
  }

  @Override
  public String askPath(Set<Concession> made) {
    return settings.url().uri(modelPath() + ":streamGenerateContent?alt=sse");
  }

  @Override
  public String warmPath() {
    return settings.url().uri(modelPath());
  }

  private String modelPath() {
    return "/" + settings.apiVersion() + "/models/" + settings.model();
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>(Map.of("x-goog-api-key", settings.key()));
    settings.url().basicAuthorization().ifPresent(user -> headers.put("authorization", user));
    return headers;
  }

  @Override
  public Optional<Concession> against(ModelFault fault, Set<Concession> made) {
    return switch (fault.cause()) {
      case SYSTEM_ROLE ->
          made.contains(Concession.SYSTEM_ROLE) || settings.instruction().isEmpty()
              ? Optional.empty()
              : Optional.of(Concession.SYSTEM_ROLE);
      case OPTION ->
          made.contains(Concession.OPTIONS) || thinking.isEmpty()
              ? Optional.empty()
              : Optional.of(Concession.OPTIONS);
      default -> Optional.empty();
    };
  }

  @Override
  public byte[] body(Question question, Set<Concession> made) {
    String instruction = question.instruction(settings.instruction());
    boolean role = !made.contains(Concession.SYSTEM_ROLE);
    JsonArray contents = new JsonArray();
    for (Dialogue.Said said : Dialogue.of(question, role ? "" : instruction)) {
      contents.add(content(said.byModel() ? "model" : "user", said.text()));
    }
    JsonObject body = new JsonObject().put("contents", contents);
    if (role && !instruction.isEmpty()) {
      body.put("systemInstruction", content("user", instruction));
    }
    JsonObject config = new JsonObject();
    int maxTokens = question.limits().maxTokens(settings.maxOutputTokens());
    if (maxTokens > 0) {
      config.put("maxOutputTokens", maxTokens);
    }
    if (!question.limits().stopTexts().isEmpty()) {
      config.put("stopSequences", new JsonArray(question.limits().stopTexts()));
    }
    if (!made.contains(Concession.OPTIONS)) {
      thinking.ifPresent(how -> config.put("thinkingConfig", how));
    }
    if (!config.isEmpty()) {
      body.put("generationConfig", config);
    }
    return body.encode().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject content(String role, String text) {
    return new JsonObject()
        .put("role", role)
        .put("parts", new JsonArray().add(new JsonObject().put("text", text)));
  }

  @Override
  public ModelReader reader() {
    return new GeminiReader(WORDS);
  }

  @Override
  public ModelFault refusal(int status, String body, Duration after) {
    return GeminiFaults.ofResponse(WORDS, status, body, after);
  }

  @Override
  public Optional<ModelFault> findIn(String strays) {
    return TolerantJson.findIn(strays).flatMap(json -> GeminiFaults.findIn(WORDS, json));
  }

  @Override
  public String redact(String text) {
    return ServiceWords.without(text, settings.key(), settings.url());
  }
}
