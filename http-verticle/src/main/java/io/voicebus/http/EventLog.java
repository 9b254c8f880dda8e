package io.voicebus.http;

import io.voicebus.bus.Failure;
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
   * How many ids one owner of a turn may use; JavaScript represents the ids of a thousand owners
   * exactly.
   */
  private static final long IDS = 1_000_000_000_000L;

  /**
   * One event.
   *
   * @param id from 1, or from where the log of another owner begins, without gaps
   */
  record Entry(long id, TurnEvent event) {
    int weight() {
      int chars = 0;
      if (event instanceof TurnEvent.Text text) {
        chars = text.text().length();
      } else if (event instanceof TurnEvent.Caption caption) {
        chars = caption.chunk().text().length();
      } else if (event instanceof TurnEvent.SpokenWord word) {
        chars = word.text().length();
      }
      return OVERHEAD + chars;
    }
  }

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final int maxBytes;
  private final long before;
  private int bytes;
  private long lastId;
  private int leftOut;
  private @Nullable Failure leftOutFirst;

  /**
   * A log that keeps its newest entries, up to so many bytes.
   *
   * @param generation how often the turn has changed its owner: no two owners give the same ids
   */
  EventLog(int maxBytes, int generation) {
    this.maxBytes = maxBytes;
    before = generation * IDS;
    lastId = before;
  }

  void append(TurnEvent event) {
    Entry entry = new Entry(++lastId, event);
    entries.put(entry.id(), entry);
    bytes += entry.weight();
    if (event instanceof TurnEvent.Skipped skipped) {
      leftOut++;
      leftOutFirst = leftOutFirst == null ? skipped.chunk().failure() : leftOutFirst;
    }
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

  /** The number before that of the first entry of all. */
  long before() {
    return before;
  }

  /** The number of the newest entry, or {@link #before} for none. */
  long lastId() {
    return lastId;
  }

  int bytes() {
    return bytes;
  }

  /** How many chunks were left out. */
  int leftOut() {
    return leftOut;
  }

  /** Why the first of them was left out; null where none was. */
  @Nullable Failure leftOutFirst() {
    return leftOutFirst;
  }

  /** The turn's text, as far as its events are kept. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Entry entry = after(0); entry != null; entry = after(entry.id())) {
      if (entry.event() instanceof TurnEvent.Text piece) {
        text.append(piece.text());
      }
    }
    return text.toString();
  }
}
