package io.voicebus.http.openai.realtime;

import io.voicebus.http.api.Invalid;
import io.voicebus.http.openai.ChatMessage;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A session's conversation. NOT thread safe. */
final class RealtimeItems {
  /** What is remembered of it; the oldest go first. */
  static final int MAX_ITEMS = 500;

  /** The same, in UTF-16 units of their text. */
  static final int MAX_CHARS = 256 * 1024;

  /** Answers of which it is known which word is heard when; those before count as heard. */
  private static final int MAX_CUTTABLE = 8;

  /** In place of an id: before all others. */
  private static final String ROOT = "root";

  private final List<RealtimeItem> items = new ArrayList<>();

  /** All of them, as a model is told of them. */
  List<ChatMessage> messages() {
    return items.stream().map(RealtimeItem::message).toList();
  }

  /**
   * Adds one.
   *
   * @param after the id of the one before it, or {@code root}; empty for the last one
   * @throws ProblemException 400 where there is one of its id, or none to come after
   */
  void add(RealtimeItem item, String after) {
    if (index(item.id()) >= 0) {
      throw Invalid.field("item.id", "there is an item " + JsonFields.show(item.id()) + " already");
    }
    if (after.isEmpty()) {
      items.add(item);
    } else if (after.equals(ROOT)) {
      items.add(0, item);
    } else {
      items.add(require(after, "previous_item_id") + 1, item);
    }
    long cuttable = items.stream().filter(RealtimeItem::canBeCut).count();
    for (int i = 0; i < items.size() && cuttable > MAX_CUTTABLE; i++) {
      if (items.get(i).canBeCut()) {
        items.get(i).forgetHeard();
        cuttable--;
      }
    }
  }

  /** Forgets what is too much, the oldest first, but never the last one: those that it forgot. */
  List<RealtimeItem> trim() {
    List<RealtimeItem> forgotten = new ArrayList<>();
    int chars = items.stream().mapToInt(RealtimeItem::weight).sum();
    while (items.size() > 1 && (items.size() > MAX_ITEMS || chars > MAX_CHARS)) {
      RealtimeItem oldest = items.remove(0);
      chars -= oldest.weight();
      forgotten.add(oldest);
    }
    return forgotten;
  }

  /** The id of the one before it; empty where there is none. */
  Optional<String> before(RealtimeItem item) {
    int index = items.indexOf(item);
    return index <= 0 ? Optional.empty() : Optional.of(items.get(index - 1).id());
  }

  boolean has(RealtimeItem item) {
    return items.contains(item);
  }

  /**
   * One that there is.
   *
   * @throws ProblemException 400
   */
  RealtimeItem get(String id) {
    return items.get(require(id, "item_id"));
  }

  /** Forgets one that there is. */
  void remove(String id) {
    items.remove(require(id, "item_id"));
  }

  private int require(String id, String param) {
    int index = index(id);
    if (index < 0) {
      throw Invalid.field(
          param, "item_not_found", "there is no item " + JsonFields.show(id) + " here");
    }
    return index;
  }

  private int index(String id) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if (items.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
