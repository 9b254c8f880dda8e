package io.voicebus.emulators;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the emulator does with one request for speech that obeys the rules.
 *
 * @param refusal answers instead of audio; the rest is of no matter then
 * @param headDelay from the request's end to the response's head; the first byte's delay comes on
 *     top
 * @param pace how fast the audio comes
 * @param audio how it looks
 * @param fault what goes wrong
 */
public record OpenAiSpeechScript(
    @Nullable OpenAiRefusal refusal,
    Duration headDelay,
    SpeechPace pace,
    OpenAiAudio audio,
    OpenAiSpeechFault fault) {

  /** At once, in pieces of 200 ms that split samples. */
  public static OpenAiSpeechScript instant() {
    return new OpenAiSpeechScript(
        null, Duration.ZERO, SpeechPace.INSTANT, OpenAiAudio.OPENAI, OpenAiSpeechFault.none());
  }

  /** No audio. */
  public static OpenAiSpeechScript refuse(OpenAiRefusal refusal) {
    return new OpenAiSpeechScript(
        refusal, Duration.ZERO, SpeechPace.INSTANT, OpenAiAudio.OPENAI, OpenAiSpeechFault.none());
  }

  /** No audio. */
  public static OpenAiSpeechScript refuse(OpenAiError error) {
    return refuse(OpenAiRefusal.of(error));
  }

  /** The head comes only after so long. */
  public OpenAiSpeechScript withHeadDelay(Duration delay) {
    return new OpenAiSpeechScript(refusal, delay, pace, audio, fault);
  }

  public OpenAiSpeechScript at(SpeechPace other) {
    return new OpenAiSpeechScript(refusal, headDelay, other, audio, fault);
  }

  public OpenAiSpeechScript paced(Duration first, double factor) {
    return at(pace.paced(first, factor));
  }

  public OpenAiSpeechScript inPieces(int ms, boolean odd) {
    return at(pace.inPieces(ms, odd));
  }

  public OpenAiSpeechScript as(OpenAiAudio other) {
    return new OpenAiSpeechScript(refusal, headDelay, pace, other, fault);
  }

  public OpenAiSpeechScript failing(OpenAiSpeechFault what) {
    return new OpenAiSpeechScript(refusal, headDelay, pace, audio, what);
  }
}
