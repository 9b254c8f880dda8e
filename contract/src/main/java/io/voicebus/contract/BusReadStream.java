package io.voicebus.contract;

import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's end of a bus stream. It buffers at most {@link Limits#STREAM_WINDOW} bytes while
 * paused: the producer has no credit for more.
 *
 * <p>The stream ends once: by the producer's end (the end handler, after the last item), or by its
 * failure, its death or a lost item (the exception handler, at once, with a {@link
 * VoicebusException}; items that still wait are dropped). After {@link #cancel} nothing is called.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 *
 * @param <T> what travels in it
 */
public final class BusReadStream<T extends Message> implements ReadStream<T> {
  private final Inbox inbox;
  private final Peer peer;
  private final long number;
  private final ArrayDeque<T> queue = new ArrayDeque<>();

  private boolean closed;
  private boolean endReceived;
  private boolean delivering;
  private long expected;
  private long consumed;
  private long granted = Limits.STREAM_WINDOW;
  private long demand = Long.MAX_VALUE;
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
    if (!closed) {
      close();
      if (!endReceived) {
        inbox.send(peer.inbox, new StreamPacket.Cancel(inbox.address(), number, why));
      }
    }
  }

  @Override
  public BusReadStream<T> handler(@Nullable Handler<T> newHandler) {
    handler = newHandler;
    deliver();
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
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    deliver();
    return this;
  }

  @Override
  public BusReadStream<T> endHandler(@Nullable Handler<@Nullable Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public BusReadStream<T> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    return this;
  }

  // What the inbox tells.

  long number() {
    return number;
  }

  long granted() {
    return granted;
  }

  @SuppressWarnings("unchecked") // a stream's head determines what travels in it
  void data(long sequence, Message item) {
    if (closed || endReceived || sequence < expected) {
      return;
    }
    if (sequence > expected) {
      lose(sequence);
      return;
    }
    expected++;
    queue.add((T) item);
    deliver();
  }

  /** The producer says that it has sent so many items, and ends there if {@code end}. */
  void sentSoFar(long count, boolean end) {
    if (closed || endReceived) {
      return;
    }
    if (count > expected) {
      lose(count);
    } else if (end) {
      endReceived = true;
      inbox.send(peer.inbox, new StreamPacket.Closed(inbox.address(), number));
      deliver();
    }
  }

  /** The stream is over: the producer failed or died, or an item was lost. */
  void fail(Failure why) {
    if (!closed && !endReceived) {
      close();
      if (exceptionHandler != null) {
        exceptionHandler.handle(why.toException());
      }
    }
  }

  /** Whether the producer's end has come; what waits is still delivered, whatever becomes of it. */
  boolean endReceived() {
    return endReceived;
  }

  private void lose(long sequence) {
    Failure why =
        new Failure(
            Stage.OWNER,
            FailureKind.LOST,
            "a message was lost on the bus: item " + expected + " of " + sequence + " never came");
    inbox.send(peer.inbox, new StreamPacket.Cancel(inbox.address(), number, why));
    fail(why);
  }

  private void deliver() {
    if (delivering || handler == null) {
      return;
    }
    delivering = true;
    try {
      while (!closed && demand > 0 && !queue.isEmpty()) {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        T item = queue.remove();
        consumed += item.weight();
        handler.handle(item);
      }
    } finally {
      delivering = false;
    }
    if (closed) {
      return;
    }
    if (endReceived && queue.isEmpty()) {
      close();
      if (endHandler != null) {
        endHandler.handle(null);
      }
    } else if (!endReceived && consumed + Limits.STREAM_WINDOW / 2 >= granted) {
      granted = consumed + Limits.STREAM_WINDOW;
      inbox.send(peer.inbox, new StreamPacket.Credit(inbox.address(), number, granted));
    }
  }

  private void close() {
    closed = true;
    queue.clear();
    inbox.forget(peer, this);
  }
}
