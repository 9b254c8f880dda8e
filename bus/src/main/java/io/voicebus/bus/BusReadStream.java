package io.voicebus.bus;

import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The incoming direction of a {@link Link}. It buffers at most {@link Limits#STREAM_WINDOW} bytes
 * while it is paused or has no handler: the producer has no credit for more.
 *
 * <p>The stream ends once. It ends either by the producer's end (the end handler is called after
 * the last item, unless paused), or by its failure, its death or a lost item (the exception handler
 * is called at once, even while paused, with a {@link VoicebusException}; items that still wait are
 * discarded). An ending that comes before its handler is set waits for it. After {@link #cancel}
 * nothing is called.
 *
 * <p>If a handler throws, the stream is cancelled, and the exception handler is called. Removing
 * the handler of a flowing stream cancels it at the next item.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 */
public final class BusReadStream implements ReadStream<Message> {
  private enum State {
    OPEN,
    /** The producer's end has come; items may still wait to be read. */
    ENDED,
    OVER
  }

  private final Inbox inbox;
  private final Peer peer;
  private final long number;
  private final ArrayDeque<StreamPacket.Data> queue = new ArrayDeque<>();

  private State state = State.OPEN;
  private boolean delivering;
  private boolean abandoned;
  private boolean pendingEnd;
  private @Nullable Failure pendingFailure;
  private @Nullable Failure cut;
  private long expected;
  private long consumed;
  private long granted = Limits.STREAM_WINDOW;
  private long demand = Long.MAX_VALUE;
  private @Nullable Runnable onFirst;
  private @Nullable Runnable onEndReceived;
  private @Nullable Handler<Message> handler;
  private @Nullable Handler<@Nullable Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;

  BusReadStream(Inbox inbox, Peer peer, long number) {
    this.inbox = inbox;
    this.peer = peer;
    this.number = number;
  }

  /** The producer's inbox. */
  public String peer() {
    return peer.inbox;
  }

  /** Whether the stream is over because the producer's inbox counts as dead. */
  boolean isOfTheDead() {
    return peer.dead;
  }

  /** Tells the producer to stop; nothing more is delivered. */
  void cancel(Failure why) {
    pendingFailure = null;
    pendingEnd = false;
    cutOff(why);
  }

  @Override
  public BusReadStream handler(@Nullable Handler<Message> newHandler) {
    abandoned = newHandler == null && (abandoned || handler != null);
    handler = newHandler;
    if (newHandler != null) {
      deliver();
    }
    return this;
  }

  @Override
  public BusReadStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public BusReadStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BusReadStream fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("cannot fetch " + amount + " items");
    }
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    deliver();
    return this;
  }

  @Override
  public BusReadStream endHandler(@Nullable Handler<@Nullable Void> newHandler) {
    endHandler = newHandler;
    deliverEnd();
    return this;
  }

  @Override
  public BusReadStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    deliverFailure();
    return this;
  }

  // What the inbox received.

  long number() {
    return number;
  }

  long granted() {
    return granted;
  }

  /** The reason for which it was cut off, if it was. */
  @Nullable Failure cut() {
    return cut;
  }

  /** Sets the handler for the producer's end, which may come long before it is read. */
  void onEndReceived(Runnable task) {
    onEndReceived = task;
  }

  /** Sets the handler for the first sign that the producer has chosen this consumer. */
  void onFirst(Runnable task) {
    onFirst = task;
  }

  /** The producer has chosen this consumer. */
  void confirmed() {
    Runnable task = onFirst;
    if (task != null) {
      onFirst = null;
      inbox.guard(task);
    }
  }

  void data(StreamPacket.Data data) {
    long sequence = data.sequence();
    confirmed();
    if (state != State.OPEN || sequence < expected) {
      return;
    }
    if (sequence > expected) {
      lose(sequence + 1);
      return;
    }
    expected++;
    queue.add(data);
    deliver();
  }

  /** The producer says that it has sent so many items, and ends there if {@code end}. */
  void sentSoFar(long count, boolean end) {
    confirmed();
    if (state != State.OPEN) {
      return;
    }
    if (count > expected) {
      lose(count);
    } else if (end) {
      state = State.ENDED;
      inbox.send(peer.inbox, new StreamPacket.Closed(inbox.address(), number));
      if (onEndReceived != null) {
        onEndReceived.run();
      }
      deliver();
    }
  }

  /** The stream is over: the producer failed or died. */
  void fail(Failure why) {
    if (state == State.OPEN) {
      over(why);
      pendingFailure = why;
      deliverFailure();
    }
  }

  /** The opener was refused: no handler is called. */
  void refuse(Failure why) {
    if (state != State.OVER) {
      over(why);
    }
  }

  /**
   * Whether the producer's end has come; items that wait are still delivered, even if the producer
   * dies.
   */
  boolean endReceived() {
    return state == State.ENDED;
  }

  /** The other side has ended the link: nothing more comes, and no handler is called. */
  void closeWithPeer() {
    if (state == State.OPEN) {
      over(null, true);
    }
  }

  private void lose(long count) {
    BusCounter.STREAMS_LOST.count();
    stop(
        new Failure(
            Stage.OWNER,
            FailureKind.LOST,
            "a message was lost on the bus: item " + expected + " of " + count + " never came"));
  }

  /** Cancels the stream, and informs its user. */
  void stop(Failure why) {
    if (cutOff(why)) {
      pendingFailure = why;
      deliverFailure();
    }
  }

  private boolean cutOff(Failure why) {
    if (state == State.OVER) {
      return false;
    }
    boolean tell = state == State.OPEN;
    over(why);
    if (tell) {
      inbox.send(peer.inbox, new StreamPacket.Cancel(inbox.address(), number, why));
    }
    return true;
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      while (state != State.OVER && demand > 0 && !queue.isEmpty()) {
        Handler<Message> reader = handler;
        if (reader == null) {
          if (abandoned) {
            cancel(new Failure(Stage.OWNER, FailureKind.CANCELLED, "nobody reads any more"));
          }
          break;
        }
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        StreamPacket.Data data = queue.remove();
        consumed += data.weight();
        if (!(data.item() instanceof Unknown)) {
          hand(reader, data.item());
        }
      }
    } finally {
      delivering = false;
    }
    if (state == State.ENDED && queue.isEmpty() && demand > 0) {
      over(null);
      pendingEnd = true;
      deliverEnd();
    } else if (state == State.OPEN && consumed + Limits.STREAM_WINDOW / 2 >= granted) {
      granted = consumed + Limits.STREAM_WINDOW;
      inbox.send(peer.inbox, new StreamPacket.Credit(inbox.address(), number, granted));
    }
  }

  private void hand(Handler<Message> reader, Message item) {
    try {
      reader.handle(item);
    } catch (RuntimeException e) {
      inbox.log(e);
      stop(Failure.of(Stage.OWNER, e));
    }
  }

  private void deliverEnd() {
    Handler<@Nullable Void> toCall = endHandler;
    if (pendingEnd && toCall != null) {
      pendingEnd = false;
      inbox.guard(() -> toCall.handle(null));
    }
  }

  private void deliverFailure() {
    Failure why = pendingFailure;
    Handler<Throwable> toCall = exceptionHandler;
    if (why != null && toCall != null) {
      pendingFailure = null;
      inbox.guard(() -> toCall.handle(why.toException()));
    }
  }

  private void over(@Nullable Failure why) {
    over(why, state == State.ENDED);
  }

  private void over(@Nullable Failure why, boolean wholly) {
    state = State.OVER;
    cut = why;
    queue.clear();
    inbox.forget(peer, this, wholly ? null : why);
  }
}
