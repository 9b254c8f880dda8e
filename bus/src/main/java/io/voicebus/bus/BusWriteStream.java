package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing direction of a {@link Link}.
 *
 * <p>Items wait here until the consumer's credit covers them; {@link #writeQueueFull()} tells when
 * to stop writing until the drain handler is called. The stream ends once: by {@link #end()}, by
 * {@link #fail}, by the consumer's cancel or by its death. For the last two the exception handler
 * is called with a {@link VoicebusException}, once, and as soon as there is one.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 */
public final class BusWriteStream implements WriteStream<Message> {
  private record Waiting(Message item, Promise<Void> sent) {}

  private enum State {
    OPEN,
    /** End or Fail was sent, and is repeated until it is acknowledged. */
    CLOSING,
    CLOSED
  }

  private final Inbox inbox;
  private final Peer peer;
  private final long number;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Promise<Void> ended = Promise.promise();

  private State state = State.OPEN;
  private boolean ending;
  private @Nullable Failure failure;
  private long sequence;
  private long sent;
  private long limit;
  private long queuedBytes;
  private long maxQueuedBytes = Limits.STREAM_WINDOW;
  private boolean full;
  private boolean awaitingPeer;
  private @Nullable Failure pendingFailure;
  private boolean confirmed = true;
  private @Nullable Runnable onAcknowledged;
  private @Nullable Handler<@Nullable Void> drainHandler;
  private @Nullable Handler<Throwable> exceptionHandler;

  BusWriteStream(Inbox inbox, Peer peer, long number, long limit) {
    this.inbox = inbox;
    this.peer = peer;
    this.number = number;
    this.limit = limit;
  }

  /** The consumer's inbox. */
  public String peer() {
    return peer.inbox;
  }

  /** Whether items may still be written. */
  public boolean isOpen() {
    return state == State.OPEN && !ending;
  }

  /**
   * Sends an item, or queues it until there is credit.
   *
   * @return completes when the item was sent; fails when the stream ends before
   * @throws IllegalArgumentException for an item over {@link Limits#MAX_ITEM}
   */
  @Override
  public Future<Void> write(Message item) {
    if (item.weight() > Limits.MAX_ITEM) {
      throw new IllegalArgumentException(
          "an item weighs at most " + Limits.MAX_ITEM + " bytes, not " + item.weight());
    }
    if (!isOpen()) {
      return Future.failedFuture(gone().toException());
    }
    if (queue.isEmpty() && credited(item)) {
      transmit(item);
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    queue.add(new Waiting(item, promise));
    queuedBytes += item.weight();
    full |= queuedBytes >= maxQueuedBytes;
    flush();
    return promise.future();
  }

  /**
   * Ends the stream after all written items.
   *
   * @return completes when the consumer has received everything; fails when that can no longer be
   *     known
   */
  @Override
  public Future<Void> end() {
    if (state == State.OPEN && !ending) {
      ending = true;
      flush();
    }
    return ended.future();
  }

  /** Fails the stream at once; items that wait for credit are discarded. */
  void fail(Failure why) {
    if (state == State.OPEN) {
      failure = why;
      state = State.CLOSING;
      discardQueue(why);
      repeatTerminal();
    }
  }

  @Override
  public BusWriteStream setWriteQueueMaxSize(int bytes) {
    maxQueuedBytes = Math.max(1, bytes);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return full;
  }

  @Override
  public BusWriteStream drainHandler(@Nullable Handler<@Nullable Void> handler) {
    drainHandler = handler;
    return this;
  }

  @Override
  public BusWriteStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    exceptionHandler = handler;
    deliverFailure();
    return this;
  }

  // What the inbox received.

  /** Nothing is sent before the consumer has shown that it has chosen this producer. */
  void awaitConfirmation() {
    confirmed = false;
    limit = 0;
  }

  /** The consumer has chosen this producer. */
  void confirmed() {
    if (!confirmed) {
      confirmed = true;
      limit = Math.max(limit, Limits.STREAM_WINDOW);
      flush();
    }
  }

  boolean isConfirmed() {
    return confirmed;
  }

  /** Sets the handler for the moment when the consumer has received everything. */
  void onAcknowledged(Runnable task) {
    onAcknowledged = task;
  }

  /** The other side has ended the link: items that were not sent yet are discarded. */
  void closeWithPeer() {
    if (state != State.CLOSED) {
      close();
      discardQueue(gone());
      inbox.guard(ended::tryComplete);
    }
  }

  long number() {
    return number;
  }

  long sequence() {
    return sequence;
  }

  boolean closing() {
    return state == State.CLOSING;
  }

  void credit(long newLimit) {
    if (newLimit > limit) {
      limit = newLimit;
      flush();
    }
  }

  /**
   * The pair's credit has grown, and it is this stream's turn.
   *
   * @return whether the stream needs more of it, and waits again
   */
  boolean peerCredit() {
    awaitingPeer = false;
    flush();
    return awaitingPeer;
  }

  /**
   * Sends what both credits allow; asks to be called again if only the pair's credit is lacking.
   */
  private void flush() {
    if (state != State.OPEN) {
      return;
    }
    while (!queue.isEmpty()) {
      Waiting next = queue.peek();
      if (sent + next.item.weight() > limit) {
        break;
      }
      if (!peer.covers(next.item.weight())) {
        if (!awaitingPeer) {
          awaitingPeer = true;
          peer.await(this);
        }
        break;
      }
      queue.remove();
      queuedBytes -= next.item.weight();
      transmit(next.item);
      inbox.guard(next.sent::complete);
      if (state != State.OPEN) {
        return;
      }
    }
    if (ending) {
      if (queue.isEmpty() && confirmed) {
        state = State.CLOSING;
        repeatTerminal();
      }
    } else if (full && queuedBytes <= maxQueuedBytes / 2) {
      full = false;
      Handler<@Nullable Void> drained = drainHandler;
      if (drained != null) {
        inbox.guard(() -> drained.handle(null));
      }
    }
  }

  /** Says again how the stream ended. */
  void repeatTerminal() {
    inbox.send(
        peer.inbox,
        failure == null
            ? new StreamPacket.End(inbox.address(), number, sequence)
            : new StreamPacket.Fail(inbox.address(), number, failure));
  }

  /** The consumer has acknowledged the end. */
  void acknowledged() {
    if (state == State.CLOSING) {
      close();
      Failure why = failure;
      if (onAcknowledged != null) {
        onAcknowledged.run();
      }
      inbox.guard(
          () -> {
            if (why == null) {
              ended.tryComplete();
            } else {
              ended.tryFail(why.toException());
            }
          });
    }
  }

  /** This instance stops: informs the consumer, once, and this stream's user. */
  void stop(Failure why) {
    if (state == State.OPEN) {
      inbox.send(peer.inbox, new StreamPacket.Fail(inbox.address(), number, why));
    }
    lost(why);
  }

  /** The consumer cancelled, or died. */
  void lost(Failure why) {
    if (state == State.CLOSED) {
      return;
    }
    close();
    if (failure == null) {
      failure = why;
      pendingFailure = why;
    }
    discardQueue(why);
    inbox.guard(() -> ended.tryFail(why.toException()));
    deliverFailure();
  }

  private void deliverFailure() {
    Failure why = pendingFailure;
    Handler<Throwable> toCall = exceptionHandler;
    if (why != null && toCall != null) {
      pendingFailure = null;
      inbox.guard(() -> toCall.handle(why.toException()));
    }
  }

  private void close() {
    state = State.CLOSED;
    if (awaitingPeer) {
      peer.awaitNoMore(this);
    }
    inbox.forget(peer, this);
  }

  private void discardQueue(Failure why) {
    queuedBytes = 0;
    full = false;
    Waiting waiting;
    while ((waiting = queue.poll()) != null) {
      Promise<Void> sent = waiting.sent;
      inbox.guard(() -> sent.tryFail(why.toException()));
    }
  }

  private Failure gone() {
    return failure != null
        ? failure
        : new Failure(Stage.OWNER, FailureKind.CANCELLED, "the stream has ended");
  }

  private boolean credited(Message item) {
    return sent + item.weight() <= limit && peer.covers(item.weight());
  }

  private void transmit(Message item) {
    sent += item.weight();
    peer.sent += item.weight();
    inbox.send(
        peer.inbox,
        new StreamPacket.Data(
            inbox.address(), number, peer.epoch, sequence++, peer.sent, item, item.weight()));
  }
}
