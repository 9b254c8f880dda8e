package io.voicebus.bus;

import java.util.List;

/**
 * The records of one module that travel between processes, found with a {@link
 * java.util.ServiceLoader}: its class is a line of {@code
 * META-INF/services/io.voicebus.bus.WireTypes}. A type's number on the wire is its place in the
 * list after {@link #first()}: add at the end, never remove.
 */
public interface WireTypes {
  /** Room for the types of a module; the next module's begin behind it. */
  int BLOCK = 64;

  /** The lowest {@link #first} of a list that is not Voicebus' own. */
  int FIRST_OF_APPLICATIONS = 16 * BLOCK;

  /**
   * The number of the first type: a multiple of {@link #BLOCK}, the same on every node, that no
   * other list has.
   */
  int first();

  /**
   * Packets and messages, in public records of ints, longs, booleans, strings, byte arrays, enums,
   * such records, and lists of those.
   */
  List<Class<? extends Record>> records();
}
