package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines with bars are rows of tables, and what is said of them. */
class TableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Name | Age\\n--- | ---\\nBob | 5\\nAnn | 7\\n\\nThat is all. → Name, Age / Name: Bob, Age: 5 / Name: Ann, Age: 7 / That is all.",
        "Name|Age\\n:---|---:\\nBob|5\\nThat is all. → Name, Age / Name: Bob, Age: 5 / That is all.",
        "Here it is:\\n**Year** | Price\\n---|---\\n2024 | $5 → Here it is: / Year, Price / Year: 2024, Price: $5",
        "|Name|Age|\\n|---|---|\\n|Bob|5| → Name: Bob, Age: 5",
        "| Name | Age\\n|---|---\\n| Bob | 5 → Name: Bob, Age: 5",
        "| x | < | y |\\n|---|---|---|\\n| 1 | 2 | 3 | → x: 1, <: 2, y: 3",
        "|| Price |\\n|---|---|\\n| Tea | 5 | → Tea, Price: 5",
        "| a | b |\\n|---|---|\\n| 1 | – |\\n| — | 2 | → a: 1 / b: 2",
        "> | a | b |\\n> |---|---|\\n> | 1 | 2 | → a: 1, b: 2",
        "| a1 | b1 |\\n| a2 | b2 | → a1, b1 / a2, b2",
        "|a1|b1|\\n|a2|b2| → a1, b1 / a2, b2",
        "| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n|x| < 3 holds. → a: 1, b: 2 / |x| < 3 holds.",
      })
  void aTableIsReadByRows(String markdown, String spoken) {
    assertThat(joined(markdown)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "|x| < 3 means -3 < x < 3. → |x| < 3 means -3 < x < 3.",
        "|a + b| ≤ |a| + |b| → |a + b| ≤ |a| + |b|",
        "|xy| = |x||y|\\n|x + y| ≤ |x| + |y| → |xy| = |x||y| / |x + y| ≤ |x| + |y|",
        "| x | = | y | → | x | = | y |",
        "||v|| is the norm of v. → ||v|| is the norm of v.",
        "|| means or. → || means or.",
        "|ψ⟩ is a state. → |ψ⟩ is a state.",
        "| grep foo filters the list. → | grep foo filters the list.",
        "P(A|B) = 0.5 is what we want. → P(A|B) = 0.5 is what we want.",
        "The set {x | x > 0} is open. → The set {x | x > 0} is open.",
        "Run ls | grep foo to see it. Then stop. → Run ls | grep foo to see it. / Then stop.",
        "a || b is true if either is. → a || b is true if either is.",
        "Use yes|no here. → Use yes|no here.",
        "- |x| is the absolute value\\n- |y| is another → |x| is the absolute value / |y| is another",
        "1. |x| is one → 1. |x| is one",
        "So\\n|x| < 3 holds, and more. → So / |x| < 3 holds, and more.",
        "Home | About | Contact\\n\\nThose are links. → Home | About | Contact / Those are links.",
      })
  void aBarThatIsASignStaysInTheText(String markdown, String spoken) {
    assertThat(joined(markdown)).isEqualTo(spoken);
  }

  /** Its words are said later than they were written, and code in it later than its end. */
  @Test
  void aHeadThatIsSplitHasOffsetsThatNeverGoBack() {
    String text = "x".repeat(21) + "`code`xxx|\n-|\n|" + "y".repeat(11);
    List<SpeakableChunk> chunks = Speech.chunks(Speech.SENTENCES.withMaxChars(40), text);
    assertThat(String.join("", Speech.texts(chunks)).replaceAll("[ :,]", ""))
        .isEqualTo(("x".repeat(21) + "codexxx").repeat(2) + "y".repeat(11));
    long end = 0;
    for (SpeakableChunk chunk : chunks) {
      assertThat(chunk.sourceStart()).isEqualTo(end);
      end = chunk.sourceEnd();
    }
    assertThat(end).isEqualTo(text.length());
  }

  @Test
  void proseThatBeginsWithABarWaitsForNoMoreThanItsFirstSentence() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    // when
    List<SpeakableChunk> chunks = chunker.accept("|x| < 3 is meant. So we go on here", 0);
    // then
    assertThat(Speech.texts(chunks)).containsExactly("|x| < 3 is meant.");
  }

  /** The chunks, which are the same however the text comes. */
  private static String joined(String markdown) {
    return Speech.joined(markdown.replace("\\n", "\n"));
  }
}
