package io.voicebus.gemini;

import io.voicebus.bus.Bus;
import io.voicebus.contract.AnswerReport;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Needs no key and no model: answers with the prompt itself, as deltas at the pace of a model, so
 * that it is read aloud.
 */
final class ReaderSource implements TextSource {
  static final String NAME = "reader";

  /** Tells the listener that no model has answered. */
  private static final AnswerReport REPORT =
      new AnswerReport(NAME, "", AnswerReport.Ending.COMPLETE, 1, 0, 0, 0);

  private final Bus bus;
  private final int deltaChars;
  private final int deltasPerSecond;

  /**
   * A reader.
   *
   * @param deltaChars UTF-16 units of a delta, at least 1; one more where it would split a pair
   * @param deltasPerSecond the pace; 0 for as fast as it is taken
   */
  ReaderSource(Bus bus, int deltaChars, int deltasPerSecond) {
    this.bus = bus;
    this.deltaChars = deltaChars;
    this.deltasPerSecond = deltasPerSecond;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isModel() {
    return false;
  }

  @Override
  public Answer answer(Question question, TextSink sink) {
    String prompt = question.prompt();
    int read = prompt.startsWith(question.said()) ? question.said().length() : 0;
    Reading reading = new Reading(prompt.substring(read), sink);
    reading.resume();
    return reading;
  }

  private final class Reading implements Answer {
    /** How many deltas are sent at once if there is no pace; other tasks run in between. */
    private static final int BURST = 64;

    private final String text;
    private final TextSink sink;
    private int at;
    private long dueNanos;
    private boolean paused = true;
    private boolean over;
    private Bus.@Nullable Timer timer;

    Reading(String text, TextSink sink) {
      this.text = text;
      this.sink = sink;
    }

    @Override
    public void pause() {
      paused = true;
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    }

    @Override
    public void resume() {
      if (paused && !over) {
        paused = false;
        dueNanos = bus.nanoTime();
        later(0);
      }
    }

    @Override
    public void cancel() {
      pause();
      over = true;
    }

    private void later(long nanos) {
      timer = bus.after(nanos, this::read);
    }

    private void read() {
      timer = null;
      long now = bus.nanoTime();
      for (int n = 0; n < BURST && !paused && dueNanos <= now; n++) {
        if (at == text.length()) {
          cancel();
          sink.report(REPORT);
          sink.end();
          return;
        }
        String delta = next();
        dueNanos += deltasPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / deltasPerSecond;
        sink.text(delta);
      }
      if (!paused && timer == null) {
        later(Math.max(0, dueNanos - now));
      }
    }

    private String next() {
      int end = Math.min(text.length(), at + deltaChars);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      String delta = text.substring(at, end);
      at = end;
      return delta;
    }
  }
}
