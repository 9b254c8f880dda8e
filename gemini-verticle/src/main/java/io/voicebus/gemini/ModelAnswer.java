package io.voicebus.gemini;

import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.TextDelta;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer. Until its first text was passed on it retries, at the same service and then at the
 * fallbacks. It passes the text on in pieces, so that a pause takes effect at once, and it ends
 * once. Bound to the context of its bus.
 */
final class ModelAnswer implements Answer, ModelAttempt.Listener {
  private final Bus bus;
  private final ModelCounts counts;
  private final AskPlan plan;
  private final Question question;
  private final TextSink sink;
  private final ArrayDeque<String> pieces = new ArrayDeque<>();
  private @Nullable ModelAttempt attempt;
  private Bus.@Nullable Timer wait;
  private final Duration most;
  private final TotalLimit total;
  private boolean paused;
  private boolean delivering;
  private final RepetitionWatch repetition = new RepetitionWatch();
  private final FirstWord begun = new FirstWord();
  private ModelFinish finish = ModelFinish.OPEN;
  private @Nullable AnswerReport report;
  private boolean reported;
  private @Nullable Runnable end;

  /** All seems to have been said; the sink knows once it has all of it. */
  private boolean perhapsEnded;

  private boolean over;

  /**
   * An answer that has not begun.
   *
   * @param random 0 to 1, spreads retries
   * @param askers in the order in which they are tried; at least one, whose total limit counts
   */
  ModelAnswer(
      Bus bus,
      DoubleSupplier random,
      List<? extends ModelAsker> askers,
      Question question,
      TextSink sink) {
    this.bus = bus;
    this.counts = new ModelCounts(bus.meters());
    this.plan = new AskPlan(question.turn().turn().toString(), counts, random, askers);
    this.question = question;
    this.sink = sink;
    this.most = plan.asker().limits().total();
    this.total = new TotalLimit(bus, most, this::tooLong);
  }

  void begin() {
    if (!over) {
      total.start();
      plan.begin(bus.nanoTime());
      attempt();
    }
  }

  private void attempt() {
    wait = null;
    plan.attempt(bus.nanoTime());
    finish = ModelFinish.OPEN;
    begun.again();
    repetition.again();
    attempt = plan.asker().ask(question, plan.concessions(), this);
    if (paused) {
      attempt.pause();
    }
  }

  @Override
  public void chunk(ModelChunk chunk) {
    if (end != null) {
      return;
    }
    pieces.addAll(TextDelta.pieces(begun.accept(chunk.text())));
    ModelFault fault =
        repetition.accept(chunk.text())
            ? plan.asker().words().repeating()
            : chunk.fault().orElse(null);
    if (fault != null) {
      stopAttempt();
      failed(fault);
    } else {
      if (chunk.finish() != ModelFinish.OPEN && finish == ModelFinish.OPEN) {
        finish = chunk.finish();
      }
      deliver();
    }
  }

  @Override
  public void perhapsEnded() {
    if (end == null && begun.found()) {
      succeed();
      perhapsEnded = true;
      deliver();
    } else if (end == null) {
      stopAttempt();
      ended();
    }
  }

  @Override
  public void ended() {
    if (end != null) {
      return;
    }
    ServiceWords words = plan.asker().words();
    if (finish == ModelFinish.OPEN) {
      String detail = words.service() + "'s answer broke off, try again";
      failed(ModelFault.of(FailureKind.LOST, detail, ModelFault.PASSES));
    } else if (finish == ModelFinish.TRUNCATED && !begun.found()) {
      failed(
          ModelFault.of(
              FailureKind.INVALID_REQUEST,
              "the model used up its tokens before it said anything: raise "
                  + (question.limits().maxTokens() > 0 ? "the limit of the request, or " : "")
                  + words.tokens(),
              0));
    } else if (!begun.found()) {
      failed(words.wordless(attempt != null && attempt.thought()));
    } else {
      succeed();
      end(sink::end);
    }
  }

  private void succeed() {
    plan.asker().helped(plan.concessions());
    boolean truncated = finish == ModelFinish.TRUNCATED;
    report(truncated ? AnswerReport.Ending.TRUNCATED : AnswerReport.Ending.COMPLETE);
  }

  @Override
  public void failed(ModelFault fault) {
    if (over || end != null) {
      return;
    }
    if (fault.cause() == ModelFault.Cause.WAY && attempt != null && attempt.isWhole()) {
      ended();
      return;
    }
    counts.failure(plan.asker().source(), fault.kind());
    OptionalLong next =
        begun.found() ? OptionalLong.empty() : plan.afterFailure(fault, bus.nanoTime());
    if (next.isEmpty()) {
      giveUp(fault);
    } else if (next.getAsLong() == 0) {
      attempt();
    } else {
      wait = bus.after(next.getAsLong(), this::attempt);
    }
  }

  private void giveUp(ModelFault fault) {
    boolean blocked = fault.kind() == FailureKind.BLOCKED;
    report(blocked ? AnswerReport.Ending.BLOCKED : AnswerReport.Ending.BROKEN_OFF);
    end(() -> sink.fail(plan.asker().failure(fault)));
  }

  private void report(AnswerReport.Ending how) {
    ModelUsage usage = attempt == null ? ModelUsage.NONE : attempt.usage();
    String model = usage.model().isEmpty() ? plan.asker().model() : usage.model();
    report =
        new AnswerReport(
            plan.asker().source(),
            model,
            how,
            plan.attempts(),
            usage.promptTokens(),
            usage.answerTokens(),
            usage.thoughtTokens());
  }

  private void end(Runnable how) {
    end = how;
    deliver();
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    String piece;
    while (!paused && !over && (piece = pieces.poll()) != null) {
      sink.text(piece);
    }
    delivering = false;
    Runnable last = end;
    if (over || !pieces.isEmpty()) {
      return;
    }
    if (last != null) {
      cancel();
      tellReport();
      last.run();
    } else if (perhapsEnded && !reported) {
      total.stop();
      tellReport();
      sink.perhapsEnded();
    }
  }

  private void tellReport() {
    if (report != null && !reported) {
      reported = true;
      sink.report(report);
    }
  }

  @Override
  public void pause() {
    if (!paused && !over) {
      paused = true;
      total.stop();
      if (attempt != null) {
        attempt.pause();
      }
    }
  }

  @Override
  public void resume() {
    if (paused && !over) {
      paused = false;
      if (!reported) {
        total.start();
      }
      deliver();
      if (!paused && attempt != null) {
        attempt.resume();
      }
    }
  }

  @Override
  public void cancel() {
    over = true;
    pieces.clear();
    stopAttempt();
    total.stop();
    if (wait != null) {
      wait.cancel();
    }
  }

  private void stopAttempt() {
    if (attempt != null) {
      attempt.cancel();
    }
  }

  private void tooLong() {
    stopAttempt();
    if (wait != null) {
      wait.cancel();
    }
    if (!over && end == null) {
      String detail =
          plan.asker().words().service()
              + "'s answer takes longer than "
              + most.toMillis()
              + " ms, the limit for all of it";
      giveUp(ModelFault.of(FailureKind.TIMEOUT, detail, 0));
    }
  }
}
