package io.voicebus.gemini;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.TextDelta;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer. Until its first text was passed on it retries, at the same service and then at the
 * fallbacks. It passes the text on in pieces, so that a pause takes effect at once, and it ends
 * once. Bound to the context of its bus.
 */
final class ModelAnswer implements Answer, ModelAttempt.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ModelAnswer.class);

  /** The longest wait for a service that asks for a pause. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration NEXT_WAIT = Duration.ofSeconds(1);

  private final Bus bus;
  private final ModelCounts counts;
  private final DoubleSupplier random;
  private final Question question;
  private final TextSink sink;
  private final ArrayDeque<String> pieces = new ArrayDeque<>();
  private final ArrayDeque<Asker> others;

  /** Left alone for now: they are asked once all others have failed. */
  private final ArrayDeque<Asker> resting = new ArrayDeque<>();

  private Asker asker;

  /** Whether all others have failed, and one that is left alone is asked after all. */
  private boolean afterAll;

  private final EnumSet<Concession> made = EnumSet.noneOf(Concession.class);
  private int retries;
  private int attempts;
  private long askedSince;
  private long attemptSince;
  private @Nullable ModelAttempt attempt;
  private Bus.@Nullable Timer wait;
  private Bus.@Nullable Timer total;
  private final Duration totalLimit;
  private long totalLeft;
  private long runningSince;
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
      List<? extends Asker> askers,
      Question question,
      TextSink sink) {
    this.bus = bus;
    this.counts = new ModelCounts(bus.meters());
    this.random = random;
    this.others = new ArrayDeque<>(askers);
    this.asker = others.remove();
    this.made.addAll(asker.made());
    this.question = question;
    this.sink = sink;
    this.totalLimit = asker.limits().total();
    this.totalLeft = totalLimit.toNanos();
  }

  /** How an answer gets at a service. */
  interface Asker {
    /** Its name, as the settings have it. */
    String source();

    /** The model's name at its service. */
    String model();

    /** Of each attempt. */
    ModelLimits limits();

    /** How to speak of it. */
    ServiceWords words();

    /** What is known to be needed, since it does not take requests as they are. */
    Set<Concession> made();

    /** What might help against a fault that a request met, beyond what was made already. */
    Optional<Concession> against(ModelFault fault, Set<Concession> already);

    /** This has helped: go on so. */
    void helped(Set<Concession> by);

    /**
     * The source has failed, and another one is asked in its place.
     *
     * @param nanos how long its last attempt took
     */
    void passedOver(FailureKind why, String next, long nanos);

    /** Whether it has failed like this since it last answered: it is asked once, and not again. */
    boolean fails();

    /** Whether it kept a turn waiting lately, so that others are asked in its place at once. */
    boolean rests();

    /** Begins an attempt. */
    ModelAttempt ask(Question question, Set<Concession> with, ModelAttempt.Listener listener);

    /** A failure as it may be told. */
    Failure failure(ModelFault fault);
  }

  void begin() {
    if (!over) {
      askedSince = bus.nanoTime();
      startTotal();
      while (!others.isEmpty() && asker.rests()) {
        resting.add(asker);
        goTo(others.remove());
      }
      attempt();
    }
  }

  private void attempt() {
    wait = null;
    attempts++;
    attemptSince = bus.nanoTime();
    counts.request(asker.source());
    finish = ModelFinish.OPEN;
    begun.again();
    repetition.again();
    attempt = asker.ask(question, Set.copyOf(made), this);
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
        repetition.accept(chunk.text()) ? asker.words().repeating() : chunk.fault().orElse(null);
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
    ServiceWords words = asker.words();
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
    asker.helped(Set.copyOf(made));
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
    counts.failure(asker.source(), fault.kind());
    Optional<Concession> concession = asker.against(fault, made);
    if (begun.found()) {
      giveUp(fault);
    } else if (concession.isPresent()) {
      made.add(concession.get());
      attempt();
    } else if (mayWaitForLoading(fault)) {
      wait = bus.after(NEXT_WAIT.toNanos(), this::attempt);
    } else if (mayRetry(fault)) {
      retryLater(fault);
    } else if (fault.mayGoBetterElsewhere() && !(others.isEmpty() && resting.isEmpty())) {
      askAnother(fault);
    } else {
      giveUp(fault);
    }
  }

  /**
   * A model that is being loaded is worth waiting for as long as an answer is, if it is the last.
   */
  private boolean mayWaitForLoading(ModelFault fault) {
    long waited = bus.nanoTime() - askedSince;
    return fault.cause() == ModelFault.Cause.LOADING
        && others.isEmpty()
        && waited < asker.limits().headers().toNanos();
  }

  /** One that was silent for its whole time is not waited for again where there is another. */
  private boolean mayRetry(ModelFault fault) {
    return retries < Math.min(asker.limits().retries(), fault.retries())
        && fault.cause() != ModelFault.Cause.LOADING
        && ((others.isEmpty() && !afterAll) || !asker.fails())
        && (others.isEmpty() || fault.kind() != FailureKind.TIMEOUT)
        && fault.after().compareTo(PATIENCE) <= 0;
  }

  private void retryLater(ModelFault fault) {
    Duration usual = retries == 0 ? FIRST_WAIT : NEXT_WAIT;
    long nanos = (long) (usual.toNanos() * (0.75 + random.getAsDouble() / 2));
    retries++;
    LOG.info(
        "attempt {} at the answer of turn {} failed ({}), trying again",
        attempts,
        question.turn().turn(),
        fault.kind());
    wait = bus.after(Math.max(nanos, fault.after().toNanos()), this::attempt);
  }

  private void askAnother(ModelFault fault) {
    afterAll = others.isEmpty();
    Asker next = afterAll ? resting.remove() : others.remove();
    asker.passedOver(fault.kind(), next.source(), bus.nanoTime() - attemptSince);
    LOG.info(
        "turn {}: {} failed ({}), asking {}",
        question.turn().turn(),
        asker.source(),
        fault.kind(),
        next.source());
    goTo(next);
    attempt();
  }

  private void goTo(Asker next) {
    counts.fallback(asker.source(), next.source());
    asker = next;
    askedSince = bus.nanoTime();
    made.clear();
    made.addAll(asker.made());
    retries = 0;
  }

  private void giveUp(ModelFault fault) {
    boolean blocked = fault.kind() == FailureKind.BLOCKED;
    report(blocked ? AnswerReport.Ending.BLOCKED : AnswerReport.Ending.BROKEN_OFF);
    end(() -> sink.fail(asker.failure(fault)));
  }

  private void report(AnswerReport.Ending how) {
    ModelUsage usage = attempt == null ? ModelUsage.NONE : attempt.usage();
    String model = usage.model().isEmpty() ? asker.model() : usage.model();
    report =
        new AnswerReport(
            asker.source(),
            model,
            how,
            attempts,
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
      stopTotal();
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
      stopTotal();
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
        startTotal();
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
    stopTotal();
    if (wait != null) {
      wait.cancel();
    }
  }

  private void stopAttempt() {
    if (attempt != null) {
      attempt.cancel();
    }
  }

  private void startTotal() {
    runningSince = bus.nanoTime();
    total = bus.after(Math.max(1, totalLeft), this::tooLong);
  }

  private void stopTotal() {
    if (total != null) {
      total.cancel();
      total = null;
      totalLeft -= bus.nanoTime() - runningSince;
    }
  }

  private void tooLong() {
    stopAttempt();
    if (wait != null) {
      wait.cancel();
    }
    if (!over && end == null) {
      String detail =
          asker.words().service()
              + "'s answer takes longer than "
              + totalLimit.toMillis()
              + " ms, the limit for all of it";
      giveUp(ModelFault.of(FailureKind.TIMEOUT, detail, 0));
    }
  }
}
