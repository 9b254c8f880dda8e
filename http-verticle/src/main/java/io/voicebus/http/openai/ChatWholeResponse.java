package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.audio.AudioFormat;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.TurnEvent;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** A spoken answer in one piece. */
final class ChatWholeResponse extends EncodedResponse {
  /** Longest audio: six minutes of WAV at 24 kHz, hours of anything else. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private final ChatAnswer answer;
  private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

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
  void started(int turnRateHz) {}

  @Override
  public void encoded(byte[] bytes) {
    if (audio.size() + bytes.length > MAX_BYTES) {
      giveUp(
          Invalid.tooLarge(
              "stream", "the answer is too long for one piece: ask with 'stream' set to true"));
    } else {
      audio.write(bytes, 0, bytes.length);
    }
  }

  @Override
  Future<Void> complete() {
    JsonText spoken =
        JsonText.object()
            .put("id", answer.audioId)
            .put("data", Base64.getEncoder().encodeToString(bytes()))
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

  private byte[] bytes() {
    byte[] bytes = audio.toByteArray();
    if (coding.format() == AudioFormat.WAV) {
      int rateHz = coding.encodedRateHz(turnRateHz());
      byte[] head = WavHeader.exact(rateHz, bytes.length - WavHeader.BYTES);
      System.arraycopy(head, 0, bytes, 0, head.length);
    }
    return bytes;
  }
}
