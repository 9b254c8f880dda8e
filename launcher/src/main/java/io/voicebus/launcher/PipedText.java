package io.voicebus.launcher;

import io.vertx.core.Context;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Utf8Pieces;
import io.voicebus.turn.TextFeed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A text that another program is still writing, or a person: read as it comes, on a thread of its
 * own, and no faster than it is spoken.
 */
final class PipedText implements TextInput {
  /** An eighth of what a pipe holds on Linux by default. */
  private static final int PIECE_BYTES = 8 * 1024;

  private static final Clock CLOCK = Clock.system();
  private static final long NOT_YET = Long.MIN_VALUE;

  private final InputStream in;
  private final String name;
  private final boolean byLine;
  private final Thread thread = new Thread(this::read, "voicebus-text");

  /** One permit when the next piece may be passed on. */
  private final Semaphore room = new Semaphore(0);

  private final AtomicLong firstTextAt = new AtomicLong(NOT_YET);
  private volatile @Nullable Context context;
  private volatile @Nullable TextFeed feed;

  /** Bound to the context. */
  private boolean waiting;

  /**
   * A text.
   *
   * @param name what it is called in messages
   * @param byLine whether each line is spoken at once, as of a person who types
   */
  PipedText(InputStream in, String name, boolean byLine) {
    this.in = in;
    this.name = name;
    this.byLine = byLine;
    thread.setDaemon(true);
  }

  /** Begins to read; the text waits for {@link #feed}. */
  PipedText start() {
    thread.start();
    return this;
  }

  /** Stops reading; a read that is under way goes away with the process. */
  @Override
  public void stop() {
    thread.interrupt();
  }

  @Override
  public void feed(Context newContext, TextFeed newFeed) {
    context = newContext;
    feed = newFeed;
    newFeed.drainHandler(this::drained);
    room.release();
  }

  @Override
  public long firstTextAfter(long nanos) {
    long at = firstTextAt.get();
    return at == NOT_YET ? 0 : at - nanos;
  }

  // On the thread that reads.

  private void read() {
    Utf8Pieces text = new Utf8Pieces();
    try {
      boolean blank = pump(text);
      if (text.isMalformed()) {
        breakOff(FailureKind.INVALID_REQUEST, name + " is " + text.fault());
      } else if (blank) {
        breakOff(FailureKind.INVALID_REQUEST, name + " is empty: there is nothing to say");
      }
      pass("", TextFeed::end);
    } catch (IOException e) {
      breakOffQuietly("cannot read " + name + ": " + e.getMessage());
    } catch (InterruptedException e) {
      // The turn is over.
    }
  }

  /** Passes on all text from the first word; returns whether there is no word. */
  private boolean pump(Utf8Pieces text) throws IOException, InterruptedException {
    byte[] bytes = new byte[PIECE_BYTES];
    String blanks = "";
    boolean blank = true;
    int count;
    while (!text.isMalformed() && (count = in.read(bytes)) >= 0) {
      String piece = text.accept(Arrays.copyOf(bytes, count));
      if (blank && piece.isBlank()) {
        // Those of the last piece will do, however many there are.
        blanks = piece;
        continue;
      }
      if (blank) {
        blank = false;
        firstTextAt.set(CLOCK.nanoTime());
        piece = blanks + piece;
      }
      pass(piece, byLine && piece.endsWith("\n") ? TextFeed::flush : ignored -> {});
    }
    text.end();
    return blank;
  }

  private void breakOffQuietly(String why) {
    try {
      breakOff(FailureKind.INTERNAL, why);
    } catch (InterruptedException e) {
      // The turn is over.
    }
  }

  private void breakOff(FailureKind kind, String why) throws InterruptedException {
    pass("", to -> to.breakOff(new Failure(Stage.TEXT, kind, why)));
  }

  private interface Action {
    void on(TextFeed feed);
  }

  /** Waits until the piece may be passed on. */
  private void pass(String piece, Action then) throws InterruptedException {
    room.acquire();
    Context on = context;
    TextFeed to = feed;
    if (on == null || to == null) {
      throw new IllegalStateException("room without a feed");
    }
    on.runOnContext(
        ignored -> {
          to.append(piece);
          then.on(to);
          if (to.isFull()) {
            waiting = true;
          } else {
            room.release();
          }
        });
  }

  // On the feed's context.

  private void drained() {
    if (waiting) {
      waiting = false;
      room.release();
    }
  }
}
