package io.voicebus.queue;

/**
 * Names one job: one chunk of one turn.
 *
 * @param turn the turn's name
 * @param chunk the chunk's index in it, from 0
 */
public record JobId(String turn, int chunk) {
  public JobId {
    if (chunk < 0) {
      throw new IllegalArgumentException("a chunk's index is 0 or more");
    }
  }

  @Override
  public String toString() {
    return turn + "/" + chunk;
  }
}
