package io.voicebus.queue;

import io.voicebus.bus.WireTypes;
import java.util.List;

/** The packets of the work queue. */
public final class QueueWireTypes implements WireTypes {
  @Override
  public int first() {
    return 2 * BLOCK;
  }

  @Override
  public List<Class<? extends Record>> records() {
    return List.of(
        JobPacket.Claim.class,
        JobPacket.Granted.class,
        JobPacket.Done.class,
        JobPacket.Offer.class,
        JobPacket.Taken.class,
        JobPacket.Declined.class,
        JobPacket.Finished.class,
        JobPacket.Failed.class,
        JobPacket.Withdraw.class,
        JobPacket.Want.class,
        JobPacket.SlotKept.class,
        JobPacket.Pass.class,
        JobPacket.WorkerBeat.class,
        JobPacket.RollCall.class,
        JobPacket.Asked.class,
        JobPacket.Recall.class,
        JobPacket.Leases.class);
  }
}
