package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, worker to playback and playback to owner: a turn is spoken, but not quite as it was asked
 * for or written. The owner passes on the first of each kind.
 *
 * @param chunk where that was found
 * @param kind what it is about
 * @param detail who does what instead, and what to do about it; never the text
 */
public record SpeechNotice(int chunk, Kind kind, String detail) implements Message {
  /** What is otherwise. The order is the wire format: add at the end. */
  public enum Kind {
    /** The voice cannot speak at the speed that was asked for. */
    SPEED,
    /** The voice cannot read a script: its letters are left out. */
    SCRIPT,
    /** The voice reads a text as if it were in another language, the voice's own. */
    LANGUAGE,
    /** Another engine speaks in place of the one that was to. */
    ENGINE
  }

  @Override
  public int weight() {
    return 32 + detail.length();
  }
}
