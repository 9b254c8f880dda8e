package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Failure;
import io.voicebus.contract.AnswerReport;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes an answer and remembers it; everything comes on the source's context. */
final class RecordedAnswer implements TextSink {
  private final StringBuilder text = new StringBuilder();
  private final Promise<Optional<Failure>> over = Promise.promise();
  private final Promise<String> first = Promise.promise();
  private final Consumer<String> onText;
  private boolean perhapsEnded;
  private int ends;
  private @Nullable AnswerReport report;

  RecordedAnswer(Consumer<String> onText) {
    this.onText = onText;
  }

  @Override
  public void text(String piece) {
    if (ends > 0 || perhapsEnded) {
      throw new IllegalStateException("text after the end");
    }
    text.append(piece);
    first.tryComplete(piece);
    onText.accept(piece);
  }

  @Override
  public void report(AnswerReport told) {
    if (ends > 0 || report != null) {
      throw new IllegalStateException("a report after the end, or a second one");
    }
    report = told;
  }

  @Override
  public void perhapsEnded() {
    if (ends > 0 || perhapsEnded || report == null) {
      throw new IllegalStateException("ended twice, or without a report");
    }
    perhapsEnded = true;
  }

  @Override
  public void end() {
    close(Optional.empty());
  }

  @Override
  public void fail(Failure failure) {
    close(Optional.of(failure));
  }

  private void close(Optional<Failure> how) {
    if (++ends > 1) {
      throw new IllegalStateException("ended twice");
    }
    over.complete(how);
  }

  /** How it ended. */
  Future<Optional<Failure>> over() {
    return over.future();
  }

  /** Whether all seems to have been said; on the source's context only. */
  boolean hasPerhapsEnded() {
    return perhapsEnded;
  }

  Future<String> first() {
    return first.future();
  }

  /** What was said about it; once it is over. */
  AnswerReport report() {
    return Objects.requireNonNull(report);
  }

  /** All of it; once it is over. */
  String text() {
    return text.toString();
  }
}
