package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A request that obeys the rules.
 *
 * @param number counts such requests, from 0
 * @param version {@code v1beta} or {@code v1}
 * @param model as asked for
 * @param prompt the text of the last turn
 * @param body in camelCase, whatever came; not to be changed
 * @param headers names in lower case; without the key
 */
public record GeminiCall(
    long number,
    String version,
    String model,
    String prompt,
    JsonObject body,
    Map<String, String> headers) {

  /** Whether it says anything about thinking. */
  public boolean saysHowToThink() {
    return config().containsKey("thinkingConfig");
  }

  JsonObject config() {
    return body.getJsonObject("generationConfig", new JsonObject());
  }

  /** The most tokens of the answer. */
  int maxOutputTokens() {
    return config().getInteger("maxOutputTokens", Integer.MAX_VALUE);
  }
}
