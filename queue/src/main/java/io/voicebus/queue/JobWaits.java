package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Item of a job's link, worker to holder: the job has begun, and waits for something outside the
 * worker.
 *
 * @param why in words; empty when the waiting is over
 */
public record JobWaits(String why) implements Message {
  @Override
  public int weight() {
    return 32 + why.length();
  }
}
