package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import java.time.Duration;

/**
 * The limits of conversations, from the settings {@code conversation-…} of {@link GeminiConfig}.
 *
 * @param turns of one conversation that a model is told of
 * @param chars of these turns, prompts and answers, in UTF-16 units
 * @param age of a turn; a conversation that is silent for so long is forgotten
 * @param patience how long a turn waits for the end of the one before it
 * @param conversations in the whole cluster, nearly
 */
record ConversationLimits(
    int turns, int chars, Duration age, Duration patience, int conversations) {
  /** Where nothing is set. */
  static final ConversationLimits DEFAULTS = read(new Settings("gemini", new JsonObject()));

  static ConversationLimits read(Settings settings) {
    return new ConversationLimits(
        settings.get(GeminiConfig.CONVERSATION_TURNS),
        settings.get(GeminiConfig.CONVERSATION_CHARS),
        settings.get(GeminiConfig.CONVERSATION_AGE),
        settings.get(GeminiConfig.CONVERSATION_WAIT),
        settings.get(GeminiConfig.CONVERSATIONS));
  }
}
