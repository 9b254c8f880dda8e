package io.voicebus.emulators;

/**
 * What speech looks like on the wire.
 *
 * @param sampleRateHz 24000 at OpenAI; nothing but a WAV header tells it
 * @param contentType instead of the usual one; empty for the usual one
 * @param wav how WAV is headed
 * @param cutBytes bytes of one write, also through the header of WAV; 0 for whole pieces
 * @param framing of events
 * @param doneEvent whether {@code speech.audio.done} comes
 * @param doneMarker whether {@code data: [DONE]} comes
 */
public record OpenAiAudio(
    int sampleRateHz,
    String contentType,
    OpenAiWav wav,
    int cutBytes,
    SseFraming framing,
    boolean doneEvent,
    boolean doneMarker) {

  /** As OpenAI sends it. */
  public static final OpenAiAudio OPENAI =
      new OpenAiAudio(24_000, "", OpenAiWav.OPENAI, 0, SseFraming.LF, true, false);

  public OpenAiAudio withRate(int hz) {
    return new OpenAiAudio(hz, contentType, wav, cutBytes, framing, doneEvent, doneMarker);
  }

  /** Names another content type, right or wrong. */
  public OpenAiAudio withContentType(String type) {
    return new OpenAiAudio(sampleRateHz, type, wav, cutBytes, framing, doneEvent, doneMarker);
  }

  public OpenAiAudio withWav(OpenAiWav head) {
    return new OpenAiAudio(
        sampleRateHz, contentType, head, cutBytes, framing, doneEvent, doneMarker);
  }

  /** Cuts every write, also the header of WAV. */
  public OpenAiAudio withCutBytes(int bytes) {
    return new OpenAiAudio(sampleRateHz, contentType, wav, bytes, framing, doneEvent, doneMarker);
  }

  public OpenAiAudio framed(SseFraming other) {
    return new OpenAiAudio(sampleRateHz, contentType, wav, cutBytes, other, doneEvent, doneMarker);
  }

  /** How events end: with {@code speech.audio.done}, with {@code [DONE]}, both or neither. */
  public OpenAiAudio ending(boolean event, boolean marker) {
    return new OpenAiAudio(sampleRateHz, contentType, wav, cutBytes, framing, event, marker);
  }
}
