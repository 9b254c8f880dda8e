package io.voicebus.launcher;

import io.voicebus.bus.Bus;
import io.voicebus.contract.AnswerReport;
import io.voicebus.gemini.Answer;
import io.voicebus.gemini.Question;
import io.voicebus.gemini.TextSink;
import io.voicebus.gemini.TextSource;
import org.jspecify.annotations.Nullable;

/**
 * A model in virtual time that answers with the prompt. Asked to go on with an answer, it repeats
 * some of what was said, as models do, and then goes on.
 */
final class WorldModel implements TextSource {
  /** Longer than what may be said twice by chance, and shorter than what is looked at. */
  private static final int REPEATED_CHARS = 30;

  private static final AnswerReport REPORT =
      new AnswerReport("model", "world", AnswerReport.Ending.COMPLETE, 1, 0, 0, 0);

  private final Bus bus;
  private final int deltaChars;
  private final int deltasPerSecond;

  WorldModel(Bus bus, int deltaChars, int deltasPerSecond) {
    this.bus = bus;
    this.deltaChars = deltaChars;
    this.deltasPerSecond = deltasPerSecond;
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public String model() {
    return "world";
  }

  @Override
  public Answer answer(Question question, TextSink sink) {
    Writing writing =
        new Writing(
            question.prompt(), Math.max(0, question.said().length() - REPEATED_CHARS), sink);
    writing.resume();
    return writing;
  }

  private final class Writing implements Answer {
    private final String text;
    private final TextSink sink;
    private int at;
    private boolean paused = true;
    private boolean over;
    private Bus.@Nullable Timer timer;

    Writing(String text, int from, TextSink sink) {
      this.text = text;
      this.at = from;
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
        timer = bus.after(1_000_000_000L / deltasPerSecond, this::write);
      }
    }

    @Override
    public void cancel() {
      pause();
      over = true;
    }

    private void write() {
      if (at >= text.length()) {
        cancel();
        sink.report(REPORT);
        sink.end();
        return;
      }
      int from = at;
      at = Math.min(text.length(), at + deltaChars);
      timer = bus.after(1_000_000_000L / deltasPerSecond, this::write);
      sink.text(text.substring(from, at));
    }
  }
}
