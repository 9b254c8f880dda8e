package io.voicebus.http.openai.realtime;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.TextAnswer;
import io.voicebus.turn.TurnRequest;
import org.jspecify.annotations.Nullable;

/** A response in text alone. */
final class WrittenResponse implements RealtimeResponse, TextAnswer.Listener {
  private final RealtimeOutput out;
  private final RealtimeAnswer answer;
  private final Runnable onOver;
  private @Nullable TextAnswer source;
  private boolean paused;

  private WrittenResponse(RealtimeOutput out, RealtimeAnswer answer, Runnable onOver) {
    this.out = out;
    this.answer = answer;
    this.onOver = onOver;
  }

  /**
   * Starts one, and tells that it has begun.
   *
   * @param onOver told when its end has been
   * @throws RuntimeException if it is not accepted
   */
  static WrittenResponse begin(
      ApiSessions sessions,
      HttpServerRequest request,
      RealtimeOutput out,
      RealtimeOrder order,
      RealtimeAnswer answer,
      Runnable onOver) {
    WrittenResponse response = new WrittenResponse(out, answer, onOver);
    response.source =
        sessions.answer(
            TurnRequest.toCaller(
                    order.dialogue().prompt(), TurnOptions.DEFAULTS.withMode(TextMode.ASK))
                .withBackground(order.background()),
            request,
            response);
    answer.begin();
    return response;
  }

  @Override
  public RealtimeAnswer answer() {
    return answer;
  }

  @Override
  public void text(String piece) {
    answer.text(answer.transcript().next(piece));
    if (out.full() && !paused && source != null) {
      paused = true;
      source.pause();
    }
  }

  @Override
  public void answered(AnswerReport report) {
    answer.answered(report);
  }

  @Override
  public void ended(@Nullable Failure failure) {
    if (failure == null) {
      answer.complete();
    } else if (failure.kind() == FailureKind.BLOCKED && answer.transcript().text().length() > 0) {
      answer.blocked();
    } else {
      answer.fail(ProblemMapping.of(failure));
    }
    onOver.run();
  }

  @Override
  public void drained() {
    if (paused && source != null) {
      paused = false;
      source.resume();
    }
  }

  @Override
  public void cancel(String why) {
    abandon(why);
    answer.cancel(0);
    onOver.run();
  }

  @Override
  public void abandon(String why) {
    if (source != null) {
      source.cancel(why);
    }
  }
}
