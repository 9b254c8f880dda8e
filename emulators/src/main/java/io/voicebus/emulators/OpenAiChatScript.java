package io.voicebus.emulators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the emulator does with one request for an answer that obeys the rules.
 *
 * @param refusal answers instead of a stream; the rest is of no matter then
 * @param parts the answer, in order
 * @param pace how fast it comes
 * @param framing how it looks on the wire
 * @param style how its events are filled in
 * @param ending how it ends
 */
public record OpenAiChatScript(
    @Nullable OpenAiRefusal refusal,
    List<OpenAiPart> parts,
    TextPace pace,
    SseFraming framing,
    OpenAiStyle style,
    OpenAiEnding ending) {

  public OpenAiChatScript {
    parts = List.copyOf(parts);
  }

  /** An answer that ends well, at once. */
  public static OpenAiChatScript answer(OpenAiPart... parts) {
    return new OpenAiChatScript(
        null,
        List.of(parts),
        TextPace.INSTANT,
        SseFraming.LF,
        OpenAiStyle.OPENAI,
        OpenAiEnding.STOP);
  }

  /** An answer that ends well, at once. */
  public static OpenAiChatScript answer(String text) {
    return answer(OpenAiPart.text(text));
  }

  /** No stream. */
  public static OpenAiChatScript refuse(OpenAiRefusal refusal) {
    OpenAiChatScript nothing = answer();
    return new OpenAiChatScript(
        refusal, List.of(), nothing.pace, nothing.framing, nothing.style, nothing.ending);
  }

  /** No stream. */
  public static OpenAiChatScript refuse(OpenAiError error) {
    return refuse(OpenAiRefusal.of(error));
  }

  public OpenAiChatScript at(TextPace other) {
    return new OpenAiChatScript(refusal, parts, other, framing, style, ending);
  }

  public OpenAiChatScript framed(SseFraming other) {
    return new OpenAiChatScript(refusal, parts, pace, other, style, ending);
  }

  public OpenAiChatScript styled(OpenAiStyle other) {
    return new OpenAiChatScript(refusal, parts, pace, framing, other, ending);
  }

  public OpenAiChatScript ending(OpenAiEnding other) {
    return new OpenAiChatScript(refusal, parts, pace, framing, style, other);
  }
}
