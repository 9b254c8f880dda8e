package io.voicebus.contract;

/**
 * What was said before in a conversation: a prompt, and what was heard of its answer.
 *
 * @param prompt as it was asked; not blank
 * @param answer what was heard; blank where nothing was
 */
public record Exchange(String prompt, String answer) {}
