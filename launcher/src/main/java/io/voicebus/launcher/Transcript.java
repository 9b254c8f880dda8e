package io.voicebus.launcher;

import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.UnspokenText;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings;
import io.voicebus.turn.TurnTimings.Milestone;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints a turn's text as it comes, and its timings at the end. Thread-safe. */
final class Transcript implements Consumer<TurnEvent> {
  /** The transcript that has begun the current line; null between lines. */
  private static final AtomicReference<@Nullable Transcript> UNFINISHED = new AtomicReference<>();

  private final PrintWriter out;
  private final boolean showsText;

  /** What the timings are counted from. */
  private final String origin;

  private final Detail detail;
  private final EventLines lines;

  private boolean lineBegun;
  private boolean over;

  /** How much is shown of a turn. */
  enum Detail {
    /** Failures, and what was left out. */
    QUIET,
    /** The text, and a line of timings at its end. */
    USUAL,
    /** The text, and where the time went. */
    TIMINGS
  }

  private Transcript(
      PrintWriter out, boolean showsText, String origin, Detail detail, EventLines lines) {
    this.lines = lines;
    this.out = out;
    this.showsText = showsText && detail != Detail.QUIET;
    this.origin = origin;
    this.detail = detail;
  }

  private Transcript(PrintWriter out, boolean showsText, String origin) {
    this(out, showsText, origin, Detail.USUAL, EventLines.NONE);
  }

  /** The same for another taste. */
  Transcript with(Detail other) {
    return new Transcript(out, showsText, origin, other, lines);
  }

  /** The same, which has each event written for programs, too. */
  Transcript with(EventLines forPrograms) {
    return new Transcript(out, showsText, origin, detail, forPrograms);
  }

  /** Of the answer to a prompt. */
  static Transcript ofAnswer(PrintWriter out) {
    return new Transcript(out, true, "the prompt was accepted");
  }

  /** Of a text that is known from the beginning. */
  static Transcript ofText(PrintWriter out) {
    return new Transcript(out, true, "the text was accepted");
  }

  /** Of a text that comes as another program writes it. */
  static Transcript ofPipedText(PrintWriter out) {
    return new Transcript(out, true, "the first text came");
  }

  /** Of a text that is on the screen already, as it was typed. */
  static Transcript ofTypedText(PrintWriter out) {
    return new Transcript(out, false, "the first text came");
  }

  /** Says something before the text; nothing where it is empty. */
  synchronized void note(String text) {
    if (!over && !text.isEmpty() && detail != Detail.QUIET) {
      line(text);
    }
  }

  /** Events are missing here, since the reader was too slow. */
  synchronized void gap() {
    if (!over) {
      note("a part of the text is not shown: nobody read what was written here");
      lines.gap();
    }
  }

  @Override
  public synchronized void accept(TurnEvent event) {
    if (over) {
      return;
    }
    lines.accept(event);
    if (event instanceof TurnEvent.Text text && showsText) {
      String shown = TerminalText.of(text.text());
      out.print(shown);
      out.flush();
      lineBegun = shown.isEmpty() ? lineBegun : !shown.endsWith("\n");
      if (lineBegun) {
        UNFINISHED.set(this);
      }
    } else if (event instanceof TurnEvent.Skipped skipped) {
      line("a piece was left out: " + skipped.chunk().failure().detail());
    } else if (event instanceof TurnEvent.Unspoken unspoken) {
      UnspokenText text = unspoken.text();
      line(
          String.format(
              Locale.ROOT,
              "characters %d to %d are not spoken: %s",
              text.sourceStart(),
              text.sourceEnd(),
              inWords(text.content())));
    } else if (event instanceof TurnEvent.Notice notice) {
      line(notice.notice().detail());
    } else if (event instanceof TurnEvent.Answered answered
        && answered.answer().ending() == AnswerReport.Ending.TRUNCATED) {
      line("the answer was cut off at the model's limit of tokens");
    } else if (event instanceof TurnEvent.Ended ended) {
      end(ended);
    }
  }

  private static String inWords(UnspokenText.Content content) {
    return switch (content) {
      case CODE -> "code";
      case MARKUP -> "markup, or signs without a word";
      case THOUGHT -> "a model's thought that nothing closes";
    };
  }

  /** Writes a last line; later events of the turn are not shown. */
  synchronized void stop(String why) {
    if (!over) {
      over = true;
      lines.stopped();
      line(why);
    }
  }

  /** Writes whole lines that are no part of a transcript where one may be shown. Thread-safe. */
  static void aside(Runnable lines) {
    Transcript unfinished = UNFINISHED.get();
    if (unfinished == null) {
      lines.run();
    } else {
      unfinished.interruptedBy(lines);
    }
  }

  private synchronized void interruptedBy(Runnable others) {
    endLine();
    out.flush();
    others.run();
  }

  private void endLine() {
    if (lineBegun) {
      out.println();
      lineBegun = false;
    }
    UNFINISHED.compareAndSet(this, null);
  }

  private void line(String text) {
    endLine();
    out.println("voicebus: " + TerminalText.of(text));
    out.flush();
  }

  private void end(TurnEvent.Ended ended) {
    over = true;
    if (ended.failure() != null) {
      line(ended.failure().detail());
    }
    if (ended.isSilent()) {
      line("nothing was spoken");
      return;
    }
    // Of a turn of which nothing was heard, the message says all there is to say.
    boolean heard =
        ended.outcome() == Outcome.FINISHED || ended.timings().nanos(Milestone.FIRST_AUDIO) >= 0;
    if (heard && detail == Detail.USUAL) {
      line(timings(ended.timings()));
    } else if (heard && detail == Detail.TIMINGS) {
      line("after " + origin + ":");
      Waterfall.of(ended.timings()).forEach(out::println);
      out.flush();
    }
  }

  private String timings(TurnTimings timings) {
    StringBuilder line = new StringBuilder();
    for (Milestone milestone : Milestone.values()) {
      long nanos = timings.nanos(milestone);
      if (nanos >= 0) {
        line.append(
            String.format(
                Locale.ROOT,
                "%s %.1f ms, ",
                milestone.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                nanos / 1e6));
      }
    }
    line.setLength(Math.max(0, line.length() - ", ".length()));
    return line.append(" after ").append(origin).toString();
  }
}
