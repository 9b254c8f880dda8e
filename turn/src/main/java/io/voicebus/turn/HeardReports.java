package io.voicebus.turn;

import io.vertx.core.Future;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Recent;
import io.voicebus.contract.TextBegun;
import io.voicebus.contract.TurnId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an owner's listeners hear, for those turns that belong to a conversation. */
final class HeardReports {
  /** Conversations whose language is remembered; of one more, the oldest is forgotten. */
  private static final int MAX_LANGUAGES = 1024;

  private final Inbox inbox;
  private final Conversations conversations;
  private final int maxLingering;
  private final Set<HeardReport> reports = new LinkedHashSet<>();

  /** What conversations were last spoken in. */
  private final Recent<String, String> languages = new Recent<>(MAX_LANGUAGES);

  /**
   * Reports through this inbox.
   *
   * @param maxLingering turns that have ended and are still listened to; of one more, the oldest
   *     counts as heard so far
   */
  HeardReports(Inbox inbox, Conversations conversations, int maxLingering) {
    this.inbox = inbox;
    this.conversations = conversations;
    this.maxLingering = maxLingering;
  }

  /**
   * A new turn's report; null without a conversation. A prompt interrupts earlier turns of the
   * conversation that are still heard; a text that is said does not.
   *
   * @param generation how often the turn has changed its owner
   * @param said whether it is a text, which no text source enters in the conversation
   */
  @Nullable HeardReport of(TurnId turn, String conversation, int generation, boolean said) {
    if (conversation.isEmpty()) {
      return null;
    }
    if (!said) {
      interrupt(conversation);
    }
    Future<Void> begun =
        said && generation == 0
            ? conversations.begun(new TextBegun(conversation, turn))
            : Future.succeededFuture();
    List<HeardReport> lingering = reports.stream().filter(HeardReport::lingers).toList();
    for (int i = 0; i <= lingering.size() - maxLingering; i++) {
      lingering.get(i).stopped();
    }
    HeardReport report =
        new HeardReport(inbox, conversations, conversation, turn, generation, begun, this::over);
    reports.add(report);
    return report;
  }

  private void over(HeardReport report) {
    reports.remove(report);
    if (!report.language().isEmpty()) {
      languages.put(report.conversation(), report.language());
    }
  }

  /** What a conversation was last spoken in, as a two-letter code; empty if nobody knows. */
  String language(String conversation) {
    String known = languages.getOrDefault(conversation, "");
    for (HeardReport report : reports) {
      if (report.belongsTo(conversation) && !report.language().isEmpty()) {
        known = report.language();
      }
    }
    return known;
  }

  /** A turn of this conversation begins. */
  void interrupt(String conversation) {
    for (HeardReport former : List.copyOf(reports)) {
      if (former.belongsTo(conversation)) {
        former.interrupted();
      }
    }
  }

  /** Nobody hears any more. */
  void close() {
    List.copyOf(reports).forEach(HeardReport::stopped);
  }
}
