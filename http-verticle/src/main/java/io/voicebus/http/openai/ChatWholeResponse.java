package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.WholeAudio;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.TurnEvent;
import java.util.Base64;

/** A spoken answer in one piece. */
final class ChatWholeResponse extends EncodedResponse {
  private final ChatAnswer answer;
  private final WholeAudio audio = new WholeAudio();

  ChatWholeResponse(
      ApiSessions sessions, HttpServerRequest request, ChatOrder.Audio audio, ChatAnswer answer) {
    super(sessions, request, audio.coding(), ChatStreamResponse.VOICE);
    this.answer = answer;
  }

  @Override
  public void event(TurnEvent event) {
    answer.next(event);
  }

  @Override
  protected void started(int turnRateHz) {}

  @Override
  public void encoded(byte[] bytes) {
    keep(
        audio,
        bytes,
        () ->
            Invalid.tooLarge(
                "stream", "the answer is too long for one piece: ask with 'stream' set to true"));
  }

  @Override
  protected Future<Void> complete() {
    JsonText spoken =
        JsonText.object()
            .put("id", answer.audioId)
            .put("data", Base64.getEncoder().encodeToString(audio.bytes(coding, turnRateHz())))
            .put("expires_at", answer.expiresAt())
            .put("transcript", answer.transcript().toString());
    JsonText message =
        JsonText.object()
            .put("role", "assistant")
            .putJson("content", "null")
            .putJson("refusal", "null")
            .put("audio", spoken);
    return Body.json(
        response(), answer.text.whole(message, answer.reason(), answer.usage(spokenMs())));
  }
}
