package io.voicebus.bus;

/**
 * Never sent: what stands for an item or a head of a type that this node does not know. An item
 * counts for order and credit and is not delivered; a head is refused, so that another node is
 * asked.
 *
 * @param type its number on the wire
 */
record Unknown(int type) implements Message {}
