package io.voicebus.emulators;

/**
 * How fast an answer comes. A token is {@value #TOKEN_CHARS} UTF-16 units.
 *
 * @param firstMs from the request's end to the response's head and first event
 * @param tokensPerSecond 0 for as fast as it is taken
 * @param tokensPerEvent at least 1
 */
public record GeminiPace(int firstMs, int tokensPerSecond, int tokensPerEvent) {
  /** UTF-16 units of one token. */
  public static final int TOKEN_CHARS = 4;

  /** At once, a few words an event. */
  public static final GeminiPace INSTANT = new GeminiPace(0, 0, 8);

  /** Like a fast model: the first words after 350 ms, then 200 tokens a second. */
  public static final GeminiPace REALISTIC = new GeminiPace(350, 200, 10);

  public GeminiPace {
    if (firstMs < 0 || tokensPerSecond < 0 || tokensPerEvent < 1) {
      throw new IllegalArgumentException("not a pace: " + firstMs + ", " + tokensPerSecond);
    }
  }

  int eventChars() {
    return (int) Math.min(Integer.MAX_VALUE, (long) tokensPerEvent * TOKEN_CHARS);
  }

  /** Between two looks at what is due, in ms. */
  int tickMs() {
    return Math.max(1, (int) (1000L * tokensPerEvent / Math.max(1, tokensPerSecond)));
  }

  /** Events that are due after so many ticks, the first one included. */
  long dueAfter(long ticks) {
    return 1 + ticks * tickMs() * tokensPerSecond / (1000L * tokensPerEvent);
  }

  static int tokens(String text) {
    return (text.length() + TOKEN_CHARS - 1) / TOKEN_CHARS;
  }
}
