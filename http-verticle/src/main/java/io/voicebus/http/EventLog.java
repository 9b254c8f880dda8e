package io.voicebus.http;

import io.voicebus.turn.TurnEvent;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one turn, for those who read it now, late, or again. Readers keep only the
 * number of what they read last, so that a slow one costs nothing; past the bound the oldest go.
 * What nobody reads is never written as JSON. NOT thread safe.
 */
final class EventLog {
  /** What an entry costs besides its text, in bytes. */
  static final int OVERHEAD = 192;

  /**
   * One event.
   *
   * @param id from 1, without gaps
   */
  record Entry(long id, TurnEvent event) {
    int weight() {
      int chars = 0;
      if (event instanceof TurnEvent.Text text) {
        chars = text.text().length();
      } else if (event instanceof TurnEvent.Caption caption) {
        chars = caption.chunk().text().length();
      }
      return OVERHEAD + chars;
    }
  }

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final int maxBytes;
  private int bytes;
  private long lastId;

  /** A log that keeps its newest entries, up to so many bytes. */
  EventLog(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  void append(TurnEvent event) {
    Entry entry = new Entry(++lastId, event);
    entries.put(entry.id(), entry);
    bytes += entry.weight();
    while (bytes > maxBytes && entries.size() > 1) {
      Map.Entry<Long, Entry> oldest = entries.pollFirstEntry();
      bytes -= oldest.getValue().weight();
    }
  }

  /** The oldest entry kept that came after this one; null when there is none yet. */
  @Nullable Entry after(long id) {
    Map.Entry<Long, Entry> next = entries.higherEntry(id);
    return next == null ? null : next.getValue();
  }

  /** The number of the newest entry; 0 for none. */
  long lastId() {
    return lastId;
  }

  int bytes() {
    return bytes;
  }
}
