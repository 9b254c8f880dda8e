package io.voicebus.bus;

/**
 * What opens a stream (its head) or travels in one (an item). Immutable: a record that its module
 * lists in its {@link WireTypes}.
 */
public interface Message {

  /** What an item costs of its stream's and its peer's credit, in bytes; at least 1. */
  default int weight() {
    return 64;
  }
}
