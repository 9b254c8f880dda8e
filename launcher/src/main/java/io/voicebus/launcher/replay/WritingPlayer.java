package io.voicebus.launcher.replay;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a text as it was recorded, at a speed. What was held up goes out at once, and all that
 * follows at its own time. NOT thread safe.
 */
public final class WritingPlayer {
  /** Takes the text. */
  public interface Pen {
    void text(String text);

    void flush();

    /** Nothing follows. */
    void end();

    /** It breaks off. Nothing follows. */
    void fail(Failure why);
  }

  /** Runs a task later, on the thread that it is called on. */
  @FunctionalInterface
  public interface Timers {
    Bus.Timer after(long nanos, Runnable task);
  }

  private final List<RecordedWriting.Step> steps;
  private final ReplaySpeed speed;
  private final Clock clock;
  private final Timers timers;
  private final Pen pen;
  private final long begunAt;
  private int next;
  private boolean flowing;
  private Bus.@Nullable Timer timer;

  /** A player on hold, whose time begins now; {@link #resume} lets it write. */
  public WritingPlayer(
      RecordedWriting writing, ReplaySpeed speed, Clock clock, Timers timers, Pen pen) {
    this.steps = writing.steps();
    this.speed = speed;
    this.clock = clock;
    this.timers = timers;
    this.pen = pen;
    this.begunAt = clock.nanoTime();
  }

  /** Writes nothing for now. */
  public void pause() {
    flowing = false;
    stopTimer();
  }

  /** Writes what is due, and what follows; not from within this call. */
  public void resume() {
    if (!flowing) {
      flowing = true;
      await();
    }
  }

  /** Stops for good. */
  public void cancel() {
    pause();
    next = steps.size();
  }

  private void await() {
    if (next < steps.size()) {
      long due = begunAt + speed.replayed(steps.get(next).atNanos());
      timer = timers.after(Math.max(0, due - clock.nanoTime()), this::write);
    }
  }

  private void write() {
    timer = null;
    while (flowing && next < steps.size() && isDue(steps.get(next))) {
      RecordedWriting.Step step = steps.get(next++);
      switch (step.kind()) {
        case TEXT -> pen.text(step.text());
        case FLUSH -> pen.flush();
        case END -> {
          Failure why = step.failure();
          if (why == null) {
            pen.end();
          } else {
            pen.fail(why);
          }
        }
      }
    }
    if (flowing && timer == null) {
      await();
    }
  }

  private boolean isDue(RecordedWriting.Step step) {
    return clock.nanoTime() - begunAt >= speed.replayed(step.atNanos());
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
