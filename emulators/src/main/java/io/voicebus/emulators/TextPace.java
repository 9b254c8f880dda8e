package io.voicebus.emulators;

/**
 * How fast an emulated model's answer comes. A token is {@value #TOKEN_CHARS} UTF-16 units.
 *
 * @param firstMs from the request's end to the response's head and first event
 * @param tokensPerSecond 0 for as fast as it is taken
 * @param tokensPerEvent at least 1
 */
public record TextPace(int firstMs, int tokensPerSecond, int tokensPerEvent) {
  /** UTF-16 units of one token. */
  public static final int TOKEN_CHARS = 4;

  /** At once, a few words an event. */
  public static final TextPace INSTANT = new TextPace(0, 0, 8);

  /** Like a fast model: the first words after 350 ms, then 200 tokens a second. */
  public static final TextPace REALISTIC = new TextPace(350, 200, 10);

  public TextPace {
    if (firstMs < 0 || tokensPerSecond < 0 || tokensPerEvent < 1) {
      throw new IllegalArgumentException("not a pace: " + firstMs + ", " + tokensPerSecond);
    }
  }

  /**
   * Where the event that begins here ends: after as much as one event carries, never within a
   * character.
   *
   * @param tokensLeft what the caller allows
   */
  int eventEnd(String text, int from, int tokensLeft) {
    long chars = (long) Math.min(tokensPerEvent, tokensLeft) * TOKEN_CHARS;
    int end = (int) Math.min(text.length(), from + chars);
    boolean within =
        end > from && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return within ? end + 1 : end;
  }

  /** Between two looks at what is due, in ms. */
  int tickMs() {
    return Math.max(1, (int) (1000L * tokensPerEvent / Math.max(1, tokensPerSecond)));
  }

  /** Events that are due after so many ticks, the first one included. */
  long dueAfter(long ticks) {
    return 1 + ticks * tickMs() * tokensPerSecond / (1000L * tokensPerEvent);
  }

  /** How long a whole text takes, in ms. */
  int wholeMs(String text) {
    return firstMs + (tokensPerSecond == 0 ? 0 : 1000 * tokens(text) / tokensPerSecond);
  }

  static int tokens(String text) {
    return (text.length() + TOKEN_CHARS - 1) / TOKEN_CHARS;
  }
}
