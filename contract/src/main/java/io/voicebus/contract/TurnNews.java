package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to who asked with {@link TurnListen}: an event of the turn.
 *
 * @param dropped how many before it are missing
 * @param id of the event, from 1
 * @param name of its kind
 * @param data JSON on one line
 */
public record TurnNews(long dropped, long id, String name, String data) implements Message {
  @Override
  public int weight() {
    return 64 + name.length() + data.length();
  }
}
