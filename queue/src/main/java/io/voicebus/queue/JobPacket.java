package io.voicebus.queue;

import io.voicebus.bus.Packet;

/**
 * What holders and workers tell each other beside the links of their jobs. Every packet may be lost
 * or come twice.
 */
public sealed interface JobPacket extends Packet {
  /** Holder to worker: reserve your next free slot for me; my most urgent job is due then. */
  record Want(String from, long neededInMs) implements JobPacket {}

  /** Worker to the holder of its most urgent want: a slot is reserved for you for a moment. */
  record SlotKept(String from, int slots) implements JobPacket {}

  /** Holder to worker: I do not need the reserved slot. */
  record Pass(String from) implements JobPacket {}

  /** Holder to every worker, published when it starts: who is there? Each answers with its beat. */
  record RollCall(String from) implements JobPacket {}

  /**
   * Worker to every holder, published, or to one: I exist and have room for so many jobs.
   *
   * @param waits what the jobs that it has begun wait for, in words; empty for nothing
   */
  record WorkerBeat(String from, int slots, String waits) implements JobPacket {}
}
