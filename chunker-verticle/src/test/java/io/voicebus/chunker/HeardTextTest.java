package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole texts, from deltas to what the voice is given: where they are cut, and formulas. */
class HeardTextTest {
  @Test
  void noChunkEndsBehindAUnitThatCountsOrADayOfARange() {
    assertThat(heard("It is a 25-min. walk to the house."))
        .containsExactly("It is a twenty-five minute walk to the house.");
    assertThat(heard("The snow here is 4 in. deep today."))
        .containsExactly("The snow here is four inches deep today.");
    assertThat(heard("Wir haben Mo.–Fr. 8–16 Uhr auf."))
        .containsExactly("Wir haben Montag bis Freitag acht bis sechzehn Uhr auf.");
  }

  @Test
  void anEmoticonEndsNoClause() {
    assertThat(heard("I think it's great ;-) for all of us.")).hasSize(1);
  }

  @Test
  void limitsOfSumsAndIntegralsAreSaid() {
    assertThat(heard("So the value is $\\int_0^2 x\\,dx = 2$ for us."))
        .containsExactly(
            "So the value is the integral from zero to two of x dx equals two for us.");
    assertThat(heard("So the value is $\\sum_{k=1}^{n} k$ for us."))
        .containsExactly("So the value is the sum from k equals one to n of k for us.");
    assertThat(heard("So the value is $\\lim_{n \\to \\infty} n$ for us."))
        .containsExactly("So the value is the limit as n approaches infinity of n for us.");
  }

  @Test
  void fractionsAndRootsWithoutBracesAndWithAnIndexAreSaid() {
    assertThat(heard("So the value is $\\frac12$ for us."))
        .containsExactly("So the value is one half for us.");
    assertThat(heard("So the value is $\\sqrt[3]{x}$ for us."))
        .containsExactly("So the value is the cube root of x for us.");
    assertThat(heard("So the value is $e^{i\\pi}$ for us."))
        .containsExactly("So the value is e to the power of i pi for us.");
  }

  @Test
  void aMatrixIsToldRowByRow() {
    assertThat(
            heard("So it is $\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$ for us.")
                .get(0)
                .replace(" ,", ",")
                .replace(" ;", ";")
                .replace("( ", "(")
                .replace(" )", ")"))
        .isEqualTo("So it is matrix (one, two; three, four) for us.");
  }

  @Test
  void lettersOfAListWithinAListBeginItems() {
    assertThat(heard("1. Plan\n   a. Define scope\n   b. Set budget\n2. Review"))
        .containsExactly("one. Plan", "a. Define scope", "b. Set budget", "two. Review");
  }

  @Test
  void noChunkEndsBehindAShortFormThatGoesOn() {
    assertThat(heard("The 10-yr. yield rose by 5 bps. today."))
        .containsExactly("The ten year yield rose by five basis points. today.");
    assertThat(heard("See Fed. R. Civ. P. 12 for it.")).hasSize(1);
    assertThat(heard("Bel dhr. Jansen, Kerkstr. 12, Gouda.").get(0)).contains("heer Jansen");
  }

  @Test
  void noChunkEndsBehindADayThoughTheLanguageIsNotSureYet() {
    assertThat(heard("Das Urteil v. 3. Mai wurde so bestätigt."))
        .containsExactly("Das Urteil vom dritten Mai wurde so bestätigt.");
  }

  @Test
  void aTextWithALetterThatEnglishLacksIsNotEnglish() {
    assertThat(heard("Cena to 49,99 zł, czyli ok. 12 EUR. Potem nic.").toString())
        .doesNotContain("twelve");
    assertThat(heard("L'art. 15, comma 2, del D.P.R. n. 917 lo prevede.").toString())
        .doesNotContain("fifteen");
  }

  @Test
  void aDateOfGermanTellsTheLanguage() {
    assertThat(heard("Goethe (* 28. August 1749; † 22. März 1832) war Dichter.").get(0))
        .startsWith("Goethe (geboren am achtundzwanzigsten August");
  }

  @Test
  void movesOfChessAreNotCutAtTheirNumbersNorAtTheirMarks() {
    assertThat(heard("The line is 1. d4 Nf6 2. c4 e6 3. Nc3 b5? 4. Qc2 here.")).hasSize(1);
    assertThat(heard("1. e4 e5 2. Nf3 Nc6")).hasSize(1);
    assertThat(heard("White mates with 23. Qh7+! Kxh7 24. Rh3# now.")).hasSize(1);
    assertThat(Speech.sentences("It costs 4. Queens like it.")).hasSize(2);
  }

  @Test
  void whatBindsWhatFollowsIsNotCutFromIt() {
    assertThat(heard("We now take the largest of them such that all of it holds again.").get(0))
        .doesNotEndWith("such");
    assertThat(heard("We would go on to look at all of these even if nobody wanted it.").get(0))
        .doesNotEndWith("even");
  }

  @Test
  void namesAndSharedWordsTellNoOtherLanguageThanEnglish() {
    assertThat(heard("Djokovic def. Alcaraz 7-6 (7-4), 6-3 in 3 h 49 min.").toString())
        .containsAnyOf("7-6", "seven six");
    assertThat(heard("Venus 12,104 0").get(0)).containsAnyOf("12,104", "twelve thousand");
    assertThat(heard("Mon 09:00-10:30 Algebra II").get(0)).containsAnyOf("09:00", "nine");
    assertThat(heard("GPU: RTX 4070 Ti 12GB; PSU: 750W 80+ Gold.").toString())
        .containsAnyOf("4070", "forty seventy", "four thousand seventy");
  }

