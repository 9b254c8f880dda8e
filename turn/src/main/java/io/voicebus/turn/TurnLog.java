package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings.Milestone;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line of the log for each turn that failed or left something out, and, if asked for, for each
 * that ended: for the person who looks after the server. No line has a turn's text. Thread-safe.
 */
public final class TurnLog {
  /**
   * Failures of one second that get a line each: a service that is down fails every turn, and the
   * first lines say why.
   */
  static final int MAX_PER_SECOND = 5;

  private static final Logger LOG = LoggerFactory.getLogger("io.voicebus.turns");

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Runs something later. */
  @FunctionalInterface
  public interface Later {
    void after(long nanos, Runnable task);
  }

  /**
   * A line.
   *
   * @param text for people
   * @param fields the same for programs, by name
   */
  public record Line(String text, Map<String, String> fields) {}

  private final boolean all;
  private final Later later;
  private final Consumer<Line> warnings;
  private final Consumer<Line> information;
  private boolean counting;
  private int failures;

  /**
   * A log whose lines operators see under the name {@code io.voicebus.turns}.
   *
   * @param all whether turns that did not fail get a line, too
   */
  public static TurnLog ofServer(boolean all, Later later) {
    return new TurnLog(
        all, later, line -> tell(LOG.atWarn(), line), line -> tell(LOG.atInfo(), line));
  }

  private static void tell(LoggingEventBuilder event, Line line) {
    LoggingEventBuilder filled = event;
    for (Map.Entry<String, String> field : line.fields().entrySet()) {
      filled = filled.addKeyValue(field.getKey(), field.getValue());
    }
    filled.log(line.text());
  }

  /**
   * A log.
   *
   * @param all whether turns that did not fail get a line, too
   */
  TurnLog(boolean all, Later later, Consumer<Line> warnings, Consumer<Line> information) {
    this.all = all;
    this.later = later;
    this.warnings = warnings;
    this.information = information;
  }

  /**
   * A turn has ended.
   *
   * @param texts what was asked and answered, of which nothing may be logged
   */
  public synchronized void ended(TurnId id, TurnEvent.Ended end, Supplier<TurnTexts> texts) {
    Failure why = end.failure();
    if (end.outcome() == Outcome.FAILED && why != null) {
      if (mayTell()) {
        warnings.accept(line("turn " + id.value() + " failed: " + words(why, texts), id, end));
      }
    } else if (all) {
      String because = why == null ? "" : ": " + words(why, texts);
      information.accept(
          line(
              "turn " + id.value() + " " + word(end.outcome()) + times(end.timings()) + because,
              id,
              end));
    }
  }

  /**
   * A turn has ended, without a failure, and part of its text was not spoken: many clients cannot
   * be told.
   *
   * @param chunks how many were left out; 0 for none, of which nothing is told
   * @param first why the first of them was
   */
  public synchronized void leftOut(
      TurnId id,
      TurnEvent.Ended end,
      int chunks,
      @Nullable Failure first,
      Supplier<TurnTexts> texts) {
    if (chunks > 0 && first != null && end.outcome() != Outcome.FAILED && mayTell()) {
      String parts = chunks == 1 ? "a sentence" : chunks + " sentences";
      String text = "turn " + id.value() + " left out " + parts + ": " + words(first, texts);
      warnings.accept(line(text, id, end, first));
    }
  }

  /** A turn has ended, and nothing of its text could be spoken: its client cannot be told. */
  public synchronized void unspoken(TurnId id, TurnEvent.Ended end) {
    if (end.outcome() == Outcome.FINISHED && mayTell()) {
      String text = "turn " + id.value() + ": nothing of its text can be spoken";
      warnings.accept(line(text, id, end));
    }
  }

  private static Line line(String text, TurnId id, TurnEvent.Ended end) {
    return line(text, id, end, end.failure());
  }

  private static Line line(String text, TurnId id, TurnEvent.Ended end, @Nullable Failure why) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("turn", id.value());
    fields.put("outcome", word(end.outcome()));
    if (why != null) {
      fields.put("stage", word(why.stage()));
      fields.put("kind", word(why.kind()));
    }
    millis(fields, "ms", end.timings().nanos(Milestone.END));
    millis(fields, "first_audio_ms", end.timings().nanos(Milestone.FIRST_AUDIO));
    return new Line(text, fields);
  }

  private static void millis(Map<String, String> fields, String name, long nanos) {
    if (nanos >= 0) {
      fields.put(name, String.valueOf(nanos / 1_000_000));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(Failure why, Supplier<TurnTexts> texts) {
    return word(why.stage()) + ", " + word(why.kind()) + ", " + texts.get().without(why.detail());
  }

  private static String times(TurnTimings timings) {
    return time(" after ", timings.nanos(Milestone.END))
        + time(", first audio after ", timings.nanos(Milestone.FIRST_AUDIO));
  }

  private static String time(String what, long nanos) {
    return nanos < 0 ? "" : what + nanos / 1_000_000 + " ms";
  }

  private boolean mayTell() {
    if (!counting) {
      counting = true;
      failures = 0;
      later.after(SECOND_NANOS, this::endSecond);
    }
    return ++failures <= MAX_PER_SECOND;
  }

  private synchronized void endSecond() {
    counting = false;
    int untold = failures - MAX_PER_SECOND;
    if (untold > 0) {
      warnings.accept(
          new Line(
              untold + " more turns failed, or left something out, within that second", Map.of()));
    }
  }
}
