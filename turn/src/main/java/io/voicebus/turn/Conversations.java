package io.voicebus.turn;

import io.vertx.core.Future;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.ConversationAsk;
import io.voicebus.contract.Heard;
import io.voicebus.contract.TextBegun;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the text sources what conversations remember, and tells them what was heard. Any instance
 * may answer, since all share one memory; one that dies over a question is replaced by another.
 * Bound to its inbox's context.
 */
public final class Conversations {
  /** How long an answer may take. */
  public static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Inbox inbox;

  Conversations(Inbox inbox) {
    this.inbox = inbox;
  }

  /**
   * What is remembered of a conversation; empty when there is none of this name.
   *
   * @return fails with a {@link VoicebusException} when nobody knows
   */
  public Future<Optional<Conversation>> find(String id) {
    return ask(new ConversationAsk(id, false)).map(Conversations::known);
  }

  /** Forgets a conversation; what was remembered of it, empty when there is none of this name. */
  public Future<Optional<Conversation>> forget(String id) {
    return ask(new ConversationAsk(id, true)).map(Conversations::known);
  }

  private static Optional<Conversation> known(ConversationAnswer answer) {
    return answer.known() ? Optional.of(answer.conversation()) : Optional.empty();
  }

  /** Tells of a text that its caller says. */
  Future<Void> begun(TextBegun text) {
    return ask(text).mapEmpty();
  }

  /** Tells what was heard of a turn. */
  Future<Void> heard(Heard heard) {
    return ask(heard).mapEmpty();
  }

  private Future<ConversationAnswer> ask(Message question) {
    return inbox
        .ask(Addresses.CONVERSATION, question, TIMEOUT)
        .map(
            answer -> {
              if (answer.isEmpty() || !(answer.get(0) instanceof ConversationAnswer first)) {
                throw new VoicebusException(
                    Stage.TEXT, FailureKind.INTERNAL, "no answer from the memory of conversations");
              }
              return first;
            });
  }
}
