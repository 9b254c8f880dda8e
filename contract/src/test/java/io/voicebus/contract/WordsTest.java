package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @BeforeAll
  static void load() {
    Words.load().toCompletableFuture().join();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = Words.start(text, 0);
    for (int end : Words.ends(text).stream().toArray()) {
      words.add(text.substring(from, end));
      from = Words.start(text, end);
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello there, you.| Hello/there,/you.",
        "今天天气很好。我们去公园。| 今天/天气/很好。/我们/去/公园。",
        "これは日本語です。| これ/は/日本語/です。",
        "コーヒーを飲む| コーヒー/を/飲む",
        "สวัสดีครับ ผมชื่อ| สวัสดี/ครับ/ผม/ชื่อ",
        "ខ្ញុំស្រលាញ់អ្នក| ខ្ញុំ/ស្រលាញ់/អ្នក",
        "用Java写程序| 用/Java/写/程序",
        "안녕하세요 여러분| 안녕하세요/여러분"
      })
  void wordsEndAtBlanksOrWhereADictionarySays(String text, String expected) {
    assertThat(words(text)).containsExactly(expected.split("/"));
  }

  /** A text that counts how often one of its characters is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      looks += end - start;
      return text.substring(start, end);
    }
  }

  /** Thai has no blanks within a sentence, and some texts have no punctuation. */
  @ParameterizedTest
  @CsvSource({"好", "สวัสดีครับ", "word", "a好"})
  void aLongTextIsLookedAtOnceHoweverManyWordsAreInARow(String part) {
    Counted text = new Counted(part.repeat(20_000 / part.length()));
    assertThat(Words.ends(text).cardinality()).isPositive();
    assertThat(text.looks).isLessThan(20L * text.length());
  }
}
