package io.voicebus.launcher;

/**
 * A line of a conversation.
 *
 * @param fault why it cannot be asked; empty if it can
 */
record ChatLine(String text, String fault) {
  ChatLine(String text) {
    this(text, "");
  }
}
