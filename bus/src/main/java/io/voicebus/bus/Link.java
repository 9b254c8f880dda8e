package io.voicebus.bus;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bus stream in both directions, with one identity and one death.
 *
 * <p>Who opened it may end its own direction first; the end of who accepted it ends the link. If
 * either side fails the link, or dies, or loses an item, both directions are over, and the other
 * side's {@link #onFailure} is told, once.
 *
 * <p>An open is asked of several instances, so who accepts a link cannot know yet whether it is the
 * one: nothing that costs begins before {@link #onConfirmed}, or the first item.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 */
public final class Link {
  private final BusReadStream<Message> in;
  private final BusWriteStream<Message> out;
  private final int room;
  private boolean over;
  private @Nullable Failure untold;
  private @Nullable Consumer<Failure> onFailure;
  private boolean confirmed;
  private @Nullable Runnable onConfirmed;

  Link(BusReadStream<Message> in, BusWriteStream<Message> out, boolean opener, int room) {
    this.in = in;
    this.out = out;
    this.room = room;
    confirmed = opener;
    in.exceptionHandler(why -> died(Failure.of(Stage.OWNER, why)));
    out.exceptionHandler(why -> died(Failure.of(Stage.OWNER, why)));
    if (opener) {
      in.onEndReceived(out::closeWithPeer);
    } else {
      out.onAcknowledged(in::closeWithPeer);
      in.onFirst(this::confirm);
    }
  }

  /** What the other side says; its exception handler is the link's. */
  public BusReadStream<Message> in() {
    return in;
  }

  /** What this side says; its exception handler is the link's. */
  public BusWriteStream<Message> out() {
    return out;
  }

  /** The other side's inbox. */
  public String peer() {
    return in.peer();
  }

  /** How much more room the other side said that it had when it accepted. */
  public int room() {
    return room;
  }

  /** Whether it has neither failed nor been failed. */
  public boolean isAlive() {
    return !over;
  }

  /** Writes an item, if this direction is still open; otherwise it is dropped. */
  public void tell(Message item) {
    if (out.isOpen()) {
      out.write(item);
    }
  }

  /**
   * Says what to do when the link dies and nobody here has failed it; at once if it has. After an
   * end that was received nothing is told any more.
   */
  public Link onFailure(Consumer<Failure> handler) {
    onFailure = handler;
    tellFailure();
    return this;
  }

  /** Says what to do once the opener has chosen this instance; at once if it has. */
  public Link onConfirmed(Runnable task) {
    if (confirmed) {
      task.run();
    } else {
      onConfirmed = task;
    }
    return this;
  }

  /** Gives both directions up at once. Nothing is called here after that. */
  public void fail(Failure why) {
    if (!over) {
      over = true;
      untold = null;
      onFailure = null;
      onConfirmed = null;
      out.fail(why);
      in.cancel(why);
    }
  }

  /** The opener has chosen this instance. */
  private void confirm() {
    if (!confirmed && !over) {
      confirmed = true;
      out.confirmed();
      Runnable task = onConfirmed;
      onConfirmed = null;
      if (task != null) {
        task.run();
      }
    }
  }

  private void died(Failure why) {
    if (over) {
      return;
    }
    over = true;
    out.fail(why);
    if (!in.endReceived()) {
      in.cancel(why);
      untold = why;
      tellFailure();
    }
  }

  private void tellFailure() {
    Failure why = untold;
    Consumer<Failure> told = onFailure;
    if (why != null && told != null) {
      untold = null;
      told.accept(why);
    }
  }
}
