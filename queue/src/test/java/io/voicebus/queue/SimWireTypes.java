package io.voicebus.queue;

import io.voicebus.bus.WireTypes;
import java.util.List;

/** What travels in tests of the work queue. */
public final class SimWireTypes implements WireTypes {
  @Override
  public int first() {
    return 5 * BLOCK;
  }

  @Override
  public List<Class<? extends Record>> records() {
    return List.of(SimPayload.class, SimUnit.class);
  }
}
