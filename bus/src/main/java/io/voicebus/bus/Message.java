package io.voicebus.bus;

import org.jspecify.annotations.Nullable;

/**
 * What opens a stream (its head) or travels in one (an item). Immutable: a record that its module
 * lists in its {@link WireTypes}.
 */
public interface Message {

  /**
   * Why, as what opens a link, it is taken only from the same process: such as naming a file, since
   * a member of the cluster could name any. Null if it may come from anywhere.
   */
  default @Nullable Failure refusedFromElsewhere() {
    return null;
  }

  /** What an item costs of its stream's and its peer's credit, in bytes; at least 1. */
  default int weight() {
    return 64;
  }
}
