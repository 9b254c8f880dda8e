package io.voicebus.contract;

/**
 * A place at which a spoken text and the written one keep step: from here to the next point each
 * UTF-16 unit of the one stands for a unit of the other, as far as both reach.
 *
 * @param said how much of the text that a voice is given for a chunk comes before it
 * @param written how much of the turn's text comes before it
 */
public record TextPoint(int said, long written) {}
