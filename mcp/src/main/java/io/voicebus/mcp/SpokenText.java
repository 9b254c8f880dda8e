package io.voicebus.mcp;

import io.voicebus.contract.PlayoutMark;
import io.voicebus.turn.TurnEvent;
import java.util.Locale;

/** A text for the loudspeaker, which waits there until those before it are done. */
final class SpokenText extends SaidText implements Speaker.Utterance {
  /** Who does not wait for the end is answered by then: clients give a tool a minute at most. */
  private static final long ANSWER_MS = 10_000;

  private final Speaker speaker;
  private final SayOrder order;
  private final SpeakerLock lock;
  private int number;

  SpokenText(McpTurns turns, Speaker speaker, SayOrder order) {
    super(turns);
    this.speaker = speaker;
    this.order = order;
    this.lock = speaker.lock(turns.context().owner());
  }

  /** Waits for its turn; throws as {@link Speaker#add}. */
  void queue() {
    Speaker.Place place = speaker.add(this, turns.context(), order.interrupt());
    number = place.number();
    if (order.waits()) {
      return;
    }
    if (place.ahead() > 0) {
      String first = place.ahead() == 1 ? "one text comes" : place.ahead() + " texts come";
      answer(text(name() + " waits: " + first + " first", false));
    } else {
      turns
          .context()
          .owner()
          .setTimer(ANSWER_MS, late -> answer(text(name() + " has not begun yet", false)));
    }
  }

  @Override
  String elsewhere() {
    return " (here: say it with output=audio, and its sound comes back in the answer)";
  }

  private String name() {
    return "text " + number;
  }

  @Override
  public int chars() {
    return order.turn().prompt().length();
  }

  @Override
  public void begin() {
    if (!isOver()) {
      lock.acquire(() -> start(order.turn()));
    }
  }

  @Override
  public void event(TurnEvent event) {
    super.event(event);
    if (!order.waits()
        && event instanceof TurnEvent.Mark mark
        && mark.mark().kind() == PlayoutMark.Kind.FIRST_AUDIO) {
      answer(text(name() + " is being spoken", false));
    }
  }

  @Override
  void finished(TurnEvent.Ended end) {
    done();
    long nanos = Math.max(0, end.timings().end() - Math.max(0, end.timings().firstAudio()));
    String seconds = String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    String told = said("spoken " + seconds + " s");
    if (!answer(text(told, false)) && !isWhole()) {
      speaker.failed(number, told);
    }
  }

  @Override
  public void failed(String why) {
    done();
    if (!answer(text(why, true))) {
      speaker.failed(number, why);
    }
  }

  private void done() {
    lock.release();
    speaker.done(this);
  }

  @Override
  public void stop(String why) {
    if (!isOver()) {
      cancel(why);
      lock.release();
      answer(text("stopped: " + why, false));
    }
  }

  /** The client does not want it any more. */
  void abandoned() {
    if (!isOver()) {
      cancel("the client has gone");
      done();
    }
  }
}
