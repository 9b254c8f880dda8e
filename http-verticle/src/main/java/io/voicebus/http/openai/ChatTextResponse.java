package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Conversation;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.ErrorDialect;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import io.voicebus.http.wire.StreamedBody;
import io.voicebus.turn.TextAnswer;
import io.voicebus.turn.TurnRequest;
import org.jspecify.annotations.Nullable;

/** An answer in text alone, as a stream or in one piece. */
final class ChatTextResponse implements TextAnswer.Listener {
  private static final int QUEUE_BYTES = 32 * 1024;

  private final ApiSessions sessions;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ChatAnswer answer;
  private final boolean stream;
  private final boolean withUsage;
  private @Nullable TextAnswer source;
  private @Nullable Promise<Void> slow;
  private boolean over;

  ChatTextResponse(
      ApiSessions sessions, HttpServerRequest request, ChatOrder order, ChatAnswer answer) {
    this.sessions = sessions;
    this.request = request;
    this.response = request.response();
    this.answer = answer;
    this.stream = order.stream();
    this.withUsage = order.usage();
  }

  /** Has it answered, unless the client has gone. */
  void begin(TurnRequest wanted) {
    if (response.closed()) {
      return;
    }
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(ignored -> drained());
    response.closeHandler(ignored -> gone());
    response.exceptionHandler(ignored -> {});
    source = sessions.answer(wanted, request, this);
  }

  private void gone() {
    over = true;
    drained();
    if (source != null) {
      source.cancel("the client has gone");
    }
  }

  private void drained() {
    if (slow != null) {
      slow.complete();
      slow = null;
      if (source != null) {
        source.resume();
      }
    }
  }

  @Override
  public void text(String piece) {
    if (over) {
      return;
    }
    answer.append(piece);
    if (stream) {
      begin();
      response.write(answer.text.delta(JsonText.object().put("content", piece)));
      if (response.writeQueueFull() && slow == null && source != null) {
        slow = Promise.promise();
        sessions.awaitClient(request, slow.future());
        source.pause();
      }
    } else if (answer.transcript().length() == Conversation.MAX_ANSWER_CHARS) {
      over = true;
      if (source != null) {
        source.cancel("the answer is too long");
      }
      ProblemResponse.send(
          request,
          Invalid.tooLarge("stream", "the answer is too long for one piece: ask with 'stream'")
              .problem());
    }
  }

  private void begin() {
    if (!response.headWritten()) {
      response.putHeader("X-Accel-Buffering", "no");
      StreamedBody.begin(response, EventText.CONTENT_TYPE);
      response.write(
          answer.text.delta(JsonText.object().put("role", "assistant").put("content", "")));
    }
  }

  @Override
  public void answered(AnswerReport report) {
    answer.answered(report);
  }

  @Override
  public void ended(@Nullable Failure failure) {
    if (over) {
      return;
    }
    over = true;
    boolean begun = answer.transcript().length() > 0;
    if (failure == null || (failure.kind() == FailureKind.BLOCKED && begun)) {
      sessions.awaitClient(request, complete());
    } else if (response.headWritten()) {
      Future<Void> told =
          response.write(EventText.of(ErrorDialect.OPENAI.body(ProblemMapping.of(failure))));
      sessions.awaitClient(
          request, told.onComplete(sent -> ConnectionWatch.abort(request.connection())));
    } else {
      ProblemResponse.send(request, ProblemMapping.of(failure));
    }
  }

  private Future<Void> complete() {
    if (stream) {
      begin();
      return response.end(answer.end(withUsage, 0));
    }
    JsonText message =
        JsonText.object()
            .put("role", "assistant")
            .put("content", answer.transcript().toString())
            .putJson("refusal", "null");
    return Body.json(response, answer.text.whole(message, answer.reason(), answer.usage(0)));
  }
}
