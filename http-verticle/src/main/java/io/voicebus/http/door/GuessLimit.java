package io.voicebus.http.door;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many wrong tokens may come from one address: some at once, then a few a minute. The right one
 * is always let in, so that nobody can lock its owner out from the same address. Thread-safe.
 */
public final class GuessLimit {
  /** Wrong tokens at once. */
  public static final int AT_ONCE = 10;

  /** And then one in so many seconds; the answer says so. */
  static final int SECONDS_EACH = 6;

  private static final int ADDRESSES = 1024;

  private final Map<String, MessageRate> rates =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MessageRate> eldest) {
          return size() > ADDRESSES;
        }
      };

  /**
   * Counts a wrong token.
   *
   * @param address that it came from
   * @param now in nanoseconds
   * @return false when it is one too many
   */
  synchronized boolean accept(String address, long now) {
    return rates
        .computeIfAbsent(address, first -> new MessageRate(1.0 / SECONDS_EACH, AT_ONCE, now))
        .accept(now);
  }
}
