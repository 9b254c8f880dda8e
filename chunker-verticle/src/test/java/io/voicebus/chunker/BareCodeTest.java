package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.UnspokenText.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that is written without a fence is not spoken; prose that begins like code is. */
class BareCodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Run this:\\n\\n$ lsof -i :8080\\nnode 1 anna\\n\\nThen go on. → Run this: / The code is in the text. / Then go on.",
        "It went so.\\nanna@host:~/app$ ls -la\\ntotal 8\\n\\nTwo files. → It went so. / Two files.",
        "It went so.\\nroot@host:/etc# ls\\nThat is where it is kept. → It went so. / That is where it is kept.",
        "So.\\nPS C:\\\\Users> dir\\n\\nThat was it. → So. / That was it.",
        "So.\\n>>> 2 + 2\\n4\\n\\nIt is four. → So. / It is four.",
        "Traceback (most recent call last):\\n  File \"a.py\", line 1, in <module>\\n    main()\\nValueError: bad value\\nIt is bad. → ValueError: bad value / It is bad.",
        "It threw: no\\n\\tat a.B.c(B.java:3)\\n\\tat a.B.d(B.java:4)\\nCaused by: it\\n\\t... 2 more → It threw: no / Caused by: it",
        "So.\\ndiff --git a/x b/x\\n--- a/x\\n+++ b/x\\n@@ -1 +1 @@\\n-old\\n+new\\n\\nThat is it. → So. / That is it.",
        "So.\\ndef add(a, b):\\n    return a + b\\n\\nprint(add(2, 3))\\n\\nThis prints five. → So. / This prints five.",
        "So.\\nSELECT * FROM users\\nWHERE age > 3;\\n\\nThat lists them. → So. / That lists them.",
        "So.\\nimport os\\nprint(os.name)\\n\\nIt prints a name. → So. / It prints a name.",
      })
  void codeIsNotSpoken(String markdown, String spoken) {
    assertThat(said(markdown)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "$ 5 is not much. → $ 5 is not much.",
        "from here on it is easy. → from here on it is easy.",
        "import duties are high. → import duties are high.",
        "import duties → import duties",
        "let me check that. → let me check that.",
        "class action suits are common. → class action suits are common.",
        "SELECT is a word of SQL. → SELECT is a word of SQL.",
        "anna@example.com is her address. → anna@example.com is her address.",
        "  at lunch (noon) we met. → at lunch (noon) we met.",
        "--- a pause --- → --- a pause ---",
        "```\\n$ ls\\n```\\nThat was it. → The code is in the text. / That was it.",
      })
  void whatOnlyBeginsLikeCodeIsText(String markdown, String spoken) {
    assertThat(said(markdown)).endsWith(spoken.substring(spoken.lastIndexOf('/') + 1).strip());
  }

  @Test
  void aFormulaWithBlanksIsNoCommand() {
    assertThat(said("$ ab = c $ is the rule.")).contains("ab = c");
  }

  @Test
  void itIsToldOf() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    // when
    chunker.accept("So.\n$ ls -la\ntotal 8\n\nTwo files.", 0);
    chunker.flush();
    // then
    assertThat(chunker.unspoken()).containsExactly(new UnspokenText(4, 20, Content.CODE));
  }

  @Test
  void marksOfAFenceEndASession() {
    assertThat(said("$ ls -la\n```\nx\n```\nThat was it.")).endsWith("That was it.");
  }

  private static String said(String markdown) {
    String text = markdown.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t");
    return Speech.joined(text.replace('\0', '\\'));
  }
}
