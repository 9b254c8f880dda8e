package io.voicebus.gemini;

import io.voicebus.bus.Failure;
import io.voicebus.contract.AnswerReport;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One turn of a soak: takes its answer, pauses and cancels by chance, and judges. */
final class SoakTurn implements TextSink {
  private final String expected;
  private final Random random;
  private final boolean cancels;
  private final Runnable onOver;
  private final Consumer<String> onWrong;
  private final Consumer<Runnable> soon;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Answer answer;
  private int reports;
  private boolean paused;
  private boolean over;
  private String how = "cancelled";

  /**
   * A turn that is to be begun.
   *
   * @param expected the whole answer
   * @param soon runs a task in a few ms
   * @param onOver called once
   * @param onWrong told what must not be
   */
  SoakTurn(
      String expected,
      Random random,
      Consumer<Runnable> soon,
      Runnable onOver,
      Consumer<String> onWrong) {
    this.expected = expected;
    this.random = random;
    this.cancels = random.nextInt(8) == 0;
    this.soon = soon;
    this.onOver = onOver;
    this.onWrong = onWrong;
  }

  void begun(Answer under) {
    answer = under;
    if (cancels && random.nextInt(4) == 0) {
      cancel();
    } else if (cancels) {
      soon.accept(this::cancel);
    }
  }

  /** How it ended, in a word. */
  String how() {
    return how;
  }

  private void cancel() {
    if (!over && answer != null) {
      answer.cancel();
      over();
    }
  }

  private void over() {
    over = true;
    onOver.run();
  }

  @Override
  public void text(String piece) {
    if (over) {
      onWrong.accept("text after the end");
    }
    if (paused) {
      onWrong.accept("text while paused");
    }
    text.append(piece);
    int choice = random.nextInt(40);
    if (choice == 0 && answer != null) {
      paused = true;
      answer.pause();
      soon.accept(this::resume);
    } else if (choice == 1 && cancels) {
      cancel();
    }
  }

  private void resume() {
    paused = false;
    if (answer != null) {
      answer.resume();
    }
  }

  @Override
  public void report(AnswerReport report) {
    if (over || ++reports > 1 || report.attempts() < 1) {
      onWrong.accept("a report too many: " + report);
    }
  }

  @Override
  public void end() {
    how = "complete";
    finish(text.toString().equals(expected) ? "" : "an answer that is not whole");
  }

  @Override
  public void fail(Failure failure) {
    how = failure.kind().name();
    finish(expected.startsWith(text.toString()) ? "" : "an answer that is another");
  }

  private void finish(String wrong) {
    if (over || reports != 1) {
      onWrong.accept("an end too many, or without a report");
    }
    if (!wrong.isEmpty()) {
      onWrong.accept(wrong + ": " + text.length() + " of " + expected.length() + " chars");
    }
    if (!over) {
      over();
    }
  }
}
