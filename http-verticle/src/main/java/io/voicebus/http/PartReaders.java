package io.voicebus.http;

import io.voicebus.contract.TurnId;
import io.voicebus.http.door.Caller;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which clients read the audio of which turns in parts. Players do so that asked for the first two
 * bytes and got them: they then want the whole as a part, too, and of the same turn. Of all
 * instances of a server together. Thread-safe.
 */
final class PartReaders {
  /** So many are remembered: some 200 bytes each. */
  static final int MOST = 10_000;

  private record Reader(String client, TurnId turn) {}

  /** Those who have read first are forgotten first. */
  private final Map<Reader, Boolean> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Reader, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** A client has asked for a part. */
  synchronized void add(Caller client, TurnId turn) {
    known.put(new Reader(client.name(), turn), true);
  }

  /** Whether a client has asked for a part. */
  synchronized boolean has(Caller client, TurnId turn) {
    return known.containsKey(new Reader(client.name(), turn));
  }
}
