package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.DateFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DateWordsTest {
  static List<String> languages() {
    return Languages.CODES;
  }

  @ParameterizedTest
  @MethodSource("languages")
  void hasTheNamesThatTheJdkHas(String code) {
    DateFormatSymbols symbols = DateFormatSymbols.getInstance(Locale.forLanguageTag(code));
    assertThat(names(symbols.getMonths(), symbols.getShortMonths()))
        .allMatch(name -> DateWords.isMonth(name, 0, name.length()));
    assertThat(names(symbols.getWeekdays()))
        .allMatch(name -> DateWords.contains(name, 0, name.length()));
  }

  /** Of one word, of three letters or more. */
  private static List<String> names(String[]... lists) {
    return Stream.of(lists)
        .flatMap(Stream::of)
        .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
        .filter(name -> name.length() > 2 && name.chars().noneMatch(Character::isSpaceChar))
        .toList();
  }
}
