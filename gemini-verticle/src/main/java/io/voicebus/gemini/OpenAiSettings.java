package io.voicebus.gemini;

import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;

/**
 * How to reach an OpenAI-compatible server, and what to ask of it.
 *
 * @param key goes into one header, nowhere else; empty when there is none
 * @param url where it is, {@code /v1} included
 * @param set whether the URL or a key was set
 * @param model as the server calls it; empty when it was not set
 * @param instruction how to answer; empty for none
 * @param maxOutputTokens 0 for the server's own limit
 * @param maxTokensField the name under which the server takes that
 * @param reasoningEffort how much to think; empty for the model's own way
 * @param think what to do about thoughts in the answer's text: {@code auto} leaves out what is
 *     between tags, {@code begins} also what comes before a first closing tag, {@code keep} nothing
 * @param limits how long to wait, how often to try
 */
record OpenAiSettings(
    String key,
    ServiceAddress url,
    boolean set,
    String model,
    String instruction,
    int maxOutputTokens,
    String maxTokensField,
    String reasoningEffort,
    String think,
    ModelLimits limits) {

  /** The path below the base URL that a prompt goes to; some write it behind the base URL. */
  static final String CHAT = "/chat/completions";

  /** The name of the limit of tokens that all servers but some of OpenAI's models know. */
  static final String TOKENS_FIELD = "max_tokens";

  /** The name that OpenAI's models which think want. */
  static final String NEWER_TOKENS_FIELD = "max_completion_tokens";

  private static final String PUBLIC = "https://api.openai.com/v1";

  /** Reads the settings, all of them whether they are needed or not. */
  static OpenAiSettings read(Settings settings, String instruction) {
    String key = settings.get(GeminiConfig.OPENAI_API_KEY);
    String url = settings.find(GeminiConfig.OPENAI_BASE_URL).orElse("");
    ServiceAddress address = SourceSettings.address(url.isEmpty() ? PUBLIC : url, CHAT);
    if (!key.isEmpty() && !address.userInfo().isEmpty()) {
      throw new IllegalArgumentException(
          "gemini setting 'openai-base-url' has a user, and openai-api-key is set, too: only one of"
              + " them can be told to the server");
    }
    return new OpenAiSettings(
        key,
        address,
        !key.isEmpty() || !url.isEmpty(),
        settings.get(GeminiConfig.OPENAI_MODEL),
        instruction,
        settings.get(GeminiConfig.OPENAI_MAX_OUTPUT_TOKENS),
        settings.get(GeminiConfig.OPENAI_MAX_TOKENS_FIELD),
        settings.get(GeminiConfig.OPENAI_REASONING_EFFORT),
        settings.get(GeminiConfig.OPENAI_THINK),
        ModelLimits.read(settings, GeminiConfig.OPENAI_LIMITS));
  }

  /** The other name of the limit of tokens. */
  String otherMaxTokensField() {
    return maxTokensField.equals(TOKENS_FIELD) ? NEWER_TOKENS_FIELD : TOKENS_FIELD;
  }

  /** A copy with another model; empty for no change. */
  OpenAiSettings withModel(String other) {
    return other.isEmpty()
        ? this
        : new OpenAiSettings(
            key,
            url,
            set,
            other,
            instruction,
            maxOutputTokens,
            maxTokensField,
            reasoningEffort,
            think,
            limits);
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "OpenAiSettings[" + url + ", " + model + "]";
  }
}
