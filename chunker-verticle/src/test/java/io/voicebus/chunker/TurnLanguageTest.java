package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.chunker.spoken.SpokenForms;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnLanguageTest {
  @Test
  void aForeignNameChangesNothing() {
    TurnLanguage language = new TurnLanguage("");
    assertThat(language.of("This is a story about the city of Madrid.")).isEqualTo("en");
    assertThat(language.of("Madrid, Bernabéu, 1947.")).isEqualTo("en");
    assertThat(language.of("7:45")).isEqualTo("en");
  }

  @Test
  void aSentenceInAnotherLanguageIsSpokenInItsOwn() {
    TurnLanguage language = new TurnLanguage("");
    assertThat(language.of("Here is how you would say that in Spanish, with the number."))
        .isEqualTo("en");
    assertThat(language.of("Mi hermana tiene 7 gatos en su casa.")).isEqualTo("es");
    assertThat(language.of("And that is all there is to it.")).isEqualTo("en");
  }

  @Test
  void numbersInAQuotationAreLeftToTheVoiceRatherThanReadInTheTurnsLanguage() {
    TurnLanguage language = new TurnLanguage("");
    assertThat(language.of("The German word Schadenfreude means joy at others' misfortune."))
        .isEqualTo("en");
    assertThat(language.of("Mai hatten 25 Leute Spaß.“")).isEqualTo(TurnLanguage.UNSURE);
    assertThat(language.of("The plural isn't used.")).isEqualTo("en");
  }

  @Test
  void aWordThatTwoLanguagesHaveDecidesNothing() {
    TurnLanguage language = new TurnLanguage("");
    assertThat(language.of("Pros: fast, cheap")).isEqualTo("en");
    assertThat(language.of("Overall: 8/10.")).isEqualTo("en");
  }

  @Test
  void withoutEvidenceNoLanguageIsTaken() {
    assertThat(new TurnLanguage("").of("2:30")).isEqualTo(TurnLanguage.UNSURE);
  }

  @Test
  void aLoneEnglishWordIsEnoughBesideNumbers() {
    assertThat(new TurnLanguage("").of("Growth, 2023: -5%, 2024: +12%")).isEqualTo("en");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK, ciao!", "Hola!", "Merci.", "Danke.", "Die Hard"})
  void aLanguageOfAWordOrTwoIsAGuess(String text) {
    TurnLanguage language = new TurnLanguage("");
    assertThat(language.of(text)).isNotEqualTo("en");
    assertThat(language.isCertain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Guten Morgen!", "C'est la vie.", "La valise pèse 23 kg.", "O fixo é 21."})
  void aLanguageIsCertainByItsLeadOrByWords(String text) {
    TurnLanguage language = new TurnLanguage("");
    assertThat(language.of(text)).isNotEqualTo("en");
    assertThat(language.isCertain()).isTrue();
  }

  @Test
  void wordsOfTheWholeTurnMakeItsLanguageCertain() {
    TurnLanguage language = new TurnLanguage("");
    language.of("Ciao!");
    assertThat(language.isCertain()).isFalse();
    assertThat(language.of("Come stai oggi?")).isEqualTo("it");
    assertThat(language.isCertain()).isTrue();
    assertThat(language.of("Ciao!")).isEqualTo("it");
    assertThat(language.isCertain()).isTrue();
  }

  @Test
  void aLanguageThatWasToldIsCertain() {
    TurnLanguage language = new TurnLanguage("it");
    language.of("OK, ciao!");
    assertThat(language.isCertain()).isTrue();
  }

  /** Symbols, units, abbreviations, names and single letters are in no language. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UDP 10.0.0.7:5353, port 22, MAC 08:00:27:AB:CD:EF.",
        "≤ 4.5, ≥ 12, ± 0.1, √3, π, ∆T = 9K.",
        "ETA 12 mins; TBD, IIRC, Q&A, M&A, B2C, 4x4.",
        "Volume: 30 km³, 12 m², 3.2 m/s², 5 GHz, 12 V, 900 hPa.",
        "Rio de Janeiro 3, São Paulo 1.",
        "El Paso 12 mi, Los Alamos 5 mi.",
        "Via Roma 7, Milano.",
        "D major, 90 bpm, 3/4.",
        "p = mv, F = ma.",
        "Spaghetti carbonara: 12 €.",
        "NaCl, KOH, 5 mol/L, pH 7.4.",
        "src/la/el.py:10, foo_de.la"
      })
  void whatIsNoProseIsNoEvidence(String text) {
    assertThat(new TurnLanguage("").of(text)).isEqualTo(TurnLanguage.UNSURE);
    assertThat(new TurnLanguage("", "Wie viele sind es? Bitte auf Deutsch.", "").of(text))
        .isEqualTo("de");
    TurnLanguage turn = new TurnLanguage("");
    assertThat(turn.of("Here is what you asked me for.")).isEqualTo("en");
    assertThat(turn.of(text)).isEqualTo("en");
  }

  @Test
  void thePromptDecidesWhereTheTextLeavesADoubt() {
    // given: digits and a name say nothing
    String doubtful = "Roma: 7.";
    assertThat(new TurnLanguage("").of(doubtful)).isEqualTo(TurnLanguage.UNSURE);
    // then
    assertThat(new TurnLanguage("", "Wie viele Hügel hat die Stadt?", "").of(doubtful))
        .isEqualTo("de");
  }

  @Test
  void thePromptNeverSpeaksAgainstTheText() {
    TurnLanguage language = new TurnLanguage("", "How do I say in Spanish that I have cats?", "");
    assertThat(language.of("Tengo 7 gatos.")).isNotEqualTo("en");
    assertThat(language.of("Mi hermana tiene 7 gatos en su casa.")).isEqualTo("es");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12:30 | de | de",
        "Puls: 72/min, RR 130/85 mmHg | de | de",
        "Llama al 91 555 01 23. | es | es",
        "Ajax–PSV 2-1 | nl | nl",
        "D. Pedro II e João VI | pt | pt",
        "3 × 4 = 12 et 12 ÷ 5 = 2,4 | fr | fr",
        // the text wins
        "The city has 7 bridges. | de | en",
        "In Wien gibt es 7 Brücken. | en | de",
        "Öffne http://192.168.178.1/login. | en | ''",
        // a language without forms
        "12:30 | pl | ''",
        "12:30 | ja | ''"
      })
  void aTextThatShowsTooLittleIsInTheExpectedLanguage(
      String text, String expected, String language) {
    TurnLanguage turn = new TurnLanguage("", "", expected);
    assertThat(turn.of(text)).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12:30", "≈ 42%", "$AAPL +1.2%", "3.5 km", "2 + 2 = 4", "USB 3.2"})
  void withoutAnExpectedLanguageATextWithoutAWordIsEnglish(String text) {
    TurnLanguage turn = new TurnLanguage("", "", "");
    assertThat(turn.of(text)).isEqualTo("en");
    assertThat(turn.isCertain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"29,7 × 21,0 cm", "Tél. : 06 12 34 56 78", "Max 30 °C, umidità 55%"})
  void whatSpeaksAgainstEnglishIsNotSaidInIt(String text) {
    assertThat(new TurnLanguage("", "", "").of(text)).isNotEqualTo("en");
  }

  @Test
  void aTurnInAnotherScriptIsNotTakenForTheExpectedLanguage() {
    assertThat(new TurnLanguage("", "Сколько будет 2 + 2?", "").of("2 + 2 = 4")).isEmpty();
    TurnLanguage turn = new TurnLanguage("", "", "en");
    assertThat(turn.of("答えは次のとおりです。")).isEmpty();
    assertThat(turn.of("2 + 2 = 4")).isEmpty();
  }

  @Test
  void whatIsOnlyExpectedDoesNotHold() {
    TurnLanguage turn = new TurnLanguage("", "", "de");
    assertThat(turn.of("12:30")).isEqualTo("de");
    assertThat(turn.isCertain()).isFalse();
    assertThat(turn.of("The train leaves at 12:30.")).isEqualTo("en");
  }

  /** Beginnings of the corpus's sentences that show no language by themselves. */
  @Test
  void beginningsOfSentencesAreInTheListenersLanguageOrInNone()
      throws IOException, URISyntaxException {
    int right = 0;
    int unsure = 0;
    List<String> wrong = new ArrayList<>();
    for (String code : SpokenForms.LANGUAGES) {
      try (Stream<Path> kinds = Files.list(resource("spoken/" + code))) {
        for (Path kind : kinds.toList()) {
          for (String line : Files.readAllLines(kind)) {
            String[] words = line.split("\t", -1)[0].split(" ", -1);
            String begun = String.join(" ", List.of(words).subList(0, Math.min(4, words.length)));
            if (line.startsWith("#") || !new TurnLanguage("").of(begun).isEmpty()) {
              continue;
            }
            String found = new TurnLanguage("", "", code).of(begun);
            right += found.equals(code) ? 1 : 0;
            unsure += found.isEmpty() ? 1 : 0;
            if (!found.isEmpty() && !found.equals(code)) {
              wrong.add(code + " " + found + ": " + begun);
            }
          }
        }
      }
    }
    System.out.printf("beginnings: %d right, %d unsure, wrong: %s%n", right, unsure, wrong);
    assertThat(wrong).hasSizeLessThanOrEqualTo(right / 100);
    assertThat(unsure).isLessThanOrEqualTo(right / 20);
  }

  @Test
  void aLanguageThatIsToldHolds() {
    assertThat(new TurnLanguage("de").of("The city has 7 bridges.")).isEqualTo("de");
  }

  @Test
  void inMixedAnswersEachSentenceIsFoundOrLeftUnsure() throws IOException, URISyntaxException {
    TurnLanguage language = new TurnLanguage("");
    List<String> wrong = new ArrayList<>();
    int unsure = 0;
    for (String line : Files.readAllLines(resource("language/mixed.tsv"))) {
      if (line.startsWith("#")) {
        language = new TurnLanguage("");
        continue;
      }
      String[] fields = line.split("\t", -1);
      String found = language.of(fields[1]);
      unsure += found.isEmpty() ? 1 : 0;
      if (!found.isEmpty() && !found.equals(fields[0])) {
        wrong.add(line + " → " + found);
      }
    }
    System.out.println("mixed answers: " + unsure + " unsure, wrong: " + wrong);
    assertThat(wrong).hasSizeLessThanOrEqualTo(1); // of 30: a line of English names
    assertThat(unsure).isLessThanOrEqualTo(1);
  }

  /**
   * The sentences of the corpus of spoken forms were written by people who knew no list of ours.
   */
  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "it", "nl", "pt"})
  void ofSentencesThatNobodyTunedForFewAreTakenForAnotherLanguage(String code)
      throws IOException, URISyntaxException {
    int all = 0;
    int unsure = 0;
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> kinds = Files.list(resource("spoken/" + code))) {
      for (Path kind : kinds.toList()) {
        for (String line : Files.readAllLines(kind)) {
          String sentence = line.split("\t", -1)[0];
          int words = sentence.split(" ", -1).length;
          if (line.startsWith("#") || words < 3 || words > 12) {
            continue;
          }
          String found = new TurnLanguage("").of(sentence);
          all++;
          unsure += found.isEmpty() ? 1 : 0;
          if (!found.isEmpty() && !found.equals(code)) {
            wrong.add(found + ": " + sentence);
          }
        }
      }
    }
    System.out.printf(
        "language %s: %d sentences, %.1f %% unsure, %.1f %% wrong%n",
        code, all, 100.0 * unsure / all, 100.0 * wrong.size() / all);
    assertThat(wrong).hasSizeLessThan(all / 40);
    assertThat(unsure).isLessThan(all / 10);
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(TurnLanguageTest.class.getResource(name)).toURI());
  }

  @Test
  void aShortSentenceAloneIsFoundOrLeftUnsureButNeverTakenForAnotherLanguage() {
    Map<String, int[]> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (String line : WordList.lines("language/sentences.tsv")) {
      String[] fields = line.split("\t", -1);
      String found = new TurnLanguage("").of(fields[1]);
      int[] count = counts.computeIfAbsent(fields[0], code -> new int[3]);
      count[0]++;
      if (found.isEmpty()) {
        count[1]++;
        System.out.println("unsure: " + line);
      } else if (!found.equals(fields[0])) {
        count[2]++;
        wrong.add(line + " → " + found);
      }
    }
    counts.forEach(
        (code, count) ->
            System.out.printf(
                "%s: %d sentences, %d unsure, %d wrong%n", code, count[0], count[1], count[2]));
    assertThat(wrong).isEmpty();
  }
}
