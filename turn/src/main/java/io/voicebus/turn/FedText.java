package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.Utf16Pieces;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A turn's text that comes from its caller, whole or while it is being written, in place of a text
 * source. Text for which the turn has no room waits here. NOT thread safe.
 */
final class FedText implements TurnStage, TextFeed {
  /** What a caller that does not wait may write ahead, in UTF-16 units. */
  static final int MAX_WAITING_CHARS = 1024 * 1024;

  private static final Failure CUT =
      new Failure(
          Stage.TEXT,
          FailureKind.INVALID_REQUEST,
          "the text ends with half of a surrogate pair, which is no character");

  private final Inbox inbox;
  private final TurnJournal journal;
  private final Listener listener;

  /** The text of a turn that is not a feed: known from its beginning. */
  private final @Nullable String whole;

  private final ArrayDeque<Message> waiting = new ArrayDeque<>();
  private int waitingChars;

  private final Utf16Pieces characters = new Utf16Pieces();

  private Runnable onDrained = () -> {};
  private @Nullable Failure broken;
  private boolean complete;
  private boolean begun;
  private boolean paused;
  private boolean passing;
  private boolean unflushed;
  private boolean wasFull;
  private boolean ended;
  private boolean closed;

  /**
   * A text that has not begun.
   *
   * @param whole all of it; empty for one that the caller writes
   */
  FedText(Inbox inbox, TurnJournal journal, String whole, Listener listener) {
    this.inbox = inbox;
    this.journal = journal;
    this.whole = whole.isEmpty() ? null : whole;
    this.listener = listener;
  }

  @Override
  public Stage stage() {
    return Stage.TEXT;
  }

  /** Passes on, from now on, what is not in the journal yet. */
  @Override
  public void open(Message head) {
    if (whole != null) {
      int known = Math.min(whole.length(), (int) journal.written());
      add(whole.substring(known));
      complete = true;
    }
    // The caller is told of nothing from within its own call.
    inbox.execute(
        () -> {
          begun = true;
          pass();
        });
  }

  /** A former owner of the turn is lost, and with it the way from the caller to here. */
  void loseCaller() {
    if (whole == null) {
      breakOff(
          new Failure(
              Stage.TEXT,
              FailureKind.LOST,
              "the node that the text was sent to is lost, and with it what had not come yet: send"
                  + " the rest as another turn"));
    }
  }

  @Override
  public void append(String text) {
    if (isOver()) {
      return;
    }
    add(text);
    if (waitingChars > MAX_WAITING_CHARS) {
      breakOff(
          new Failure(
              Stage.TEXT,
              FailureKind.TOO_LARGE,
              "more text was written than can wait to be spoken: write no faster than it is read"));
    }
    pass();
  }

  private void add(String more) {
    for (String piece : TextDelta.pieces(characters.next(more))) {
      waiting.add(new TextDelta(piece));
      unflushed = true;
      waitingChars += piece.length();
    }
  }

  @Override
  public void flush() {
    // One that follows another has nothing to flush, and would only wait.
    if (!isOver() && unflushed) {
      unflushed = false;
      waiting.add(new TextFlush());
      pass();
    }
  }

  @Override
  public void end() {
    if (characters.isCut()) {
      breakOff(CUT);
    }
    if (!isOver()) {
      complete = true;
      pass();
    }
  }

  @Override
  public void breakOff(Failure why) {
    if (!isOver()) {
      broken = why;
      pass();
    }
  }

  private boolean isOver() {
    return closed || complete || broken != null;
  }

  @Override
  public boolean isFull() {
    return !closed && (paused || !waiting.isEmpty());
  }

  @Override
  public void drainHandler(Runnable handler) {
    onDrained = handler;
  }

  /** Passes on what there is, as far as there is room: each item may take the room away. */
  private void pass() {
    if (passing) {
      return;
    }
    if (!begun) {
      wasFull = isFull();
      return;
    }
    passing = true;
    try {
      while (!paused && !closed && !waiting.isEmpty()) {
        Message next = waiting.remove();
        waitingChars -= next instanceof TextDelta delta ? delta.text().length() : 0;
        listener.item(this, next);
      }
    } finally {
      passing = false;
    }
    if (waiting.isEmpty() && !closed && !ended) {
      endIfDue();
    }
    noteRoom();
  }

  private void endIfDue() {
    Failure why = broken;
    if (why != null) {
      ended = true;
      listener.failed(this, why, false);
    } else if (complete) {
      ended = true;
      listener.ended(this);
    }
  }

  private void noteRoom() {
    boolean drained = wasFull && !isFull();
    wasFull = isFull();
    // Also after the last of the text: its caller may have other texts to read.
    if (drained && !closed && broken == null) {
      onDrained.run();
    }
  }

  @Override
  public void markEnded() {
    ended = true;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  /** Nobody else can write the caller's text. */
  @Override
  public boolean mayBeTakenOver() {
    return false;
  }

  @Override
  public void pause() {
    paused = true;
    wasFull = true;
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      pass();
    }
  }

  @Override
  public void closeForGood(Failure why) {
    closed = true;
    waiting.clear();
    waitingChars = 0;
  }
}
