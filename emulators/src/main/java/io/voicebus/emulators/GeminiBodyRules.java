package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request's body must be like. */
final class GeminiBodyRules {
  private static final Set<String> TOP =
      Set.of(
          "contents",
          "systemInstruction",
          "safetySettings",
          "generationConfig",
          "tools",
          "toolConfig",
          "cachedContent",
          "serviceTier");
  private static final Set<String> CONTENT = Set.of("role", "parts");
  private static final Set<String> DATA =
      Set.of(
          "text",
          "inlineData",
          "fileData",
          "functionCall",
          "functionResponse",
          "executableCode",
          "codeExecutionResult");
  private static final Set<String> BESIDE_DATA = Set.of("thought", "thoughtSignature");
  private static final Set<String> CONFIG =
      Set.of(
          "maxOutputTokens",
          "temperature",
          "topP",
          "topK",
          "stopSequences",
          "candidateCount",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseMimeType",
          "thinkingConfig");
  private static final Set<String> THINKING =
      Set.of("thinkingLevel", "thinkingBudget", "includeThoughts");
  private static final Set<String> LEVELS = Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
  private static final Set<String> CATEGORIES =
      Set.of(
          "HARM_CATEGORY_HARASSMENT",
          "HARM_CATEGORY_HATE_SPEECH",
          "HARM_CATEGORY_SEXUALLY_EXPLICIT",
          "HARM_CATEGORY_DANGEROUS_CONTENT",
          "HARM_CATEGORY_CIVIC_INTEGRITY");
  private static final Set<String> THRESHOLDS =
      Set.of(
          "OFF", "BLOCK_NONE", "BLOCK_ONLY_HIGH", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_LOW_AND_ABOVE");

  private GeminiBodyRules() {}

  /**
   * Checks a body.
   *
   * @return the text of the last turn
   * @throws GeminiRejection when it breaks a rule
   */
  static String check(GeminiFields body, GeminiModels.Model model) {
    body.allow(TOP);
    String prompt = checkContents(body);
    if (body.has("systemInstruction")) {
      GeminiFields instruction = body.object("systemInstruction");
      checkParts(instruction, "GenerateContentRequest.system_instruction", Set.of("text"));
    }
    checkSafety(body.objects("safetySettings"));
    checkConfig(body.object("generationConfig"), model);
    return prompt;
  }

  private static String checkContents(GeminiFields body) {
    List<GeminiFields> contents = body.objects("contents");
    if (contents.isEmpty()) {
      throw GeminiRejection.invalid(
          "* GenerateContentRequest.contents: contents is not specified\n");
    }
    String role = "user";
    String prompt = "";
    for (int i = 0; i < contents.size(); i++) {
      GeminiFields content = contents.get(i);
      @Nullable String said = content.text("role");
      role = said == null ? "user" : said;
      if (!role.equals("user") && !role.equals("model")) {
        throw GeminiRejection.invalid("Please use a valid role: user, model.");
      }
      prompt = checkParts(content, "GenerateContentRequest.contents[" + i + "]", DATA);
    }
    if (role.equals("model")) {
      throw GeminiRejection.invalid("Requests ending with a model turn are not supported.");
    }
    return prompt;
  }

  private static String checkParts(GeminiFields content, String name, Set<String> data) {
    content.allow(CONTENT);
    List<GeminiFields> parts = content.objects("parts");
    if (parts.isEmpty()) {
      throw GeminiRejection.invalid("* " + name + ".parts: contents.parts must not be empty.\n");
    }
    StringBuilder text = new StringBuilder();
    boolean filled = false;
    for (int i = 0; i < parts.size(); i++) {
      GeminiFields part = parts.get(i);
      Set<String> allowed = new HashSet<>(data);
      allowed.addAll(BESIDE_DATA);
      part.allow(allowed);
      part.flag("thought");
      part.text("thoughtSignature");
      if (data.stream().filter(part::has).count() != 1) {
        throw noData(name, i);
      }
      @Nullable String said = part.text("text");
      text.append(said == null ? "" : said);
      filled |= said == null || !said.isEmpty();
    }
    if (!filled) {
      throw noData(name, 0);
    }
    return text.toString();
  }

  private static GeminiRejection noData(String name, int part) {
    return GeminiRejection.invalid(
        "* "
            + name
            + ".parts["
            + part
            + "].data: required oneof field 'data' must have one initialized field\n");
  }

  private static void checkSafety(List<GeminiFields> settings) {
    Set<String> seen = new HashSet<>();
    for (GeminiFields setting : settings) {
      setting.allow(Set.of("category", "threshold"));
      setting.word("category", CATEGORIES);
      setting.word("threshold", THRESHOLDS);
      @Nullable String category = setting.text("category");
      if (category == null || !seen.add(category)) {
        throw GeminiRejection.invalid(
            "* GenerateContentRequest.safety_settings: at most one setting per category\n");
      }
    }
  }

  private static void checkConfig(GeminiFields config, GeminiModels.Model model) {
    config.allow(CONFIG);
    config.whole("maxOutputTokens", 1, 65_536);
    config.number("temperature", 0, 2);
    config.number("topP", 0, 1);
    config.whole("topK", 1, 1_000);
    config.whole("seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (config.has("candidateCount") && !model.takesBudget()) {
      throw GeminiRejection.invalid("Multiple candidates is not enabled for this model");
    }
    Object stops = config.values().getValue("stopSequences");
    if (stops != null && (!(stops instanceof JsonArray array) || array.size() > 5)) {
      throw config.wrong("stopSequences", stops);
    }
    checkThinking(config.object("thinkingConfig"), model);
  }

  private static void checkThinking(GeminiFields thinking, GeminiModels.Model model) {
    thinking.allow(THINKING);
    thinking.flag("includeThoughts");
    thinking.whole("thinkingBudget", -1, 24_576);
    @Nullable String said = thinking.text("thinkingLevel");
    if (said != null && thinking.has("thinkingBudget")) {
      throw GeminiRejection.invalid(
          "You can only set only one of thinking budget and thinking level.");
    }
    if (thinking.has("thinkingBudget") && !model.takesBudget()) {
      throw GeminiRejection.invalid("Thinking budget is not supported for this model.");
    }
    if (said == null) {
      return;
    }
    String level = said.toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw thinking.wrong("thinkingLevel", said);
    }
    if (!model.levels().contains(level)) {
      throw GeminiRejection.invalid(
          "Thinking level " + level + " is not supported for this model.");
    }
  }
}
