package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: a chunk is due, and the worker that is to speak it waits. It says
 * nothing of the turn's progress.
 *
 * @param chunk which one
 * @param why what is waited for, in words, such as a service's refusal; empty once that is over
 */
public record SpeechWait(int chunk, String why) implements Message {
  @Override
  public int weight() {
    return 32 + why.length();
  }
}
