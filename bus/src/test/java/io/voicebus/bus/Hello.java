package io.voicebus.bus;

/** Head of a test's stream. */
public record Hello(String name) implements Message {}
