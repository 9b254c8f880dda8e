package io.voicebus.contract;

/**
 * What was done with the characters of one turn or of many, as the engines were given them, in
 * UTF-16 units.
 *
 * @param asked given to engines; each time counts
 * @param heard of the texts, by the listener
 * @param wasted asked for and not heard, or asked for again
 * @param saved taken from the cache instead of an engine
 */
public record Characters(long asked, long heard, long wasted, long saved) {
  /** Nothing. */
  public static final Characters NONE = new Characters(0, 0, 0, 0);

  /** Both together. */
  public Characters plus(Characters other) {
    return new Characters(
        asked + other.asked, heard + other.heard, wasted + other.wasted, saved + other.saved);
  }
}
