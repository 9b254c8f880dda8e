package io.voicebus.bus;

import java.util.List;

/** The protocol that lists the running instances: one asks, every instance answers. */
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
   * @param counters of its process, the same for all its instances; empty when it is too old
   */
  record Here(
      String from,
      String node,
      String role,
      int busy,
      int room,
      String worksWith,
      List<Count> counters)
      implements NodePacket {
    public Here {
      counters = List.copyOf(counters);
    }
  }

  /** One of {@link BusCounter}, by its {@link BusCounter#label()}. */
  record Count(String label, long value) {}
}
