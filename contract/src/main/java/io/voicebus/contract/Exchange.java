package io.voicebus.contract;

/**
 * What was said before in a conversation: a prompt, and what was heard of its answer.
 *
 * @param prompt as it was asked; blank where nothing was: the answer is then a text that was said
 *     in the model's place
 * @param answer what was heard; blank where nothing was
 */
public record Exchange(String prompt, String answer) {}
