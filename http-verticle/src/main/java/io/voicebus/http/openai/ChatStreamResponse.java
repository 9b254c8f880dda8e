package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.wire.ErrorDialect;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.TurnEvent;
import java.util.Base64;

/** A spoken answer as a stream: its text as it is written, and its audio as it is spoken. */
final class ChatStreamResponse extends EncodedResponse {
  static final String VOICE = "audio.voice";

  private final ChatAnswer answer;
  private final boolean withUsage;

  ChatStreamResponse(
      ApiSessions sessions,
      HttpServerRequest request,
      ChatOrder.Audio audio,
      ChatAnswer answer,
      boolean withUsage) {
    super(sessions, request, audio.coding(), VOICE);
    this.answer = answer;
    this.withUsage = withUsage;
  }

  private void first() {
    if (!headSent()) {
      head(EventText.CONTENT_TYPE);
      write(
          answer.text.delta(
              JsonText.object()
                  .put("role", "assistant")
                  .putJson("content", "null")
                  .put(
                      "audio", JsonText.object().put("id", answer.audioId).put("transcript", ""))));
    }
  }

  @Override
  public void event(TurnEvent event) {
    String text = answer.next(event);
    if (!text.isEmpty()) {
      first();
      write(answer.audio(JsonText.object().put("transcript", text)));
    }
  }

  @Override
  protected void started(int turnRateHz) {
    first();
  }

  @Override
  public void encoded(byte[] bytes) {
    write(answer.audio(JsonText.object().put("data", Base64.getEncoder().encodeToString(bytes))));
  }

  @Override
  protected Future<Void> complete() {
    write(answer.audio(JsonText.object().put("expires_at", answer.expiresAt())));
    write(answer.end(withUsage, spokenMs()));
    return end();
  }

  @Override
  protected boolean finishesWith(Failure why) {
    return why.kind() == FailureKind.BLOCKED && headSent();
  }

  @Override
  protected Future<Void> broken(Failure why) {
    write(EventText.of(ErrorDialect.OPENAI.body(Invalid.of(why, VOICE))));
    return super.broken(why);
  }
}
