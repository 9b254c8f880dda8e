package io.voicebus.mcp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests under way of clients whose messages come over connections of their own, so that a
 * client can cancel one. Thread-safe.
 */
final class McpRequests {
  private record Key(String client, Object id) {}

  private final Map<Key, Runnable> cancels = new ConcurrentHashMap<>();

  /**
   * A request is under way.
   *
   * @param client what its client is known by; ids are unique for one client only
   * @param cancel ends it, on any thread
   */
  void put(String client, Object id, Runnable cancel) {
    cancels.put(new Key(client, id), cancel);
  }

  /** A request is over. */
  void remove(String client, Object id) {
    cancels.remove(new Key(client, id));
  }

  /** Ends a request, if it is under way. */
  void cancel(String client, Object id) {
    Runnable cancel = cancels.remove(new Key(client, id));
    if (cancel != null) {
      cancel.run();
    }
  }
}
