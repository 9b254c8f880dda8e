package io.voicebus.bus;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bus stream in both directions, with one identity and one death.
 *
 * <p>The opener may end its own direction first; when the acceptor ends its direction, the link
 * ends. If either side fails the link, dies or loses an item, both directions are over, and the
 * other side's {@link #onFailure} is called, once.
 *
 * <p>An open may be sent to several instances, so the acceptor does not know yet whether it was
 * chosen. It must start nothing costly before {@link #onConfirmed} or the first item.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 */
public final class Link {
  private final BusReadStream in;
  private final BusWriteStream out;
  private final boolean opener;
  private final int room;
  private boolean over;
  private @Nullable Failure pendingFailure;
  private @Nullable Consumer<Failure> onFailure;
  private boolean confirmed;
  private @Nullable Runnable onConfirmed;

  Link(BusReadStream in, BusWriteStream out, boolean opener, int room) {
    this.in = in;
    this.out = out;
    this.opener = opener;
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

  /** The items from the other side; its exception handler is the link's. */
  public BusReadStream in() {
    return in;
  }

  /** The items to the other side; its exception handler is the link's. */
  public BusWriteStream out() {
    return out;
  }

  /** The other side's inbox. */
  public String peer() {
    return in.peer();
  }

  /** The room that the other side reported when it accepted. */
  public int room() {
    return room;
  }

  /** Whether it has neither failed nor been failed. */
  public boolean isAlive() {
    return !over;
  }

  /**
   * Whether the other side's silence counted as its death. A link can be {@code LOST} although the
   * other side lives: an item never came, or the other side has forgotten the link, since this side
   * was silent for so long.
   */
  public boolean isPeerDead() {
    return in.isOfTheDead();
  }

  /** Writes an item, if this direction is still open; otherwise it is discarded. */
  public void tell(Message item) {
    if (out.isOpen()) {
      out.write(item);
    }
  }

  /**
   * Sets the handler for a link that dies or is failed by the other side; called at once if that
   * has happened. The opener is not told of a death after the other side has ended the link.
   */
  public Link onFailure(Consumer<Failure> handler) {
    onFailure = handler;
    deliverFailure();
    return this;
  }

  /**
   * Sets the handler for the moment when the opener chooses this instance; called at once if it
   * has.
   */
  public Link onConfirmed(Runnable task) {
    if (confirmed) {
      task.run();
    } else {
      onConfirmed = task;
    }
    return this;
  }

  /** Fails both directions at once. No handler of this side is called after that. */
  public void fail(Failure why) {
    if (!over) {
      over = true;
      pendingFailure = null;
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
    // An opener that has got the end has lost nothing; the accepting side had more to say.
    if (!opener || !in.endReceived()) {
      in.cancel(why);
      pendingFailure = why;
      deliverFailure();
    }
  }

  private void deliverFailure() {
    Failure why = pendingFailure;
    Consumer<Failure> toCall = onFailure;
    if (why != null && toCall != null) {
      pendingFailure = null;
      toCall.accept(why);
    }
  }
}
