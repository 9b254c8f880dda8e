package io.voicebus.bus;

import java.util.List;

/** What travels in tests of the bus. */
public final class TestWireTypes implements WireTypes {
  @Override
  public int first() {
    return 4 * BLOCK;
  }

  @Override
  public List<Class<? extends Record>> records() {
    return List.of(Hello.class, Piece.class, Note.class);
  }
}
