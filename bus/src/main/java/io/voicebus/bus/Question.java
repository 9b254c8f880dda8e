package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One question: a link on which the other side sends its answer and ends. If it dies before that,
 * another instance is asked, once. NOT thread safe.
 */
final class Question {
  private final Inbox inbox;
  private final String to;
  private final boolean direct;
  private final Message question;
  private final long giveUpAt;
  private final Promise<List<Message>> promise = Promise.promise();
  private int triesLeft = 2;

  Question(Inbox inbox, String to, boolean direct, Message question, Duration patience) {
    this.inbox = inbox;
    this.to = to;
    this.direct = direct;
    this.question = question;
    this.giveUpAt = inbox.now() + patience.toNanos();
  }

  Future<List<Message>> ask() {
    Bus.Timer timer =
        LateTimers.after(
            inbox,
            giveUpAt - inbox.now(),
            () ->
                promise.tryFail(
                    new VoicebusException(
                        Stage.OWNER, FailureKind.TIMEOUT, "no answer from " + to + " in time")));
    promise.future().onComplete(done -> timer.cancel());
    tryAsk();
    return promise.future();
  }

  private void tryAsk() {
    triesLeft--;
    // Half of the time left, so that an instance that is not there is noticed before the end.
    Duration left = Duration.ofNanos(Math.max(1, (giveUpAt - inbox.now()) / 2));
    (direct ? inbox.linkTo(to, question, left) : inbox.link(to, question, left))
        .onFailure(promise::tryFail)
        .onSuccess(this::listen);
  }

  private void listen(Link link) {
    List<Message> answer = new ArrayList<>();
    link.in().handler(answer::add);
    link.in().endHandler(ended -> promise.tryComplete(answer));
    link.onFailure(
        why -> {
          boolean died = why.kind() == FailureKind.LOST || why.kind() == FailureKind.UNAVAILABLE;
          if (died && triesLeft > 0 && !promise.future().isComplete()) {
            tryAsk();
          } else {
            promise.tryFail(why.toException());
          }
        });
    promise
        .future()
        .onComplete(
            done ->
                link.fail(new Failure(Stage.OWNER, FailureKind.CANCELLED, "nobody asks any more")));
  }

  /** Says the answer on the link that asks for it. */
  static void answer(Link link, Future<? extends List<? extends Message>> answer) {
    link.in().handler(ignored -> {});
    link.onFailure(gone -> {});
    answer
        .<Void>map(
            all -> {
              all.forEach(link::tell);
              link.out().end();
              return null;
            })
        .onFailure(why -> link.fail(Failure.of(Stage.OWNER, why)));
  }
}
