package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("changes the default locale")
class EnglishLettersTest {
  private final Locale own = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(own);
  }

  @ParameterizedTest
  @CsvSource({"tr-TR, en", "az-AZ, en", "de-DE, de", "lt-LT, lt"})
  void onlyALocaleWithOtherSmallLettersMakesWay(String before, String language) {
    // given
    Locale.setDefault(Locale.forLanguageTag(before));
    // when
    EnglishLetters.use();
    // then
    assertThat("ITALY".toLowerCase(Locale.getDefault())).isEqualTo("italy");
    assertThat(Locale.getDefault().getLanguage()).isEqualTo(language);
  }
}
