package io.voicebus.bus;

import java.util.List;

/** The bus's own packets. */
final class BusWireTypes implements WireTypes {
  @Override
  public int first() {
    return 0;
  }

  @Override
  public List<Class<? extends Record>> records() {
    return List.of(
        StreamPacket.Open.class,
        StreamPacket.Opened.class,
        StreamPacket.Refused.class,
        StreamPacket.Data.class,
        StreamPacket.End.class,
        StreamPacket.Fail.class,
        StreamPacket.Closed.class,
        StreamPacket.Cancel.class,
        StreamPacket.Credit.class,
        StreamPacket.PeerCredit.class,
        StreamPacket.Heartbeat.class,
        NodePacket.WhoIsThere.class,
        NodePacket.Here.class,
        StreamPacket.Confirm.class);
  }
}
