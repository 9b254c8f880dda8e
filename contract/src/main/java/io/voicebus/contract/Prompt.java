package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to text source: answer this. The stream has no items; it lives as long as the turn,
 * so that its end by failure cancels the answer.
 *
 * @param turn the turn, with its playback instance
 * @param text the prompt, unchanged
 */
public record Prompt(TurnContext turn, String text) implements Message {}
