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
final class StageLink implements TurnStage {
  /** What becomes of it. */
  interface Listener extends TurnStage.Listener {
    /** An instance has the stage, and is to be told all that it needs. */
    void opened(StageLink stage);

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

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public void open(Message head) {
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

  @Override
  public void markEnded() {
    ended = true;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public boolean mayBeTakenOver() {
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

  @Override
  public void pause() {
    paused = true;
    if (link != null) {
      link.in().pause();
    }
  }

  @Override
  public void resume() {
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

  @Override
  public void closeForGood(Failure why) {
    close(why);
    opens = Integer.MAX_VALUE;
  }
}
