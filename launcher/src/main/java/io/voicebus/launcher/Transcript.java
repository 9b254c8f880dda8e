package io.voicebus.launcher;

import io.voicebus.contract.AnswerReport;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnTimings;
import io.voicebus.turn.TurnTimings.Milestone;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints a turn's text as it comes, and its timings at the end. */
final class Transcript implements Consumer<TurnEvent> {
  private final PrintWriter out;

  Transcript(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(TurnEvent event) {
    if (event instanceof TurnEvent.Text text) {
      out.print(text.text());
      out.flush();
    } else if (event instanceof TurnEvent.Skipped skipped) {
      out.println();
      out.println("voicebus: a piece was left out: " + skipped.chunk().failure().detail());
    } else if (event instanceof TurnEvent.Answered answered
        && answered.answer().ending() == AnswerReport.Ending.TRUNCATED) {
      out.println();
      out.println("voicebus: the answer was cut off at the model's limit of tokens");
    } else if (event instanceof TurnEvent.Ended ended) {
      end(ended);
    }
  }

  private void end(TurnEvent.Ended ended) {
    out.println();
    if (ended.failure() != null) {
      out.println("voicebus: " + ended.failure().detail());
    }
    out.println(timings(ended.timings()));
    out.flush();
  }

  static String timings(TurnTimings timings) {
    StringBuilder line = new StringBuilder("voicebus:");
    for (Milestone milestone : Milestone.values()) {
      long nanos = timings.nanos(milestone);
      if (nanos >= 0) {
        line.append(
            String.format(
                Locale.ROOT,
                " %s %.1f ms,",
                milestone.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                nanos / 1e6));
      }
    }
    line.setLength(line.length() - 1);
    return line.append(" after the prompt was accepted").toString();
  }
}
