package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.voicebus.contract.Conversation;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was heard of former answers, by the ids of their audio. Each is a conversation of its own in
 * the memory that all instances share, so any of them knows, and it is forgotten as others are.
 */
final class SpokenAnswerSessions {
  /** Example: {@code audio_0123456789abcdef0123456789abcdef}. */
  private static final Pattern ID = Pattern.compile("audio_[0-9a-f]{32}");

  /** Of one request. */
  private static final int MOST = 100;

  private final ApiSessions sessions;

  SpokenAnswerSessions(ApiSessions sessions) {
    this.sessions = sessions;
  }

  /** The id of a new one: the name of its conversation. */
  static String newId() {
    return "audio_" + ChatText.random();
  }

  /** What was heard of those that the messages mean; fails with 400 when one is not known. */
  Future<Map<String, String>> heard(List<ChatMessage> messages) {
    List<String> ids =
        messages.stream().map(ChatMessage::audioId).filter(id -> !id.isEmpty()).distinct().toList();
    if (ids.size() > MOST) {
      throw Invalid.field("messages", "'messages' mean more than " + MOST + " spoken answers");
    }
    Map<String, String> heard = new HashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (String id : ids) {
      all = all.compose(before -> find(id)).map(text -> put(heard, id, text));
    }
    return all.map(done -> heard);
  }

  @SuppressWarnings("NullAway") // of Void
  private static Void put(Map<String, String> heard, String id, String text) {
    heard.put(id, text);
    return null;
  }

  private Future<String> find(String id) {
    if (!ID.matcher(id).matches()) {
      throw unknown(id);
    }
    return sessions.conversations().find(id).map(found -> text(id, found));
  }

  private static String text(String id, Optional<Conversation> found) {
    return found
        .filter(one -> !one.turns().isEmpty())
        .map(one -> one.turns().get(0).answer())
        .orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(String id) {
    return Invalid.field(
        "messages",
        "audio_not_found",
        "there is no spoken answer "
            + JsonFields.show(id)
            + ", or it is forgotten: send its transcript as 'content' instead");
  }
}
