package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Laws that hold for any text, made of pieces that are likely to do harm. */
class AnyTextTest {
  private static final List<String> PIECES =
      List.of(
          "the museum",
          "Dr",
          "e.g.",
          "U.S.",
          "$29",
          "3.14",
          "example.com",
          "https://a.b/c_d",
          "I",
          "Well",
          "und",
          "snake_case",
          "是",
          "今天很好",
          "です",
          "है",
          "متحف",
          "😀",
          "👨‍👩‍👧",
          "e\u0301",
          "한국어",
          ".",
          "...",
          "…",
          "!",
          "?",
          "?!",
          ",",
          ";",
          ":",
          "—",
          "。",
          "！",
          "।",
          "؟",
          "%",
          "+",
          "=",
          "*",
          "**",
          "***",
          "_",
          "__",
          "~~",
          "`",
          "```",
          "~~~",
          "#",
          "##",
          "-",
          "+ ",
          ">",
          "|",
          "---",
          "[",
          "]",
          "(",
          ")",
          "![",
          "](",
          "](x)",
          "[^1]",
          "<b>",
          "</b>",
          "<br>",
          "<think>",
          "</think>",
          "<!--",
          "-->",
          "<",
          "\\",
          "\\*",
          "&amp;",
          "$x",
          "$$",
          "\\(",
          "\\)",
          "\\[",
          "\\frac{",
          "}",
          "[1]",
          " :)",
          "1.)",
          "b.",
          "| --- | --- |\n",
          "Ապրիլի:",
          "l'Ing.",
          "XIV.",
          "\"",
          "“",
          "”",
          "„",
          "«",
          "»",
          "「",
          "」",
          "'",
          "1. ",
          "- ",
          "* ",
          "# ",
          "> ",
          "| a | b |\n",
          "\n",
          "\n\n",
          "\r\n",
          "\t",
          "\u00A0",
          "\u200B",
          "\uD83D",
          "\uDE00",
          " ",
          " ",
          " ",
          " ",
          ". ",
          ".\n");

  private static final List<ChunkerOptions> OPTIONS =
      List.of(
          ChunkerOptions.DEFAULT,
          Speech.SENTENCES.withMaxChars(40),
          ChunkerOptions.DEFAULT.withMarkdown(false).withMaxChars(80),
          ChunkerOptions.DEFAULT.withNameEmoji(true),
          ChunkerOptions.DEFAULT.withMaxChars(60).withCodeRemark("Code."));

  @Test
  void anySplitIntoDeltasGivesTheSameChunks() {
    SeededCases.check(
        4_000,
        random -> {
          // given
          String text = text(random);
          ChunkerOptions options = pick(random, OPTIONS);
          // when
          List<SpeakableChunk> whole = Speech.chunks(options, text);
          List<SpeakableChunk> parts = Speech.chunks(options, split(text, random));
          // then
          assertThat(parts).as(text).isEqualTo(whole);
        });
  }

  @Test
  void chunksAreInOrderTrimmedSpeakableAndNotTooLong() {
    SeededCases.check(
        4_000,
        random -> {
          String text = text(random);
          ChunkerOptions options = pick(random, OPTIONS);
          long end = 0;
          int index = 0;
          for (SpeakableChunk chunk : Speech.chunks(options, text)) {
            assertThat(chunk.index()).isEqualTo(index++);
            assertThat(chunk.sourceStart()).as(text).isEqualTo(end);
            end = chunk.sourceEnd();
            assertThat(end).isBetween(chunk.sourceStart(), (long) text.length());
            assertThat(chunk.text())
                .as(text)
                .isEqualTo(chunk.text().strip())
                .hasSizeBetween(1, options.maxChars())
                .doesNotContain("  ", "\n", "\t");
            assertThat(chunk.text().codePoints())
                .as(text)
                .anyMatch(cp -> Marks.isSpeakable(cp) || Marks.isPicture(cp))
                .noneMatch(cp -> Character.getType(cp) == Character.SURROGATE);
          }
        });
  }

  @Test
  void plainProseIsSpokenWholeOnceAndInOrder() {
    SeededCases.check(
        1_000,
        random -> {
          // given
          List<String> words =
              List.of(
                  "the", "museum", "Dr.", "3.14", "U.S.", "closed.", "why?", "“No.”", "so,", "今天。",
                  "है।", "yes!", "(hm.)", "so...");
          String text =
              IntStream.range(0, 60)
                  .mapToObj(i -> pick(random, words))
                  .collect(Collectors.joining(" "));
          // when
          String spoken = String.join("", Speech.sentences(split(text, random)));
          // then
          assertThat(spoken.replace(" ", "")).isEqualTo(text.replace(" ", ""));
        });
  }

  @Test
  void graphemesAreNeverCutWhenTextIsTooLong() {
    SeededCases.check(
        300,
        random -> {
          // given
          List<String> graphemes =
              List.of("e\u0301", "😀", "👍🏽", "क्षि", "한", "👨‍👩‍👧", "🇩🇪", "x", "7");
          String text =
              IntStream.range(0, 300)
                  .mapToObj(i -> pick(random, graphemes))
                  .collect(Collectors.joining());
          Set<Long> ends =
              Pattern.compile("\\X")
                  .matcher(text)
                  .results()
                  .map(grapheme -> (long) grapheme.end())
                  .collect(Collectors.toSet());
          // when
          List<SpeakableChunk> chunks =
              Speech.chunks(Speech.SENTENCES.withMarkdown(false).withMaxChars(40), text);
          // then
          assertThat(chunks).hasSizeGreaterThan(5);
          assertThat(chunks).allMatch(chunk -> ends.contains(chunk.sourceEnd()));
        });
  }

  /** A text of many marks. */
  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = 1 + random.nextInt(80);
    for (int i = 0; i < pieces; i++) {
      text.append(pick(random, PIECES)).append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  private static String[] split(String text, Random random) {
    List<String> deltas = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + random.nextInt(9));
      deltas.add(text.substring(at, end));
      at = end;
    }
    return deltas.toArray(String[]::new);
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
