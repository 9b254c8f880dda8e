package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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
  void withoutEvidenceNoLanguageIsTaken() {
    assertThat(new TurnLanguage("").of("2:30")).isEqualTo(TurnLanguage.UNSURE);
  }

  @Test
  void aLanguageThatIsToldHolds() {
    assertThat(new TurnLanguage("de").of("The city has 7 bridges.")).isEqualTo("de");
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
