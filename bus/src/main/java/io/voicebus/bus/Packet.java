package io.voicebus.bus;

/**
 * What travels on the bus: the protocol of the bus streams ({@link StreamPacket}), of the work
 * queue ({@link JobPacket}), and of who is there ({@link NodePacket}).
 */
public sealed interface Packet permits StreamPacket, JobPacket, NodePacket {
  /** The sender's inbox. */
  String from();
}
