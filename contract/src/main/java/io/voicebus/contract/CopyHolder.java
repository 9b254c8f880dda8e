package io.voicebus.contract;

import io.voicebus.bus.Packet;

/**
 * An {@code http} instance that keeps copies of the turns of other processes.
 *
 * @param process names its process
 * @param asks published, and others are to say that they are there: true; an answer: false
 */
public record CopyHolder(String from, String process, boolean asks) implements Packet {}
