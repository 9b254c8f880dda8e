package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Gemini, and what to ask of it.
 *
 * @param key never empty; goes into one header, nowhere else
 * @param baseUrl scheme, host, perhaps port and path, without a slash at its end
 * @param model as the service calls it
 * @param apiVersion first segment of the path
 * @param instruction how to answer; empty for none
 * @param thinking see {@link GeminiThinking#of}
 * @param maxOutputTokens 0 for the model's own limit
 * @param limits how long to wait, how often to try
 */
record GeminiSettings(
    String key,
    URI baseUrl,
    String model,
    String apiVersion,
    String instruction,
    String thinking,
    int maxOutputTokens,
    Limits limits) {

  /** Asks for what can be listened to. */
  static final String SPEAKABLE =
      "Your answer is spoken aloud while you write it. Answer in short, plain, speakable prose, in"
          + " the language of the prompt. Begin with the answer itself, in a short sentence. Use no"
          + " Markdown, headings, lists, tables, code, links or emoji, unless you are asked for"
          + " them, and write symbols and units as they are said.";

  /**
   * How long to wait, how often to try.
   *
   * @param connect until there is a connection
   * @param headers from then until the response begins
   * @param gap between two pieces of the response; stands still while it is paused
   * @param total for all of it, retries included; stands still while it is paused
   * @param retries at most so many, while nothing was delivered
   */
  record Limits(Duration connect, Duration headers, Duration gap, Duration total, int retries) {}

  /**
   * Reads the settings, all of them whether they are needed or not.
   *
   * @return nothing without a key
   */
  static Optional<GeminiSettings> read(Settings settings) {
    String key = settings.text("gemini-api-key", "");
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "gemini setting 'gemini-api-key' has characters that no key has: check how it was copied");
    }
    GeminiSettings read =
        new GeminiSettings(
            key,
            baseUrl(settings.text("gemini-base-url", "https://generativelanguage.googleapis.com")),
            word(settings, "gemini-model", "gemini-3.5-flash-lite"),
            word(settings, "gemini-api-version", "v1beta"),
            instruction(settings.text("system-instruction", SPEAKABLE)),
            settings.choice(
                "gemini-thinking",
                "auto",
                List.of("auto", "default", "minimal", "low", "medium", "high")),
            settings.integer("gemini-max-output-tokens", 0, 0, 65_536),
            limits(settings));
    return key.isEmpty() ? Optional.empty() : Optional.of(read);
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.millis("gemini-connect-ms", Duration.ofSeconds(3), 1, 60_000),
        settings.millis("gemini-headers-ms", Duration.ofSeconds(10), 1, 600_000),
        settings.millis("gemini-gap-ms", Duration.ofSeconds(10), 1, 600_000),
        settings.millis("gemini-total-ms", Duration.ofSeconds(120), 1, 3_600_000),
        settings.integer("gemini-retries", 2, 0, 10));
  }

  private static String instruction(String text) {
    return text.equals("none") ? "" : text;
  }

  private static URI baseUrl(String text) {
    try {
      URI url = new URI(text.replaceAll("/+$", ""));
      if (url.getHost() != null
          && List.of("http", "https").contains(url.getScheme())
          && url.getQuery() == null
          && url.getUserInfo() == null) {
        return url;
      }
      throw wrong("gemini-base-url", text, "like https://host or http://host:port", null);
    } catch (URISyntaxException e) {
      throw wrong("gemini-base-url", text, "like https://host or http://host:port", e);
    }
  }

  private static String word(Settings settings, String key, String fallback) {
    String text = settings.text(key, fallback);
    if (!text.matches("[A-Za-z0-9._-]+")) {
      throw wrong(key, text, "letters, digits, dots and dashes", null);
    }
    return text;
  }

  private static IllegalArgumentException wrong(
      String key, String value, String allowed, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "gemini setting '" + key + "' is '" + value + "': it must be " + allowed, cause);
  }

  boolean secure() {
    return "https".equals(baseUrl.getScheme());
  }

  int port() {
    return baseUrl.getPort() >= 0 ? baseUrl.getPort() : secure() ? 443 : 80;
  }

  /** Where the model is described. */
  String modelPath() {
    return baseUrl.getRawPath() + "/" + apiVersion + "/models/" + model;
  }

  /** Where the model answers. */
  String streamPath() {
    return modelPath() + ":streamGenerateContent?alt=sse";
  }

  /** The request for a prompt. */
  GeminiRequest ask(Question question) {
    Optional<JsonObject> how = GeminiThinking.of(model, thinking);
    return new GeminiRequest(
        question.history(), question.prompt(), instruction, maxOutputTokens, how);
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "GeminiSettings[" + baseUrl + ", " + model + "]";
  }
}
