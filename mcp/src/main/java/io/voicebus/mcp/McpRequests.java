package io.voicebus.mcp;

import io.vertx.core.json.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests under way of clients whose messages come over connections of their own, so that a
 * client can cancel one. Thread-safe.
 */
final class McpRequests {
  private record Key(String client, String request) {}

  private final Map<Key, Runnable> cancels = new ConcurrentHashMap<>();

  /** A client's id of a request, a string or a number, as a text. */
  static String name(Object id) {
    return Json.encode(id);
  }

  /**
   * A request is under way.
   *
   * @param client what its client is known by; ids are unique for one client only
   * @param cancel ends it, on any thread
   */
  void put(String client, Object id, Runnable cancel) {
    cancels.put(new Key(client, name(id)), cancel);
  }

  /** A request is over. */
  void remove(String client, Object id) {
    cancels.remove(new Key(client, name(id)));
  }

  /**
   * Ends a request, if it is under way.
   *
   * @param request its {@link #name}
   * @return whether it was
   */
  boolean cancel(String client, String request) {
    Runnable cancel = cancels.remove(new Key(client, request));
    if (cancel != null) {
      cancel.run();
    }
    return cancel != null;
  }
}
