package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "This is **bold** and *slanted* and ***both***. → This is bold and slanted and both.",
        "This is __bold__ and _slanted_ text. → This is bold and slanted text.",
        "It was ~~wrong~~ right. → It was wrong right.",
        "2 * 3 = 6 and 2*3 too. → 2 * 3 = 6 and 2*3 too.",
        "x = 2 ** 3 and 2**3 too. → x = 2 ** 3 and 2**3 too.",
        "Use snake_case_names here. → Use snake_case_names here.",
        "The files *.txt and **/*.java match. → The files *.txt and **/*.java match.",
        "Tom &amp; Ann&nbsp;Lee of AT&T ate &#51; pies. → Tom & Ann Lee of AT&T ate 3 pies.",
        "Not a reference: &unknown; & so. → Not a reference: &unknown; & so.",
        "A 5* hotel is nice. → A 5* hotel is nice.",
        "About ~5 people came. → About ~5 people came.",
        "Run `my_list[0] * 2` now. → Run my_list 0 * 2 now.",
        "See [the docs](https://example.com/a_(b) \"Title\") now. → See the docs now.",
        "See [the *new* docs][ref] now. → See the new docs now.",
        "He said [sic] that (really). → He said [sic] that (really).",
        "Call a[0](b c) twice. → Call a[0](b c) twice.",
        "![A red car](car.png) is here. → A red car is here.",
        "[![Build](b.svg)](https://example.com) passes. → Build passes.",
        "Known fact[^1] here. → Known fact here.",
        "Line<br>break and <b>bold</b> tags. → Line break and bold tags.",
        "If a < b and c > d, stop. → If a < b and c > d, stop.",
        "A List<String> holds text. → A List<String> holds text.",
        "Mail <jane@example.com> now. → Mail jane@example.com now.",
        "Not \\*slanted\\* at all. → Not *slanted* at all.",
        "是**重要**的。 → 是重要的。",
        "Is 50% + 50% = 100%? → Is 50% + 50% = 100%?",
        "# Title → Title",
        "## Title ## → Title",
        "#hashtag is kept. → #hashtag is kept.",
        "> Quoted text here. → Quoted text here.",
        "- [ ] open task → open task",
        "* [x] done task → done task",
        "1. First → 1. First",
        "Use `arr[-1]` here. → Use arr -1 here.",
        "Call `f(2,4)` now. → Call f 2, 4 now.",
        "A `Map<String, Integer>` it is. → A Map String, Integer it is.",
        "Is `a < b` or `x<y` so? → Is a < b or x<y so?",
        "It is `^[a-z]{2}$` then. → It is a-z 2 then.",
        "2) Second → 2) Second",
        "-5 degrees → -5 degrees",
        "[ref]: https://example.com/page → ",
        "--- → ",
        "* * * → ",
        "<!-- a remark --> Text here. → Text here.",
      })
  void speaksTextWithoutMarks(String markdown, String spoken) {
    String expected = spoken == null ? "" : spoken;
    assertThat(String.join(" / ", Speech.sentences(markdown))).isEqualTo(expected);
  }

  @Test
  void headingsItemsAndParagraphsAreChunksOfTheirOwn() {
    assertThat(
            Speech.sentences(
                "# Tea\nBoil water\n\n- Add *leaves*\n- Wait\n  a bit\n\n1. Pour\n2. Drink"))
        .containsExactly("Tea", "Boil water", "Add leaves", "Wait a bit", "1. Pour", "2. Drink");
  }

  @Test
  void anItemBehindAQuoteKeepsItsNumber() {
    assertThat(Speech.sentences("1. First:\n   > Quoted.\n2. Second"))
        .containsExactly("1. First:", "Quoted.", "2. Second");
  }

  @Test
  void codeBlocksAreSilent() {
    assertThat(Speech.sentences("It runs.\n\n```java\nint x = 1;\n```\n\nThen stop."))
        .containsExactly("It runs.", "Then stop.");
  }

  /** A listener would wait in silence, for as long as the model writes the code. */
  @Test
  void aLongBlockThatNothingAnnouncesIsRemarkedOnWhileItIsWritten() {
    Chunker chunker = new Chunker(Speech.SENTENCES);
    String code = "```java\n" + "int x = 1;\n".repeat(60);
    assertThat(Speech.texts(chunker.accept(code, 0))).containsExactly("The code is in the text.");
    assertThat(Speech.texts(chunker.accept(code.substring(8) + "```\nThat is it. ", 0)))
        .containsExactly("That is it.");
    assertThat(chunker.flush()).isEmpty();
    assertThat(Speech.joined(code + "```")).isEqualTo("The code is in the text.");
    assertThat(Speech.joined(code)).isEqualTo("The code is in the text.");
    assertThat(Speech.joined("It runs.\n\n" + code + "```")).isEqualTo("It runs.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "```bash\\nnpm install\\n``` → The code is in the text.",
        "Do it like this:\\n\\n```yaml\\nlevel: debug\\n``` → Do it like this: / The code is in the text.",
        "So sieht das aus:\\n```\\nx\\n```\\nDas ist alles. → So sieht das aus: / Der Code steht im Text. / Das ist alles.",
        "次のコードです:\\n```\\nx\\n``` → 次のコードです: / コードは本文にあります。",
      })
  void codeThatWouldBeMissedIsRemarkedOnInTheTextsLanguage(String markdown, String spoken) {
    assertThat(String.join(" / ", Speech.sentences(markdown.replace("\\n", "\n"))))
        .isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Hello there.<|im_end|> → Hello there.",
        "Hello there.</s> → Hello there.",
        "Hello there.<end_of_turn>\\n → Hello there.",
        "<|im_start|>assistant\\nHello there. → Hello there.",
        "<|start_header_id|>assistant<|end_header_id|>\\n\\nHello there.<|eot_id|> → Hello there.",
        "<|channel|>analysis<|message|>The user greets.<|end|><|start|>assistant<|channel|>final<|message|>Hello there.<|return|> → Hello there.",
        "<start_of_turn>model\\nHello there. → Hello there.",
        "[INST] Hello there. [/INST] → Hello there.",
        "Hello.<｜end▁of▁sentence｜> → Hello.",
        "The token \"<|im_end|>\" ends a turn. → The token \"<|im_end|>\" ends a turn.",
        "If a <| b, or a < b, stop [I]. → If a <| b, or a < b, stop [I].",
        "<tool_call>{\"name\": \"f\"}</tool_call>Hello. → Hello.",
        "Let me look. <tool_call>\\n{\"name\": \"f\"}\\n</tool_call>\\nIt is cold. → Let me look. / It is cold.",
        "Models write a <tool_call> tag. So it is. → Models write a tool_call tag. / So it is.",
        "<function=weather>{\"city\": \"Ulm\"}</function>Hello. → Hello.",
      })
  void aModelsMachineryIsNotSpoken(String markdown, String spoken) {
    assertThat(String.join(" / ", Speech.sentences(markdown.replace("\\n", "\n"))))
        .isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Hello there. *smiles and waves* How are you? → Hello there. / smiles and waves / How are you?",
        "*smiles and waves* How are you? → smiles and waves / How are you?",
        "Yes! *laughs* It is. → Yes! / laughs / It is.",
        "*Never* lie to me, *ever* again. → Never lie to me, ever again.",
        "That is *really* good. *So* good. → That is really good. / So good.",
      })
  void anActionBetweenAsterisksHasPausesAroundIt(String markdown, String spoken) {
    assertThat(String.join(" / ", Speech.sentences(markdown))).isEqualTo(spoken);
  }

  @Test
  void codeBlocksMayHaveARemark() {
    // given
    ChunkerOptions options = Speech.SENTENCES.withCodeRemark("Code is on the page.");
    // when
    var chunks = Speech.chunks(options, "Run this:\n~~~\n```\nx\n```\n~~~\nThen stop.");
    // then
    assertThat(Speech.texts(chunks))
        .containsExactly("Run this:", "Code is on the page.", "Then stop.");
  }

  @Test
  void anUnclosedCodeBlockIsSilentToTheEnd() {
    assertThat(Speech.sentences("Look at it.\n```\nint x = 1;\nint y"))
        .containsExactly("Look at it.");
  }

  @Test
  void backticksThatStartALineMayBeInlineCode() {
    assertThat(Speech.sentences("```ls -l``` lists files.")).containsExactly("ls -l lists files.");
  }

  @Test
  void tablesAreReadRowByRow() {
    assertThat(
            Speech.sentences(
                "| Fruit | Price |\n|:---|---:|\n| Apple | $1.50 |\n| Pear \\| Quince | - |\n"))
        .containsExactly("Fruit: Apple, Price: $1.50", "Fruit: Pear | Quince");
  }

  @Test
  void aTableWithoutARuleIsReadAsItIs() {
    assertThat(Speech.sentences("| a1 | b1 |\n| a2 | b2 |\n")).containsExactly("a1, b1", "a2, b2");
  }

  @Test
  void aHeaderWithoutRowsIsSpoken() {
    assertThat(Speech.sentences("| Fruit | Price |\n|---|---|\n\nNo more."))
        .containsExactly("Fruit, Price", "No more.");
  }

  @Test
  void mathsIsSpokenWithoutItsMarks() {
    assertThat(
            Speech.sentences(
                "So \\(a \\leq b\\) and $x^2$ hold:\n\\[\n|x| = \\frac{1}{2}\n\\]\nfor $5 or $6."))
        .containsExactly("So a ≤ b and x^2 hold:", "|x| = 1⁄2 for $5 or $6.");
  }

  @Test
  void emojiAreDroppedOrNamed() {
    String text = "# 🎉 Done\n\nGood work 👍🏽, team 👩‍💻!";
    assertThat(Speech.sentences(text)).containsExactly("Done", "Good work , team !");
    assertThat(Speech.texts(Speech.chunks(Speech.SENTENCES.withNameEmoji(true), text)))
        .containsExactly(
            "party popper Done", "Good work thumbs up sign , team woman personal computer !");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "I ❤️ it! → I love it!",
        "The key is B♭ or C♯. → The key is B♭ or C♯.",
        "It is © 2029, 5 ™ and ½. → It is © 2029, 5 ™ and ½.",
        "Done ✅ and dusted ☕. → Done and dusted .",
        "Press 1️⃣ or 2️⃣ now. → Press 1 or 2 now.",
        "| Plan | Backup |\\n|---|---|\\n| Basic | ❌ |\\n| Team | ✅ | → Plan: Basic, Backup: ❌ / Plan: Team, Backup: ✅",
        "Sure …\\n\\n⇒\\n\\n—\\n\\n* ≈\\n\\nLet us go. → Sure … / Let us go.",
      })
  void picturesAreDroppedAndSignsAreNot(String markdown, String spoken) {
    assertThat(String.join(" / ", Speech.sentences(markdown.replace("\\n", "\n"))))
        .isEqualTo(spoken);
  }

  @Test
  void reasoningIsNeverSpoken() {
    assertThat(
            Speech.sentences("<think>\nThe user wants tea.\n# Hm\n```\n</think>\n\nHere is tea."))
        .containsExactly("Here is tea.");
    assertThat(Speech.sentences("<think>Never closed. Really.")).isEmpty();
  }

  @Test
  void aWrappedLineGoesOnAndAShortOneEnds() {
    assertThat(Speech.sentences("Roses are red\nViolets are blue\nand so\non"))
        .containsExactly("Roses are red", "Violets are blue and so on");
  }

  @Test
  void carriageReturnsChangeNothing() {
    assertThat(Speech.sentences("# Tea\r\n\r\nBoil **water**.\r\n"))
        .containsExactly("Tea", "Boil water.");
  }

  @Test
  void textWithNothingToSayGivesNoChunk() {
    assertThat(Speech.sentences(" \n\n***\n\n- \n\n...!?\n\n| |\n")).isEmpty();
  }
}
