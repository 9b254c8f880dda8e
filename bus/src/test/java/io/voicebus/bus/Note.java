package io.voicebus.bus;

/** A text. */
public record Note(String text) implements Message {
  @Override
  public int weight() {
    return 16 + text.length();
  }
}
