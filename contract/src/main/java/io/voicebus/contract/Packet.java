package io.voicebus.contract;

/**
 * What travels on the bus: the protocol of the bus streams ({@link StreamPacket}) and of the work
 * queue ({@link JobPacket}).
 */
public sealed interface Packet permits StreamPacket, JobPacket {
  /** The sender's inbox. */
  String from();
}
