package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A request for an answer that obeys the rules.
 *
 * @param number counts such requests, from 0
 * @param open how many are being answered, with this one
 * @param model as asked for
 * @param prompt the text of the last message of the user
 * @param body as it came; not to be changed
 * @param headers names in lower case; without the key
 */
public record OpenAiChatCall(
    long number,
    int open,
    String model,
    String prompt,
    JsonObject body,
    Map<String, String> headers) {

  boolean stream() {
    return body.getBoolean("stream", false);
  }

  boolean wantsUsage() {
    JsonObject options = body.getJsonObject("stream_options");
    return options != null && options.getBoolean("include_usage", false);
  }

  /** The most tokens of the answer. */
  int maxTokens() {
    Integer newer = body.getInteger("max_completion_tokens");
    Integer older = body.getInteger("max_tokens");
    return newer != null ? newer : older != null ? older : Integer.MAX_VALUE;
  }
}
