package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A turn's link to one of its stages: to the instance that has it now. NOT thread safe.
 *
 * <p>{@link #open} may be called again: what the former instance says is not heard any more.
 */
final class StageLink {
  /** What becomes of it. */
  interface Listener {
    /** An instance has the stage, and is to be told all that it needs. */
    void opened(StageLink stage);

    void item(StageLink stage, Message item);

    /** The stage has done its part. */
    void ended(StageLink stage);

    /**
     * It cannot go on.
     *
     * @param nodeLost whether that is for want of its node, so that another one might
     */
    void failed(StageLink stage, Failure why, boolean nodeLost);

    /** More can be written. */
    void drained(StageLink stage);
  }

  /**
   * How long a stage of a turn that is under way may be sought: a network that was cut, or a
   * cluster that merges, needs some seconds until others can be reached.
   */
  static final Duration TAKEOVER_PATIENCE = Duration.ofSeconds(15);

  /** How often a stage of one turn is taken over. */
  static final int MAX_TAKEOVERS = 3;

  private final Inbox inbox;
  private final Stage stage;
  private final String address;
  private final Duration patience;
  private final Listener listener;
  private @Nullable Link link;
  private int opens;
  private boolean ended;
  private boolean paused;

  StageLink(Inbox inbox, Stage stage, String address, Duration patience, Listener listener) {
    this.inbox = inbox;
    this.stage = stage;
    this.address = address;
    this.patience = patience;
    this.listener = listener;
  }

  Stage stage() {
    return stage;
  }

  /** Opens it, or opens it at another instance. */
  void open(Message head) {
    close(new Failure(stage, FailureKind.CANCELLED, "another instance goes on with it"));
    int number = ++opens;
    ended = false;
    inbox
        .link(address, head, opens > 1 ? TAKEOVER_PATIENCE : patience)
        .onSuccess(
            opened -> {
              if (number == opens) {
                adopt(opened);
              } else {
                opened.fail(new Failure(stage, FailureKind.CANCELLED, "the turn has ended"));
              }
            })
        .onFailure(
            why -> {
              if (number == opens) {
                listener.failed(this, Failure.of(stage, why), false);
              }
            });
  }

  private void adopt(Link opened) {
    link = opened;
    if (paused) {
      opened.in().pause();
    }
    opened
        .in()
        .handler(
            item -> {
              if (link == opened) {
                listener.item(this, item);
              }
            });
    opened
        .in()
        .endHandler(
            end -> {
              if (link == opened) {
                ended = true;
                listener.ended(this);
              }
            });
    opened.out().drainHandler(drained -> listener.drained(this));
    opened.onFailure(
        why -> {
          if (link == opened) {
            link = null;
            // The bus does not know what it serves: such a failure is of the node, not of its work.
            boolean lost =
                why.stage() == Stage.OWNER
                    && (why.kind() == FailureKind.LOST
                        || why.kind() == FailureKind.UNAVAILABLE
                        || why.kind() == FailureKind.TIMEOUT);
            listener.failed(this, why, lost);
          }
        });
    listener.opened(this);
  }

  boolean isOpen() {
    return link != null;
  }

  /** It has done its part: for a former owner of the turn, or as far as it could. */
  void markEnded() {
    ended = true;
  }

  /** Whether the stage has done its part. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether it may be taken over once more. */
  boolean mayBeTakenOver() {
    return opens <= MAX_TAKEOVERS;
  }

  /** Tells the instance, if there is one; a later one is told when it opens. */
  void tell(Message item) {
    if (link != null) {
      link.tell(item);
    }
  }

  /** There is nothing more to tell. */
  void end() {
    if (link != null) {
      link.out().end();
    }
  }

  /** Whether to wait before more is told. */
  boolean isFull() {
    return link != null && link.out().writeQueueFull();
  }

  /** Nothing is heard of it for now. */
  void pause() {
    paused = true;
    if (link != null) {
      link.in().pause();
    }
  }

  /** What it says is heard again: perhaps at once, from within this call. */
  void resume() {
    paused = false;
    if (link != null) {
      link.in().resume();
    }
  }

  /** The turn is over, or another instance is asked. */
  void close(Failure why) {
    Link old = link;
    link = null;
    if (old != null) {
      old.fail(why);
    }
  }

  /** The turn is over: what is being opened is not wanted any more. */
  void closeForGood(Failure why) {
    close(why);
    opens = Integer.MAX_VALUE;
  }
}
