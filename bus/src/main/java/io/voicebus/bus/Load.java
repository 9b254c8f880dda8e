package io.voicebus.bus;

/**
 * How busy an instance is.
 *
 * @param busy how many turns it has, or how many chunks a worker has taken
 * @param room how many it can be at; 0 for no fixed number
 */
public record Load(int busy, int room) {
  /** Of one that has nothing to count. */
  public static final Load NONE = new Load(0, 0);
}
