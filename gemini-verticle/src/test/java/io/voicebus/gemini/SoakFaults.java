package io.voicebus.gemini;

import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiPart;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEnding;
import io.voicebus.emulators.OpenAiError;
import io.voicebus.emulators.OpenAiPart;
import io.voicebus.emulators.OpenAiRefusal;
import io.voicebus.emulators.OpenAiStyle;
import io.voicebus.emulators.SseFraming;
import io.voicebus.emulators.TextPace;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** What goes wrong in a soak: a draw decides, of which half go well. */
final class SoakFaults {
  /** Longer texts are not cut into small pieces. */
  private static final int MANY_CHARS = 5_000;

  private SoakFaults() {}

  /** A draw of its own for each turn and purpose: seeds that are neighbours draw alike. */
  static Random random(long seed, int turn, int purpose) {
    return new Random(new SplittableRandom(seed + turn * 1_000L + purpose).nextLong());
  }

  /** The answer of a turn, the same at each of its attempts. */
  static String text(long seed, int turn) {
    Random random = random(seed, turn, 0);
    String[] words = {"one ", "zwei, ", "trois. ", "四 ", "😀 ", "3 < 4 ", "\n", "\"five\" ", "\\ "};
    StringBuilder text = new StringBuilder("turn " + turn + ": ");
    int count = random.nextInt(100) == 0 ? 20_000 : random.nextInt(80);
    for (int i = 0; i < count; i++) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  private static SseFraming framing(Random random, String text) {
    SseFraming framing = random.nextBoolean() ? SseFraming.CRLF : SseFraming.LF;
    boolean cut = text.length() < MANY_CHARS && random.nextInt(3) == 0;
    framing = cut ? framing.withCutBytes(1 + random.nextInt(40)) : framing;
    return random.nextInt(4) == 0 ? framing.withComments() : framing;
  }

  private static TextPace pace(Random random, String text) {
    int firstMs = random.nextInt(30) == 0 ? 1_000 : random.nextInt(5);
    return text.length() > MANY_CHARS || random.nextBoolean()
        ? new TextPace(firstMs, 0, 5 + random.nextInt(200))
        : new TextPace(firstMs, 5_000, 1 + random.nextInt(20));
  }

  static GeminiScript gemini(Random random, String text) {
    GeminiError error =
        List.of(
                GeminiError.overloaded(),
                GeminiError.rateLimited("0.1s"),
                GeminiError.rateLimited("30s"),
                GeminiError.dailyQuota(),
                GeminiError.badKey(),
                GeminiError.of(500, "INTERNAL", ""),
                GeminiError.of(504, "DEADLINE_EXCEEDED", ""),
                GeminiError.invalid("Something about thinking."))
            .get(random.nextInt(8));
    GeminiScript whole =
        GeminiScript.answer(GeminiPart.thought("hm"), GeminiPart.text(text))
            .at(pace(random, text))
            .framed(framing(random, text));
    GeminiScript none = GeminiScript.answer("");
    SseFraming framing = whole.framing();
    return switch (random.nextInt(40)) {
      case 0 -> GeminiScript.refuse(GeminiRefusal.object(error));
      case 1 -> GeminiScript.refuse(GeminiRefusal.array(error));
      case 2 -> GeminiScript.refuse(GeminiRefusal.html(502, "Bad Gateway"));
      case 3 -> whole.ending(GeminiEnding.errorEvent(error));
      case 4 -> whole.ending(GeminiEnding.jsonTail(error));
      case 5 -> none.ending(GeminiEnding.errorEvent(error));
      case 6 -> none.ending(GeminiEnding.jsonTail(error));
      case 7 -> whole.ending(GeminiEnding.TRUNCATED);
      case 8 -> whole.ending(GeminiEnding.RESET);
      case 9 -> whole.ending(GeminiEnding.SILENCE);
      case 10 -> none.ending(GeminiEnding.RESET);
      case 11 -> none.ending(GeminiEnding.SILENCE);
      case 12 -> none.ending(GeminiEnding.blocked("SAFETY"));
      case 13 -> whole.ending(GeminiEnding.bare("OTHER"));
      case 14 -> none;
      case 15 -> GeminiScript.answer(GeminiPart.thought("hm"), GeminiPart.call("set"));
      case 16 -> whole.framed(framing.keptOpen(SseFraming.After.OPEN));
      case 17 -> whole.framed(framing.keptOpen(SseFraming.After.HEARTBEATS));
      case 18 -> whole.ending(GeminiEnding.inEach("STOP"));
      case 19 -> whole.framed(framing.withoutBlankLines());
      case 20 -> whole.framed(framing.withEscapes());
      case 21 -> none.framed(framing.keptOpen(SseFraming.After.HEARTBEATS));
      default -> whole;
    };
  }

  static OpenAiChatScript openAi(Random random, String text) {
    OpenAiError error =
        List.of(
                OpenAiError.overloaded(),
                OpenAiError.rateLimited(),
                OpenAiError.quota(),
                OpenAiError.badKey(),
                OpenAiError.broken(),
                OpenAiError.loading(),
                OpenAiError.invalid("x", "y", "z"))
            .get(random.nextInt(7));
    OpenAiChatScript whole =
        OpenAiChatScript.answer(OpenAiPart.reasoning("hm"), OpenAiPart.text(text))
            .at(pace(random, text))
            .framed(framing(random, text))
            .styled(random.nextBoolean() ? OpenAiStyle.BARE : OpenAiStyle.OPENAI.withExtras());
    OpenAiChatScript none = OpenAiChatScript.answer("");
    SseFraming framing = whole.framing();
    OpenAiStyle style = whole.style();
    return switch (random.nextInt(48)) {
      case 0 -> OpenAiChatScript.refuse(error);
      case 1 -> OpenAiChatScript.refuse(OpenAiRefusal.of(error).with("retry-after", "1"));
      case 2 -> OpenAiChatScript.refuse(OpenAiRefusal.html(502, "Bad Gateway"));
      case 3 -> whole.ending(OpenAiEnding.errorEvent(error));
      case 4 -> whole.ending(OpenAiEnding.errorLine(error).withDone());
      case 5 -> none.ending(OpenAiEnding.errorEvent(error).withDone());
      case 6 -> none.ending(OpenAiEnding.errorLine(error));
      case 7 -> whole.ending(OpenAiEnding.TRUNCATED);
      case 8 -> whole.ending(OpenAiEnding.RESET);
      case 9 -> whole.ending(OpenAiEnding.SILENCE);
      case 10 -> none.ending(OpenAiEnding.RESET);
      case 11 -> none.ending(OpenAiEnding.SILENCE);
      case 12 -> whole.ending(OpenAiEnding.finish("content_filter"));
      case 13 -> whole.ending(OpenAiEnding.DONE_ONLY);
      case 14 -> none;
      case 15 -> OpenAiChatScript.answer(OpenAiPart.reasoning("hm"));
      case 16 -> OpenAiChatScript.answer("<think>hm");
      case 17 -> whole.framed(framing.keptOpen(SseFraming.After.OPEN));
      case 18 ->
          whole
              .ending(OpenAiEnding.STOP.withoutDone())
              .framed(framing.keptOpen(SseFraming.After.HEARTBEATS));
      case 19 -> whole.ending(OpenAiEnding.inEach("stop"));
      case 20 -> whole.framed(framing.withoutBlankLines());
      case 21 -> whole.framed(framing.withEscapes());
      case 22 -> whole.styled(style.withContent(OpenAiStyle.Content.PARTS));
      case 23 -> whole.styled(style.withShape(OpenAiStyle.Shape.JSON));
      case 24 -> whole.styled(style.withShape(OpenAiStyle.Shape.JSON_AND_DONE));
      case 25 -> none.styled(style.withShape(OpenAiStyle.Shape.JSON));
      case 26 -> none.framed(framing.keptOpen(SseFraming.After.HEARTBEATS));
      case 27 ->
          OpenAiChatScript.refuse(OpenAiRefusal.raw(404, "text/plain", "404 page not found"));
      case 28 ->
          OpenAiChatScript.refuse(OpenAiError.invalid("x", "y", "System role not supported"));
      default -> whole;
    };
  }
}
