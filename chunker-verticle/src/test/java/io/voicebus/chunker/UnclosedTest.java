package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.UnspokenText.Content;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens and never closes swallows nothing, or it is told. */
class UnclosedTest {
  private static final String REST = "Then load the page. That is all you need.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Put your rules inside a <style> tag in the head. ",
        "Load the <script> at the end of the body. ",
        "<script> is an element that loads code. ",
        "The drawing is an <svg>. ",
        "It ends in <style>\n\n",
        "See <style>body. ",
        "<!-- a note to myself. ",
        "Reasoning models write <think> first. ",
        "We go <think>on from here. ",
        "- Luigi's, $$\n- Chez Ann, $$$\n\n",
        "It is cheap ($$) here. ",
        "A formula: $$x^2. \n\n",
        "\\[ is a bracket.\n\n",
        "He wrote \\(a and went. ",
        "See [the page. ",
        "See [the page](https://example.com. ",
        "Run `npm install. ",
        "See [a \\(b ```c\nand so on. ",
        "<function=weather>{\"city\": \"Ulm\"}\n\n",
        "Run ```npm install. ",
        "<style>\nbody { color: red; }\n\n",
        "```python\nprint('hi')\n\n",
        "Here it is: ```python\nprint('hi')\n\n",
      })
  void theTextAfterItIsSpoken(String opening) {
    assertThat(String.join(" ", Speech.sentences(opening + REST))).endsWith(REST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Put it inside a <style> tag in the head. → Put it inside a style tag in the head.",
        "Use the <b> element for bold text. → Use the b element for bold text.",
        "Close it with </body> at the end. → Close it with body at the end.",
        "Wrap it in a <div class=\"a\"> and close it with </div>. → Wrap it in a div and close it with div.",
        "It goes into <head>, always. → It goes into head, always.",
        "This is <b>bold</b> and <i>so on</i>. → This is bold and so on.",
        "Run it with your <user-name> and open <project>.txt now. → Run it with your user-name and open project.txt now.",
        "Write <your name here> first. → Write your name here first.",
        "The answer is <answer>42</answer> then. → The answer is 42 then.",
        "He came. <chuckle> That was easy! → He came. That was easy!",
        "Now <sfx name=\"door slam\" volume=\"loud\"> run! → Now run!",
        "Wait<break time=\"500ms\"/>then go. → Wait, then go.",
        "<!DOCTYPE html> Hello. → Hello.",
        "If a <b and c> d, stop. → If a <b and c> d, stop.",
      })
  void aTagIsAWordWhereItIsTalkedAbout(String markdown, String spoken) {
    assertThat(String.join(" ", Speech.sentences(markdown))).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Here is it: ```python\\nprint('hi')\\n```\\nRun it twice. → Here is it: / Run it twice.",
        "Here is it: ```python\\nprint('hi')```\\nRun it twice. → Here is it: / Run it twice.",
        "Here is it: ```print('hi')\\nprint('ho')\\n```\\nRun it twice. → Here is it: / Run it twice.",
        "Look:\\n```python\\nprint('hi')\\n``` Run it twice. → Look: / Run it twice.",
        "Look:\\n```python\\nprint('hi')```\\nRun it twice. → Look: / Run it twice.",
        "Look:\\n```markdown\\n# A\\n```sh\\nls\\n```\\nText.\\n```\\nRun it twice. → Look: / Run it twice.",
        "Call ```ls``` now. Run it twice. → Call ls now. / Run it twice.",
      })
  void codeIsHiddenAndNothingAfterIt(String markdown, String spoken) {
    ChunkerOptions options = Speech.SENTENCES.withCodeRemark("");
    assertThat(
            String.join(" / ", Speech.texts(Speech.chunks(options, markdown.replace("\\n", "\n")))))
        .isEqualTo(spoken);
  }

  @Test
  void whatIsNotSpokenIsToldWithItsRange() {
    assertThat(unspoken("Look:\n```\nint x = 1;\nint y"))
        .containsExactly(new UnspokenText(6, 26, Content.CODE));
    assertThat(unspoken("Look:\n```\nint x = 1;\n\nThat was all of it."))
        .containsExactly(new UnspokenText(6, 22, Content.CODE));
    assertThat(unspoken("A page:\n<style>\nbody { color: red; }"))
        .containsExactly(new UnspokenText(8, 36, Content.MARKUP));
    assertThat(unspoken("<think>Never closed. Really."))
        .containsExactly(new UnspokenText(0, 28, Content.THOUGHT));
  }

  @Test
  void anAnswerWithoutAWordIsTold() {
    assertThat(unspoken("![](https://example.com/a.png)"))
        .containsExactly(new UnspokenText(0, 30, Content.MARKUP));
    assertThat(unspoken("---\n\n:)")).containsExactly(new UnspokenText(0, 7, Content.MARKUP));
    assertThat(unspoken(" \n")).isEmpty();
  }

  @Test
  void whatIsClosedOrSpokenIsNotTold() {
    assertThat(unspoken("Look:\n```\nint x = 1;\n```")).isEmpty();
    assertThat(unspoken("<think>Hm.</think>Hello.")).isEmpty();
    assertThat(unspoken("Use a <style> tag.")).isEmpty();
    assertThat(unspoken("<!-- a note. That is all of it.")).isEmpty();
  }

  @Test
  void aLongStyleSheetStaysSilentHoweverLongItIs() {
    String rules = "body { color: red; }\n".repeat(1_000);
    assertThat(Speech.sentences("Look:\n<style>\n" + rules + "</style>\n\nDone now."))
        .containsExactly("Look:", "Done now.");
  }

  @Test
  void proseBehindALostMarkIsNotHeldForLong() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    // when
    List<SpeakableChunk> chunks = new ArrayList<>(chunker.accept("<!-- a note to myself.\n", 0));
    for (int i = 0; i < 60; i++) {
      chunks.addAll(chunker.accept("This is a sentence of the answer, too.\n", 0));
    }
    // then
    assertThat(chunks).hasSizeGreaterThan(40);
  }

  private static List<UnspokenText> unspoken(String text) {
    Chunker chunker = new Chunker(Speech.SENTENCES);
    chunker.accept(text, 0);
    chunker.flush();
    return chunker.unspoken();
  }
}
