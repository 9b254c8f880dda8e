package io.voicebus.contract;

import io.voicebus.bus.Packet;

/**
 * Published by an {@code http} instance whose client does not want the answer to a request any
 * more, and which does not have that request: another instance may.
 *
 * @param from that instance
 * @param client what the client is known by, and no other client
 * @param request which of its requests, as the client names it
 */
public record RequestCancelled(String from, String client, String request) implements Packet {}
