package io.voicebus.bus;

import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's end of a bus stream. It buffers at most {@link Limits#STREAM_WINDOW} bytes while
 * paused, or while it has no handler: the producer has no credit for more.
 *
 * <p>The stream ends once: by the producer's end (the end handler, after the last item, unless
 * paused), or by its failure, its death or a lost item (the exception handler, at once, even while
 * paused, with a {@link VoicebusException}; items that still wait are dropped). An ending that
 * comes before its handler is set waits for it. After {@link #cancel} nothing is called.
 *
 * <p>A handler that throws has not done with its item: the stream is cancelled, and the exception
 * handler told. Taking the handler away from a stream that flows cancels it at the next item.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 *
 * @param <T> what travels in it
 */
public final class BusReadStream<T extends Message> implements ReadStream<T> {
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
  private boolean untoldEnd;
  private @Nullable Failure untoldFailure;
  private @Nullable Failure cut;
  private long expected;
  private long consumed;
  private long granted = Limits.STREAM_WINDOW;
  private long demand = Long.MAX_VALUE;
  private @Nullable Runnable onFirst;
  private @Nullable Runnable onEndReceived;
  private @Nullable Handler<T> handler;
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

  /** Tells the producer to stop; nothing more is delivered. */
  public void cancel(Failure why) {
    untoldFailure = null;
    untoldEnd = false;
    cutOff(why);
  }

  @Override
  public BusReadStream<T> handler(@Nullable Handler<T> newHandler) {
    abandoned = newHandler == null && (abandoned || handler != null);
    handler = newHandler;
    if (newHandler != null) {
      deliver();
    }
    return this;
  }

  @Override
  public BusReadStream<T> pause() {
    demand = 0;
    return this;
  }

  @Override
  public BusReadStream<T> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BusReadStream<T> fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("cannot fetch " + amount + " items");
    }
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    deliver();
    return this;
  }

  @Override
  public BusReadStream<T> endHandler(@Nullable Handler<@Nullable Void> newHandler) {
    endHandler = newHandler;
    tellEnd();
    return this;
  }

  @Override
  public BusReadStream<T> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    tellFailure();
    return this;
  }

  // What the inbox tells.

  long number() {
    return number;
  }

  long granted() {
    return granted;
  }

  /** Why it was cut off, if it was. */
  @Nullable Failure cut() {
    return cut;
  }

  /** Says what to do when the producer's end has come, which may be long before it is read. */
  void onEndReceived(Runnable task) {
    onEndReceived = task;
  }

  /** Says what to do at the first sign that the producer has chosen this consumer. */
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
      untoldFailure = why;
      tellFailure();
    }
  }

  /** The opener was refused: nobody is told anything. */
  void refuse(Failure why) {
    if (state != State.OVER) {
      over(why);
    }
  }

  /** Whether the producer's end has come; what waits is still delivered, whatever becomes of it. */
  boolean endReceived() {
    return state == State.ENDED;
  }

  /** The other side has ended the link: nothing more comes, and nobody is told. */
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

  /** Cancels the stream, and tells its user as well. */
  void stop(Failure why) {
    if (cutOff(why)) {
      untoldFailure = why;
      tellFailure();
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
        Handler<T> reader = handler;
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
          @SuppressWarnings("unchecked") // a stream's head determines what travels in it
          T item = (T) data.item();
          hand(reader, item);
        }
      }
    } finally {
      delivering = false;
    }
    if (state == State.ENDED && queue.isEmpty() && demand > 0) {
      over(null);
      untoldEnd = true;
      tellEnd();
    } else if (state == State.OPEN && consumed + Limits.STREAM_WINDOW / 2 >= granted) {
      granted = consumed + Limits.STREAM_WINDOW;
      inbox.send(peer.inbox, new StreamPacket.Credit(inbox.address(), number, granted));
    }
  }

  private void hand(Handler<T> reader, T item) {
    try {
      reader.handle(item);
    } catch (RuntimeException e) {
      inbox.log(e);
      stop(Failure.of(Stage.OWNER, e));
    }
  }

  private void tellEnd() {
    Handler<@Nullable Void> told = endHandler;
    if (untoldEnd && told != null) {
      untoldEnd = false;
      inbox.guard(() -> told.handle(null));
    }
  }

  private void tellFailure() {
    Failure why = untoldFailure;
    Handler<Throwable> told = exceptionHandler;
    if (why != null && told != null) {
      untoldFailure = null;
      inbox.guard(() -> told.handle(why.toException()));
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
