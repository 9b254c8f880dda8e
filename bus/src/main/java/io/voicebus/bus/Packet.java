package io.voicebus.bus;

/**
 * What travels on the bus: the protocol of the streams ({@link StreamPacket}), of who is there
 * ({@link NodePacket}), and those of other modules. A record that its module lists in its {@link
 * WireTypes}.
 */
public interface Packet {
  /** The sender's inbox. */
  String from();
}
