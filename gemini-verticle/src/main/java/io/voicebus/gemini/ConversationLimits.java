package io.voicebus.gemini;

import io.voicebus.contract.Conversation;
import io.voicebus.contract.Settings;
import java.time.Duration;

/**
 * What conversations may take. Settings: {@code conversation-turns} (0 to 1000, default 50), {@code
 * conversation-chars} (to 262144, default 50000), {@code conversation-age-ms} (to a week, default
 * one hour), {@code conversation-wait-ms} (0 to 10000, default 500), {@code conversations} (1 to
 * 100000, default 1000).
 *
 * @param turns of one conversation that a model is told of
 * @param chars of these turns, prompts and answers, in UTF-16 units
 * @param age of a turn; a conversation that is silent for so long is forgotten
 * @param patience how long a turn waits for the end of the one before it
 * @param conversations in the whole cluster, nearly
 */
record ConversationLimits(
    int turns, int chars, Duration age, Duration patience, int conversations) {
  /** As the documentation has them. */
  static final ConversationLimits DEFAULTS =
      new ConversationLimits(50, 50_000, Duration.ofHours(1), Duration.ofMillis(500), 1000);

  static ConversationLimits read(Settings settings) {
    return new ConversationLimits(
        settings.integer("conversation-turns", DEFAULTS.turns, 0, 1000),
        settings.integer("conversation-chars", DEFAULTS.chars, 1, Conversation.MAX_ANSWER_CHARS),
        settings.millis("conversation-age-ms", DEFAULTS.age, 1000, Duration.ofDays(7).toMillis()),
        settings.millis("conversation-wait-ms", DEFAULTS.patience, 0, 10_000),
        settings.integer("conversations", DEFAULTS.conversations, 1, 100_000));
  }
}
