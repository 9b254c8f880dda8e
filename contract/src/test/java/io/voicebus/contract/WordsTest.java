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
    while (from < text.length()) {
      int end = Words.end(text, from);
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

  @ParameterizedTest
  @CsvSource({"今天天气很好。我们去公园。", "สวัสดีครับ ผมชื่อ", "One two."})
  void allEndsAreThoseOfOneWordAfterTheOther(String text) {
    List<Integer> ends = Words.ends(text).stream().boxed().toList();
    int at = 0;
    List<Integer> stepped = new ArrayList<>();
    while (Words.start(text, at) < text.length()) {
      at = Words.end(text, Words.start(text, at));
      stepped.add(at);
    }
    assertThat(ends).isEqualTo(stepped);
  }
}
