package io.voicebus.tts.elevenlabs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contexts on one WebSocket, in their order: those with an utterance, and cancelled ones whose
 * end has not come. NOT thread-safe.
 */
final class ElevenContexts {
  private final Map<String, ElevenContext> all = new LinkedHashMap<>();

  void add(String id, ElevenContext context) {
    all.put(id, context);
  }

  @Nullable ElevenContext get(String id) {
    return all.get(id);
  }

  /** Takes one off; a message that named it would open another. */
  void remove(String id) {
    ElevenContext context = all.remove(id);
    if (context != null) {
      context.closed = true;
    }
  }

  void remove(ElevenContext context) {
    all.values().remove(context);
    context.closed = true;
  }

  boolean has(ElevenContext context) {
    return all.containsValue(context);
  }

  int size() {
    return all.size();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The last one that the service has not taken yet, if there is one. */
  @Nullable ElevenContext lastNotTaken() {
    ElevenContext last = null;
    for (ElevenContext each : all.values()) {
      last = each.counted ? last : each;
    }
    return last;
  }

  /** Whether any context has an utterance that was not cancelled. */
  boolean anyWanted() {
    return all.values().stream().anyMatch(ElevenContext::wanted);
  }

  /** Takes all off. */
  List<ElevenContext> takeAll() {
    List<ElevenContext> taken = List.copyOf(all.values());
    all.clear();
    return taken;
  }
}
