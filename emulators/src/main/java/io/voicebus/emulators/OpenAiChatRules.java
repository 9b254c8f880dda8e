package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the body of a request for an answer must be like. */
final class OpenAiChatRules {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "n",
          "stop",
          "seed",
          "presence_penalty",
          "frequency_penalty",
          "reasoning_effort",
          "verbosity",
          "response_format",
          "service_tier",
          "store",
          "metadata",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "tools",
          "tool_choice",
          "parallel_tool_calls");
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final Set<String> EFFORTS =
      Set.of("none", "minimal", "low", "medium", "high", "xhigh");
  private static final int MAX_STOPS = 4;

  private OpenAiChatRules() {}

  /**
   * Checks a body.
   *
   * @return the text of the user's last message
   * @throws OpenAiRejection when it breaks a rule
   */
  static String check(OpenAiFields body, OpenAiOptions options) {
    if (options.flavor() == OpenAiFlavor.OPENAI) {
      body.allow(FIELDS);
    }
    String model = body.requiredText("model");
    body.require("messages");
    String prompt = messages(body.objects("messages"));
    boolean stream = body.flag("stream");
    if (body.has("stream_options") && !stream) {
      throw OpenAiRejection.invalid(
          "invalid_value",
          "stream_options",
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    }
    OpenAiFields streaming = body.object("stream_options");
    streaming.flag("include_usage");
    streaming.flag("include_obfuscation");
    body.whole("max_completion_tokens", 1, 1_000_000, 0);
    body.whole("max_tokens", 1, 1_000_000, 0);
    body.number("temperature", 0, 2);
    body.number("top_p", 0, 1);
    body.number("presence_penalty", -2, 2);
    body.number("frequency_penalty", -2, 2);
    body.whole("n", 1, 128, 1);
    body.whole("seed", Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
    body.word("reasoning_effort", EFFORTS, "medium");
    stops(body);
    options.checkModel(model);
    if (options.newerModels().contains(model)) {
      newer(body);
    }
    return prompt;
  }

  /** Models that think have other names for things, and no sampling. */
  private static void newer(OpenAiFields body) {
    if (body.has("max_tokens")) {
      throw OpenAiRejection.invalid(
          "unsupported_parameter",
          "max_tokens",
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
              + " 'max_completion_tokens' instead.");
    }
    Object temperature = body.values().getValue("temperature");
    if (temperature instanceof Number number && number.doubleValue() != 1) {
      throw OpenAiRejection.invalid(
          "unsupported_value",
          "temperature",
          "Unsupported value: 'temperature' does not support "
              + number
              + " with this model. Only the default (1) value is supported.");
    }
  }

  private static void stops(OpenAiFields body) {
    Object stop = body.values().getValue("stop");
    if (stop instanceof JsonArray array) {
      if (array.size() > MAX_STOPS) {
        throw OpenAiRejection.invalid(
            "array_above_max_length", "stop", "Invalid 'stop': array too long.");
      }
    } else if (stop != null && !(stop instanceof String)) {
      throw body.wrongType("stop", "a string or an array of strings", stop);
    }
  }

  private static String messages(List<OpenAiFields> messages) {
    if (messages.isEmpty()) {
      throw OpenAiRejection.invalid(
          "empty_array",
          "messages",
          "Invalid 'messages': empty array. Expected an array with minimum length 1.");
    }
    String prompt = "";
    for (OpenAiFields message : messages) {
      message.require("role");
      String role = message.word("role", ROLES, "");
      @Nullable String text = content(message);
      if (text == null && !role.equals("assistant")) {
        throw message.wrongType("content", "a string or an array of objects", null);
      }
      prompt = role.equals("user") && text != null ? text : prompt;
    }
    return prompt;
  }

  private static @Nullable String content(OpenAiFields message) {
    Object content = message.values().getValue("content");
    if (content == null || content instanceof String) {
      return (String) content;
    }
    if (!(content instanceof JsonArray)) {
      throw message.wrongType("content", "a string or an array of objects", content);
    }
    StringBuilder text = new StringBuilder();
    for (OpenAiFields part : message.objects("content")) {
      part.require("type");
      part.text("type");
      text.append(part.has("text") ? part.requiredText("text") : "");
    }
    return text.toString();
  }

  /** Whether the server knows the field at all. */
  static void refuseStreamOptions(JsonObject body) {
    if (body.containsKey("stream_options")) {
      throw OpenAiRejection.invalid(
          "unknown_parameter", "stream_options", "Unknown parameter: 'stream_options'.");
    }
  }
}
