package io.voicebus.gemini;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chat completions, as OpenAI, Ollama, llama.cpp, vLLM, LM Studio and many others serve them. */
final class OpenAiProtocol implements ModelProtocol {
  private static final String ERROR_FIELD = "error:";
  private static final String VERSION = "/v1";

  private final OpenAiSettings settings;
  private final ServiceWords words;

  OpenAiProtocol(OpenAiSettings settings) {
    this.settings = settings;
    this.words =
        new ServiceWords(
            "the model server at " + settings.url().host(),
            "set OPENAI_API_KEY to a valid key",
            "openai-model",
            "openai-base-url",
            "check openai-base-url, which mostly ends in /v1",
            "openai-max-output-tokens");
  }

  @Override
  public String source() {
    return "openai";
  }

  @Override
  public String model() {
    return settings.model();
  }

  @Override
  public ServiceWords words() {
    return words;
  }

  @Override
  public String askPath(Set<Concession> made) {
    String version = made.contains(Concession.VERSION_PATH) ? VERSION : "";
    return settings.url().uri(version + OpenAiSettings.CHAT);
  }

  @Override
  public String warmPath() {
    return settings.url().uri("/models");
  }

  @Override
  public Map<String, String> headers() {
    return settings.key().isEmpty()
        ? settings
            .url()
            .basicAuthorization()
            .map(user -> Map.of("authorization", user))
            .orElse(Map.of())
        : Map.of("authorization", "Bearer " + settings.key());
  }

  @Override
  public Optional<Concession> against(ModelFault fault, Set<Concession> made) {
    boolean told = !settings.instruction().isEmpty() && !made.contains(Concession.SYSTEM_ROLE);
    boolean options = !made.contains(Concession.OPTIONS);
    return switch (fault.cause()) {
      case PATH ->
          settings.url().path().isEmpty() && !made.contains(Concession.VERSION_PATH)
              ? Optional.of(Concession.VERSION_PATH)
              : Optional.empty();
      case SYSTEM_ROLE ->
          told
              ? Optional.of(Concession.SYSTEM_ROLE)
              : options ? Optional.of(Concession.OPTIONS) : Optional.empty();
      case TOKENS_FIELD ->
          !made.contains(Concession.TOKENS_FIELD)
              ? Optional.of(Concession.TOKENS_FIELD)
              : options ? Optional.of(Concession.OPTIONS) : Optional.empty();
      case OPTION -> options ? Optional.of(Concession.OPTIONS) : Optional.empty();
      default -> Optional.empty();
    };
  }

  @Override
  public byte[] body(Question question, Set<Concession> made) {
    String instruction = question.instruction(settings.instruction());
    boolean role = !made.contains(Concession.SYSTEM_ROLE);
    JsonArray messages = new JsonArray();
    if (role && !instruction.isEmpty()) {
      messages.add(message("system", instruction));
    }
    for (Dialogue.Said said : Dialogue.of(question, role ? "" : instruction)) {
      messages.add(message(said.byModel() ? "assistant" : "user", said.text()));
    }
    JsonObject body =
        new JsonObject()
            .put("model", settings.model())
            .put("messages", messages)
            .put("stream", true);
    int maxTokens = question.limits().maxTokens(settings.maxOutputTokens());
    if (maxTokens > 0) {
      body.put(
          made.contains(Concession.TOKENS_FIELD)
              ? settings.otherMaxTokensField()
              : settings.maxTokensField(),
          maxTokens);
    }
    if (!question.limits().stopTexts().isEmpty()) {
      body.put("stop", new JsonArray(question.limits().stopTexts()));
    }
    if (!settings.reasoningEffort().isEmpty()) {
      body.put("reasoning_effort", settings.reasoningEffort());
    }
    if (!made.contains(Concession.OPTIONS)) {
      body.put("stream_options", new JsonObject().put("include_usage", true));
    }
    return body.encode().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject message(String role, String text) {
    return new JsonObject().put("role", role).put("content", text);
  }

  @Override
  public ModelReader reader() {
    return new OpenAiReader(words, settings.think());
  }

  @Override
  public ModelFault refusal(int status, String body, Duration after) {
    return OpenAiFaults.ofResponse(words, status, body, after);
  }

  @Override
  public Optional<ModelFault> findIn(String strays) {
    for (String line : strays.split("\n", -1)) {
      if (line.startsWith(ERROR_FIELD)) {
        String value = line.substring(ERROR_FIELD.length()).strip();
        return Optional.of(
            TolerantJson.parse(value)
                .map(json -> OpenAiFaults.ofField(words, json))
                .orElseGet(() -> words.classify(500, value, Duration.ZERO)));
      }
    }
    return TolerantJson.findIn(strays).flatMap(json -> OpenAiFaults.findIn(words, json));
  }

  @Override
  public String redact(String text) {
    return ServiceWords.without(text, settings.key(), settings.url());
  }
}
