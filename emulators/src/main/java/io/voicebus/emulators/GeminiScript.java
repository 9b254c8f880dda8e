package io.voicebus.emulators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the emulator does with one request that obeys the rules.
 *
 * @param refusal answers instead of a stream; the rest is of no matter then
 * @param parts the answer, in order
 * @param pace how fast it comes
 * @param framing how it looks on the wire
 * @param ending how it ends
 */
public record GeminiScript(
    @Nullable GeminiRefusal refusal,
    List<GeminiPart> parts,
    TextPace pace,
    SseFraming framing,
    GeminiEnding ending) {

  public GeminiScript {
    parts = List.copyOf(parts);
  }

  /** An answer that ends well, at once. */
  public static GeminiScript answer(GeminiPart... parts) {
    return new GeminiScript(
        null, List.of(parts), TextPace.INSTANT, SseFraming.CRLF, GeminiEnding.STOP);
  }

  /** An answer that ends well, at once. */
  public static GeminiScript answer(String text) {
    return answer(GeminiPart.text(text));
  }

  /** No stream. */
  public static GeminiScript refuse(GeminiRefusal refusal) {
    return new GeminiScript(
        refusal, List.of(), TextPace.INSTANT, SseFraming.CRLF, GeminiEnding.STOP);
  }

  public GeminiScript at(TextPace other) {
    return new GeminiScript(refusal, parts, other, framing, ending);
  }

  public GeminiScript framed(SseFraming other) {
    return new GeminiScript(refusal, parts, pace, other, ending);
  }

  public GeminiScript ending(GeminiEnding other) {
    return new GeminiScript(refusal, parts, pace, framing, other);
  }
}
