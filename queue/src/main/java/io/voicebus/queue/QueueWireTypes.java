package io.voicebus.queue;

import io.voicebus.bus.WireTypes;
import java.util.List;

/** What travels between holders and workers. */
public final class QueueWireTypes implements WireTypes {
  @Override
  public int first() {
    return 2 * BLOCK;
  }

  @Override
  public List<Class<? extends Record>> records() {
    return List.of(
        JobOffer.class,
        JobDone.class,
        Recall.class,
        JobPacket.Want.class,
        JobPacket.SlotKept.class,
        JobPacket.Pass.class,
        JobPacket.RollCall.class,
        JobPacket.WorkerBeat.class,
        JobWaits.class);
  }
}
