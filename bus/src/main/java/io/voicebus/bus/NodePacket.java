package io.voicebus.bus;

/** Who is there: asked by whoever wants to know, answered by every instance. */
public sealed interface NodePacket extends Packet {
  /** Questions for all instances: who is there? */
  String ADDRESS = "voicebus.nodes";

  /** Published: say who you are. */
  record WhoIsThere(String from) implements NodePacket {}

  /**
   * One instance's answer.
   *
   * @param node the name of its process
   * @param role what it does, as its inbox is named
   * @param busy how many turns it has, or how many chunks a worker has taken
   * @param room how many it can be at; 0 for no fixed number
   * @param worksWith what it is set up with, such as a text source's name; empty when there is
   *     nothing to say
   */
  record Here(String from, String node, String role, int busy, int room, String worksWith)
      implements NodePacket {}
}
