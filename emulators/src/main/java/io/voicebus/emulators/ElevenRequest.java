package io.voicebus.emulators;

/**
 * What a script is chosen by.
 *
 * @param voice its id
 * @param model its id
 * @param text over HTTP all of it; over a WebSocket the context's first segment
 * @param overWebSocket whether it came so
 */
public record ElevenRequest(String voice, String model, String text, boolean overWebSocket) {}
