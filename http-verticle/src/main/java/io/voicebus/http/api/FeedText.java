package io.voicebus.http.api;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Utf16Pieces;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;
import io.voicebus.turn.TextFeed;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text that a WebSocket's client writes. It waits here until it has a word and its turn begins;
 * from then on it goes to the turn. NOT thread safe.
 */
public class FeedText {
  /** Of a text that is complete and {@link #isCut}. */
  public static final Failure CUT =
      new Failure(
          Stage.TEXT,
          FailureKind.INVALID_REQUEST,
          "the text ends with half of a surrogate pair, which is no character");

  private final Runnable onChange;

  /** What waits for the turn to begin. */
  private final ArrayDeque<Consumer<TextFeed>> waiting = new ArrayDeque<>();

  private @Nullable TextFeed feed;

  private final Utf16Pieces characters = new Utf16Pieces();

  /** What waits here, or was written since the turn has no room, in UTF-16 units. */
  private int ahead;

  private boolean hasWord;
  private boolean unflushed;
  private boolean ended;
  private boolean dropped;

  /**
   * An empty text.
   *
   * @param onChange called when less of it waits
   */
  public FeedText(Runnable onChange) {
    this.onChange = onChange;
  }

  /** How much of it the turn has not taken, in UTF-16 units. */
  public int ahead() {
    return ahead;
  }

  /** Whether it has anything to speak. */
  public boolean hasWord() {
    return hasWord;
  }

  /** Whether a turn speaks it. */
  public boolean hasBegun() {
    return feed != null;
  }

  /** Whether the text is complete. */
  public boolean hasEnded() {
    return ended;
  }

  /** Whether it ends, as far as it has come, with half of a surrogate pair. */
  public boolean isCut() {
    return characters.isCut();
  }

  /**
   * Adds a piece. A surrogate pair that was cut in two is joined.
   *
   * @throws ProblemException for a lone surrogate, which leaves the text unchanged
   */
  public void append(String piece) {
    String whole = characters.next(piece);
    if (StrictUtf8.length(whole) < 0) {
      characters.forget();
      throw JsonFields.invalid("the text has half of a surrogate pair, which is no character");
    }
    if (whole.isEmpty()) {
      return;
    }
    hasWord |= !whole.isBlank();
    unflushed = true;
    if (!dropped && (feed == null || feed.isFull())) {
      ahead += whole.length();
    }
    tell(to -> to.append(whole));
  }

  /**
   * Has the text so far spoken without waiting for more. It has no effect if nothing has come since
   * the last call.
   */
  public void flush() {
    if (unflushed) {
      unflushed = false;
      tell(TextFeed::flush);
    }
  }

  /** Completes the text. It breaks off if it ends with half of a surrogate pair. */
  public void end() {
    ended = true;
    if (characters.isCut()) {
      tell(to -> to.breakOff(CUT));
    }
    tell(TextFeed::end);
  }

  /** Breaks the text off with a failure. */
  public void breakOff(Failure why) {
    tell(to -> to.breakOff(why));
  }

  private void tell(Consumer<TextFeed> what) {
    if (dropped) {
      return;
    }
    if (feed == null) {
      waiting.add(what);
    } else {
      what.accept(feed);
    }
  }

  /** Starts to pass the text on to its turn. */
  public void feed(TextFeed to) {
    feed = to;
    to.drainHandler(this::drained);
    ahead = 0;
    waiting.forEach(what -> what.accept(to));
    waiting.clear();
    onChange.run();
  }

  private void drained() {
    ahead = 0;
    onChange.run();
  }

  /** Discards the text and everything that is still written up to its end. */
  public void drop() {
    dropped = true;
    ahead = 0;
    waiting.clear();
  }
}
