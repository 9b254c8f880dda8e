package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.ConversationAsk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Asks the text sources what conversations remember, and tells them what was heard. Any instance
 * may answer, since all share one memory; one that dies over a question is replaced by another.
 * Bound to its inbox's context.
 */
public final class Conversations {
  /** How long an answer may take. */
  public static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final int TRIES = 2;
  private static final Failure ANSWERED =
      new Failure(Stage.OWNER, FailureKind.CANCELLED, "the question was answered");

  private final Inbox inbox;
  private final Map<Long, Promise<ConversationAnswer>> waiting = new HashMap<>();
  private long numbers;

  Conversations(Inbox inbox) {
    this.inbox = inbox;
    inbox.<ConversationAnswer, Message>onOpen(ConversationAnswer.class, this::onAnswer);
  }

  private void onAnswer(ConversationAnswer answer, BusReadStream<Message> stream) {
    stream.handler(ignored -> {});
    stream.exceptionHandler(ignored -> {});
    Promise<ConversationAnswer> asked = waiting.get(answer.number());
    if (asked != null) {
      asked.tryComplete(answer);
    }
  }

  /**
   * What is remembered of a conversation; empty when there is none of this name.
   *
   * @return fails with a {@link VoicebusException} when nobody knows
   */
  public Future<Optional<Conversation>> find(String id) {
    return ask(number -> new ConversationAsk(number, id, false)).map(Conversations::known);
  }

  /** Forgets a conversation; what was remembered of it, empty when there is none of this name. */
  public Future<Optional<Conversation>> forget(String id) {
    return ask(number -> new ConversationAsk(number, id, true)).map(Conversations::known);
  }

  private static Optional<Conversation> known(ConversationAnswer answer) {
    return answer.known() ? Optional.of(answer.conversation()) : Optional.empty();
  }

  /** Tells what was heard of a turn; the head gets the question's number. */
  Future<Void> heard(LongFunction<Message> head) {
    return ask(head).mapEmpty();
  }

  private Future<ConversationAnswer> ask(LongFunction<Message> head) {
    long number = numbers++;
    Promise<ConversationAnswer> answer = Promise.promise();
    waiting.put(number, answer);
    Bus.Timer timer =
        inbox.after(
            TIMEOUT.toNanos(),
            () ->
                answer.tryFail(
                    failure(FailureKind.TIMEOUT, "the memory of conversations does not answer")));
    answer
        .future()
        .onComplete(
            done -> {
              timer.cancel();
              waiting.remove(number);
            });
    ask(head.apply(number), TRIES, answer);
    return answer.future();
  }

  private void ask(Message head, int triesLeft, Promise<ConversationAnswer> answer) {
    inbox
        .<Message>open(Addresses.CONVERSATION, head)
        .onFailure(answer::tryFail)
        .onSuccess(
            stream -> {
              answer.future().onComplete(done -> stream.fail(ANSWERED));
              stream.exceptionHandler(
                  why -> {
                    // All questions may be asked twice.
                    FailureKind kind = Failure.of(Stage.TEXT, why).kind();
                    boolean died = kind == FailureKind.LOST || kind == FailureKind.UNAVAILABLE;
                    if (triesLeft > 1 && died && !answer.future().isComplete()) {
                      ask(head, triesLeft - 1, answer);
                    } else {
                      answer.tryFail(why);
                    }
                  });
            });
  }

  private static VoicebusException failure(FailureKind kind, String detail) {
    return new VoicebusException(Stage.TEXT, kind, detail);
  }
}
