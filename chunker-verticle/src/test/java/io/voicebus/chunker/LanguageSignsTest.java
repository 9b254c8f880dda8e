package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A month at a number, how times are written and how marks are set show a language, too. */
class LanguageSignsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "on July 20. → en",
        "1 May 2020 → en",
        "28. August → de",
        "Il 25 aprile 1945. → it",
        "12 de octubre → es",
        "Op 5 mei 1945. → nl",
        "14 juillet → fr",
        "Le train part à 14 h 30 et arrive à 17 h 05. → fr",
        "Durée : 1 h 45 min → fr",
        "1⅔ cups mashed turnips → en",
        "In Chapter IX, → en",
        "3/4 Tasse Zucker → de",
        "½ cuillère de sel → fr",
        "2 cucharadas de aceite → es",
        "3 cucchiai di olio → it",
        "2½ xícaras de leite → pt",
        "4 eetlepels olie → nl",
        "Mlle Martin, → fr",
        "Véase el cap. 3, págs. 45-50. → es",
        "Vedi pag. 12, fig. 3b e cap. IV. → it",
        "N° 5 de la rue St-Honoré, tél. 01 42 68 53 00. → fr",
        "Mindestlohn: 12,41 €/h, d. h. ca. 2.150 €/Monat. → de",
        "03/23/2001 10:13 AM → en",
        "August 15, 2008 → en",
        "Bond yields: 2-yr 4.8%, 10-yr 4.3%. → en",
        "Open Mon-Thu 8-6, Fri 8-4. → en",
        "Tel. 06 1234567, lun.–gio. 9–13. → it",
        "Ligue para (11) 91234-5678, de seg. a sex. → pt",
        "Llame al +34 91 123 45 67 de lun. a vie. → es",
        "El tren AVE tarda 2 h 30 min. → es",
        "O volume VII trata de botânica. → pt",
        "Average temps: 68–72°F (20–22°C). → en",
        "1 lb ≈ 454 g → en",
        "¿15 + 3? → ''",
      })
  void signsShowTheLanguageOfShortTexts(String text, String language) {
    assertThat(new TurnLanguage("").of(text)).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars 2", "El Paso 3", "mar 5", "5 km", "a : b", "8 h", "x ?"})
  void otherWordsAtNumbersShowNone(String text) {
    assertThat(new TurnLanguage("").of(text)).isEqualTo(TurnLanguage.UNSURE);
  }
}
