package io.voicebus.gemini;

import io.vertx.core.Future;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.ConversationAsk;
import io.voicebus.contract.Heard;
import java.util.Optional;

/** Answers owners, who tell what was heard of a turn, and ask what is remembered. */
final class BusConversationDesk {
  private final Inbox inbox;
  private final BusConversations conversations;

  BusConversationDesk(Inbox inbox, BusConversations conversations) {
    this.inbox = inbox;
    this.conversations = conversations;
  }

  /** Takes the questions that arrive at the inbox. */
  void open() {
    inbox.onOpen(
        Heard.class,
        (Heard heard, BusReadStream<Message> asked) ->
            answer(
                asked,
                heard.number(),
                conversations.told(heard).map(Optional.of(Conversation.NONE))));
    inbox.onOpen(
        ConversationAsk.class,
        (ConversationAsk ask, BusReadStream<Message> asked) ->
            answer(
                asked,
                ask.number(),
                ask.forget()
                    ? conversations.forget(ask.conversation())
                    : conversations.find(ask.conversation())));
  }

  private void answer(
      BusReadStream<Message> asked, long number, Future<Optional<Conversation>> found) {
    asked.handler(ignored -> {});
    asked.exceptionHandler(answeredOrGone -> {});
    found
        .compose(
            known ->
                inbox.<Message>open(
                    asked.peer(),
                    new ConversationAnswer(
                        number, known.isPresent(), known.orElse(Conversation.NONE))))
        .onSuccess(BusWriteStream::end)
        .onFailure(why -> asked.cancel(Failure.of(Stage.TEXT, why)));
  }
}
