package io.voicebus.gemini;

import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.ConversationAsk;
import io.voicebus.contract.Heard;
import io.voicebus.contract.TextBegun;
import java.util.List;
import java.util.Optional;

/**
 * Handles the messages of owners, which report what was heard of a turn and ask for conversations.
 */
final class BusConversationDesk {
  private final Inbox inbox;
  private final BusConversations conversations;

  BusConversationDesk(Inbox inbox, BusConversations conversations) {
    this.inbox = inbox;
    this.conversations = conversations;
  }

  /** Takes the questions that arrive at the inbox. */
  void open() {
    inbox.onAsk(
        Heard.class,
        heard -> conversations.heard(heard).map(done -> answer(Optional.of(Conversation.NONE))));
    inbox.onAsk(
        TextBegun.class,
        text -> conversations.said(text).map(done -> answer(Optional.of(Conversation.NONE))));
    inbox.onAsk(
        ConversationAsk.class,
        ask ->
            (ask.forget()
                    ? conversations.forget(ask.conversation())
                    : conversations.find(ask.conversation()))
                .map(BusConversationDesk::answer));
  }

  private static List<Message> answer(Optional<Conversation> known) {
    return List.of(new ConversationAnswer(known.isPresent(), known.orElse(Conversation.NONE)));
  }
}
