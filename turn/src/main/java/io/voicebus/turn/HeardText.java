package io.voicebus.turn;

import io.voicebus.contract.ListenerPosition;

/**
 * How much of an answer was heard, for the one who gets a turn's events and keeps its conversation
 * itself. Within a chunk it goes by the words that the voice tells, else in proportion to time, and
 * ends at a word. NOT thread safe.
 */
public final class HeardText {
  private final HeardAnswer answer = new HeardAnswer();
  private int rateHz = ListenerPosition.ASSUMED_RATE_HZ;
  private boolean skips;

  /** The turn's rate. */
  public void rate(int hz) {
    rateHz = hz;
    answer.rate(hz);
  }

  /** What happened; all events of the turn, in their order. */
  public void event(TurnEvent event) {
    if (event instanceof TurnEvent.Text text) {
      answer.text(text.text());
    } else if (event instanceof TurnEvent.TextCut cut) {
      answer.cutText((int) cut.at());
    } else if (event instanceof TurnEvent.Caption caption) {
      answer.caption(caption.chunk());
    } else if (event instanceof TurnEvent.Skipped skipped) {
      skips = true;
      answer.skipped(skipped.chunk().chunk());
    } else if (event instanceof TurnEvent.Mark mark) {
      answer.mark(mark.mark());
    } else if (event instanceof TurnEvent.Word word) {
      answer.word(word.word());
    }
  }

  /** Whether a part of the text cannot be heard. */
  public boolean skips() {
    return skips;
  }

  /** The text when everything that can be heard has been. */
  public String all() {
    return answer.all();
  }

  /**
   * The text up to the last word that was wholly heard.
   *
   * @param ms of the turn's audio that were played
   */
  public String upTo(long ms) {
    return answer.upTo(ms * rateHz / 1000);
  }
}
