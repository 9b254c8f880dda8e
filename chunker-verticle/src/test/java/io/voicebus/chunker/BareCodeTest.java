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
        "So.\\n$ npm test\\n\\n> app@1.0.0 test\\n> jest\\n\\n12 passed in 3.4s\\n\\nAll is well. → So. / All is well.",
        "So.\\n$ cat notes.txt\\n\\nbuy milk\\ncall Bob\\n\\nSo it has two lines → So. / So it has two lines",
        "So.\\n$ date\\n\\nThursday, November 27, 2025\\n\\nIt is late → So. / It is late",
        "So.\\n$ ls -la\\ndrwxr-xr-x  2 anna 4096 Nov 27 15:00 .\\n-rw-r--r--  1 anna 220 notes.txt\\n\\nTwo files. → So. / Two files.",
        "So.\\n$ pytest -q\\n\\n....F...\\n1 failed in 0.52s\\n\\nOne fails. → So. / One fails.",
        "So.\\nPS> Get-Date\\n\\nThursday, November 27, 2025\\n\\nThat is it. → So. / That is it.",
        "So.\\nNov 27 15:02:11 web-01 sshd[2841]: Failed password for root\\nNov 27 15:02:14 web-01 sshd[2841]: Connection closed\\n\\nThat is bad. → So. / That is bad.",
        "So.\\n2025-11-27T15:04:05.123Z ERROR [main] No answer\\n\\nThat is bad. → So. / That is bad.",
        "So.\\n203.0.113.7 - - [27/Nov/2025:15:03:22 +0000] \"GET / HTTP/1.1\" 200 5120\\n\\nThat is it. → So. / That is it.",
        "So.\\nhost = \"0.0.0.0\"\\nport = 8080\\n\\nThat is it. → So. / That is it.",
        "So.\\nLOG_LEVEL=info\\nPORT=3000\\n\\nThat is it. → So. / That is it.",
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
        "$ ls\\n\\n- Step 1 → So. / Step 1",
        "$ ls\\n\\nOutput: → So. / Output:",
        "$ ls\\n\\nÉtape 2 → So. / Étape 2",
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

  @Test
  void aLineThatIsHeldIsTextWhenItsWriterEndsAChunk() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    assertThat(chunker.accept("class Foo: the best one", 0)).isEmpty();
    // when
    var chunks = chunker.cut();
    // then
    assertThat(Speech.texts(chunks)).containsExactly("class Foo: the best one");
  }

  @Test
  void theRestOfALongLineIsCode() {
    assertThat(said("So.\n$ ls -la\n" + "word ".repeat(300) + "end.\n\nThat is it."))
        .isEqualTo("So. / That is it.");
  }

  private static String said(String markdown) {
    String text = markdown.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t");
    return Speech.joined(text.replace('\0', '\\'));
  }
}
