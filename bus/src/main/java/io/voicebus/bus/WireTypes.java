package io.voicebus.bus;

import java.util.List;

/**
 * The records of one module that travel, found with a {@link java.util.ServiceLoader}. A type's
 * number on the wire is its place in the list after {@link #first()}: add at the end, never remove.
 */
public interface WireTypes {
  /** Room for the types of a module; the next module's begin behind it. */
  int BLOCK = 64;

  /** The number of the first type, a multiple of {@link #BLOCK}; 0 is the bus's own. */
  int first();

  /** Packets and messages. */
  List<Class<? extends Record>> records();
}
