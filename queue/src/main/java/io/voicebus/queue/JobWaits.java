package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Item of a job's link, worker to holder: the job was begun, and waits for something that the
 * worker needs for it.
 *
 * @param why in words; empty once it does not wait any more
 */
public record JobWaits(String why) implements Message {
  @Override
  public int weight() {
    return 32 + why.length();
  }
}
