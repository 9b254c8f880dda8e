package io.voicebus.http.door;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the wrong tokens from one address: a burst, then a few each minute. A right token is
 * always accepted, so that nobody can lock its owner out from the same address. Thread-safe.
 */
public final class GuessLimit {
  /** Size of the burst of wrong tokens. */
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
