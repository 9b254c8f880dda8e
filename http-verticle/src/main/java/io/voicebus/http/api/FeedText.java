package io.voicebus.http.api;

import io.voicebus.bus.Failure;
import io.voicebus.contract.Utf16Pieces;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;
import io.voicebus.turn.TextFeed;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text that a socket's client writes: it waits here until it has a word and its turn begins, and
 * goes to the turn from then on. NOT thread safe.
 */
public class FeedText {
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
   * A text of which nothing is written.
   *
   * @param onChange called when less of it waits
   */
  public FeedText(Runnable onChange) {
    this.onChange = onChange;
  }

  /** How much of it is ahead of its turn. */
  public int ahead() {
    return ahead;
  }

  /** Whether there is anything to hear. */
  public boolean hasWord() {
    return hasWord;
  }

  /** Whether a turn speaks it. */
  public boolean hasBegun() {
    return feed != null;
  }

  /** Whether no more of it comes. */
  public boolean hasEnded() {
    return ended;
  }

  /**
   * More of it. A character that is cut in two is joined.
   *
   * @throws ProblemException for half a character alone, which leaves the text as it was
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

  /** What there is of it is spoken now; where nothing has come since the last time, no more. */
  public void flush() {
    if (unflushed) {
      unflushed = false;
      tell(TextFeed::flush);
    }
  }

  /** There is no more of it. */
  public void end() {
    ended = true;
    tell(TextFeed::end);
  }

  /** No more of it will come. */
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

  /** Its turn begins. */
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

  /** It is not spoken any more: what is still written of it up to its end goes nowhere. */
  public void drop() {
    dropped = true;
    ahead = 0;
    waiting.clear();
  }
}
