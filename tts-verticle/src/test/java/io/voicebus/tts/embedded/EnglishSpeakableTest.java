package io.voicebus.tts.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishSpeakableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "The quick brown fox, isn't it?|The quick brown fox, isn't it?",
        "50% + 50% = 100%?|50 percent plus 50 percent equals 100 percent?",
        "AT&T cost $12.50, $1 or €20|AT and T cost $12.50, $1 or 20 euros",
        "mail me@example.com now|mail me at example dot com now",
        "see https://example.com/a?b=c#d|see example dot com slash a question mark b equals c hash d",
        "Wait… what – really — yes|Wait. what, really, yes",
        "“Curly” ‘quotes’ don’t|Curly quotes don't",
        "café naïve Zürich Straße Łódź|cafe naive Zurich Strasse Lodz",
        "cafe\u0301|cafe",
        "Hello 😀❤️ there|Hello there",
        "from 10–20 °C, 5 m²|from 10 to 20 degrees C, 5 m squared",
        "node.js 1.2.3 in the U.S.A. at 3:00pm|node dot js 1 dot 2 dot 3 in the U.S.A. at 3:00 pm",
        "C# costs 3.14 and/or 1/2|C sharp costs 3.14 and slash or 1/2",
        "foo_bar(baz) `code` *bold*|foo bar, baz, code bold",
        "٣ and ３ and π ≈ 3|3 and 3 and pi about 3",
        "Really?! Yes... no|Really? Yes. no",
        "one,two;three|one, two; three",
        "...Hello|Hello",
        "Hello\u0000\u0007\tthere|Hello there",
      })
  void saysSymbolsInWords(String text, String words) {
    assertThat(EnglishSpeakable.of(text).words()).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "...", "😀", "- - -", "\n\n", "\u0000", "\"'\"", "\ud83d", "♫ ♪"})
  void findsNothingToSayInPunctuationAndPictures(String text) {
    EnglishSpeakable speakable = EnglishSpeakable.of(text);
    assertThat(speakable.words()).isEmpty();
    assertThat(speakable.foreign()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"日本語です", "Я люблю Java", "مرحبا", "안녕하세요", "世界 2024", "Καλημέρα"})
  void knowsTextThatIsMostlyInAnotherScript(String text) {
    EnglishSpeakable speakable = EnglishSpeakable.of(text);
    assertThat(speakable.words()).isEmpty();
    assertThat(speakable.foreign()).isTrue();
  }

  @Test
  void leavesOutFewForeignLettersInEnglish() {
    assertThat(EnglishSpeakable.of("Tokyo (東京) is large.").words()).isEqualTo("Tokyo, is large.");
  }

  @Test
  void cutsWordsAndSentencesThatFreettsWouldTakeMinutesOver() {
    // when
    String word = EnglishSpeakable.of("7".repeat(100)).words();
    String sentence = EnglishSpeakable.of("and so on ".repeat(200)).words();

    // then
    assertThat(word.split("\\s")).extracting(String::length).containsExactly(40, 40, 20);
    assertThat(sentence.split("\n\n"))
        .hasSize(5)
        .allSatisfy(piece -> assertThat(piece).hasSizeLessThanOrEqualTo(401));
  }
}
