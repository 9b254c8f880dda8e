package io.voicebus.gemini;

import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;
import java.time.Duration;
import java.util.List;

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

  /** A model on this machine may have to be loaded first, and reads a long prompt slowly. */
  private static final ModelLimits LIMITS =
      new ModelLimits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(300),
          2);

  /** Reads the settings, all of them whether they are needed or not. */
  static OpenAiSettings read(Settings settings, String instruction) {
    String key = SourceSettings.key(settings, "openai-api-key");
    String url = settings.text("openai-base-url", "");
    ServiceAddress address =
        SourceSettings.address(
            "openai-base-url", url.isEmpty() ? "https://api.openai.com/v1" : url, CHAT);
    if (!key.isEmpty() && !address.userInfo().isEmpty()) {
      throw new IllegalArgumentException(
          "gemini setting 'openai-base-url' has a user, and openai-api-key is set, too: only one of"
              + " them can be told to the server");
    }
    return new OpenAiSettings(
        key,
        address,
        !key.isEmpty() || !url.isEmpty(),
        settings.text("openai-model", ""),
        instruction,
        settings.integer("openai-max-output-tokens", 0, 0, 1_000_000),
        settings.choice(
            "openai-max-tokens-field",
            "max_tokens",
            List.of("max_tokens", "max_completion_tokens")),
        effort(settings.text("openai-reasoning-effort", "")),
        settings.choice("openai-think", "auto", List.of("auto", "begins", "keep")),
        LIMITS.read(settings, "openai"));
  }

  private static String effort(String text) {
    if (!text.matches("[a-z]*")) {
      throw new IllegalArgumentException(
          "gemini setting 'openai-reasoning-effort' is '"
              + text
              + "': it must be a word, like low");
    }
    return text;
  }

  /** The same with another model; empty leaves it as it is. */
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