  @Test
  void aSentenceOfOneWordAndASumIsInItsLanguage() {
    assertThat(heard("Then 2*3*4 = 24.").get(0)).contains("two times three times four");
    assertThat(heard("Then 2*3 = 6").get(0)).contains("two times three");
    assertThat(heard("Then 24!").get(0)).contains("twenty-four");
    assertThat(heard("Dann 2*3*4 = 24.").get(0)).contains("zwei mal drei mal vier");
  }

  @Test
  void aLabelTellsTheLanguageOfAListOfFewWords() {
    assertThat(heard("Tel.: 030 1234567, Mobil: 0171 2345678").toString())
        .contains("null eins sieben eins");
    assertThat(heard("Zutaten:\n500 g Mehl\n1 TL Salz"))
        .containsExactly("Zutaten:", "fünfhundert Gramm Mehl", "ein Teelöffel Salz");
    assertThat(heard("Goals: Saka 23', Ødegaard 67'. Attendance: 60,234.").toString())
        .contains("sixty thousand");
  }

  @Test
  void namesAndShortFormsTellNoOtherLanguageThanEnglish() {
    assertThat(heard("Man City 3–1 Man Utd").get(0)).contains("three to one");
    assertThat(heard("Stage 12 (Aurillac – Villeneuve-sur-Lot, 203 km)").toString())
        .containsAnyOf("203", "two hundred three");
    assertThat(heard("Q2 EPS $1.42 vs. $1.38 est.; rev. flat.").toString())
        .containsAnyOf("1.38", "thirty-eight cents");
    assertThat(heard("2. van Aert s.t.").toString()).containsAnyOf("2.", "two");
  }

  @Test
  void numbersOfAQuotationInAnotherLanguageAreLeftToTheVoice() {
    assertThat(heard("Sure, \"I have 3 cats\" in German is \"Ich habe 3 Katzen\" here.").toString())
        .contains("I have three cats", "Ich habe 3 Katzen");
  }

  @Test
  void emphasisBehindAShortFormIsNoAction() {
    assertThat(heard("It is Latin, cf. Fr. *salaire*, It. *salario* and so on.").toString())
        .contains("Fr. salaire,, It. salario and");
  }

  @Test
  void aDateIsNotCutFromItsWeekday() {
    assertThat(heard("Wetter für Mo., 1.12., mit Nebel.").get(0))
        .startsWith("Wetter für Montag, erster Dezember");
  }

  @Test
  void portugueseOfFewWordsIsFound() {
    assertThat(heard("O PIB cresceu 3,4% em 2024.").get(0)).contains("três vírgula quatro");
  }

  @Test
  void numbersOfAListInChineseBeginItems() {
    assertThat(heard("建议：1. 每天喝2升水；2. 早点睡觉；3. 每周运动。"))
        .containsExactly("建议：", "1. 每天喝2升水；", "2. 早点睡觉；", "3. 每周运动。");
  }

  @Test
  void aFormulaIsNotCutAtItsSigns() {
    assertThat(heard("So f(x) = 3x^2 - 4x + 1 and f'(x) = 6x - 4 are it.")).hasSize(1);
    assertThat(heard("Dann ist 7 · 8 = 56 und 56 : 8 = 7 für uns.")).hasSize(1);
    assertThat(heard("Dans l'article 5 : le prix est de 3 euros.")).hasSize(2);
  }

  @Test
  void aWeekdayThatIsWrittenShortIsNotCutFromItsDate() {
    assertThat(heard("It moved from Thu, Jan 4 to Friday.").get(0)).contains("Thursday, January");
    assertThat(heard("Well, we went there.")).hasSize(2);
  }

  @Test
  void germanMovesOfChessAreNotCutAtTheirNumbers() {
    assertThat(heard("Nach 1. e4 e5 2. Sf3 Sc6 3. Lb5 ist es Spanisch.")).hasSize(1);
    assertThat(heard("Das ist gut nach 13. O-O Tfe8 für Schwarz.")).hasSize(1);
  }

  @Test
  void namesOfFunctionsTellNoLanguage() {
    assertThat(heard("So we have it. sin²θ + cos²θ = 1").toString()).contains("squared theta");
    assertThat(heard("sin x = 3").toString()).doesNotContain("tres");
  }

  @Test
  void whatASentenceQuotesDoesNotChangeTheLanguageOfTheTurn() {
    assertThat(
            heard("Das sagt man im Englischen so. Also z. B. \"We ship in 2 weeks\" hier.")
                .toString())
        .contains("zum Beispiel", "We ship in 2 weeks");
  }

  @Test
  void aFirstClauseThatBeginsLikeASentenceTellsItsLanguage() {
    assertThat(heard("From Gate B22, walk 300 ft.").get(0)).contains("twenty-two");
    assertThat(heard("See 42 U.S.C. § 1983; it matters.").get(0)).contains("forty-two");
    assertThat(heard("Löse 3x − 7 = 14. Also x = 7.").toString()).contains("vierzehn", "sieben.");
  }

  private static List<String> heard(String text) {
    JobText job =
        new JobText(true, Pronunciations.NONE, "", LanguageForms.Loader.HERE)
            .forTurn(List.of(), "", "", "");
    Chunker chunker = new Chunker(ChunkerOptions.DEFAULT);
    List<SpeakableChunk> chunks = new ArrayList<>();
    for (int i = 0; i < text.length(); i += 4) {
      chunks.addAll(chunker.accept(text.substring(i, Math.min(text.length(), i + 4)), 0));
    }
    chunks.addAll(chunker.flush());
    List<String> heard = new ArrayList<>();
    for (SpeakableChunk chunk : chunks) {
      job.prepare(chunk, () -> heard.add(job.say(chunk).said()));
    }
    return heard;
  }
}
