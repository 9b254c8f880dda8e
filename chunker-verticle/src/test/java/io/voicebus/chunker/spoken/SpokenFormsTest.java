package io.voicebus.chunker.spoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenFormsTest {
  private static final SpokenForms ENGLISH = new SpokenForms("en");

  @Test
  void whatHasNothingToWriteOutIsTheSame() {
    String plain = "A plain sentence, with (brackets) and a dash - so.";
    assertThat(ENGLISH.say(plain)).isEqualTo(SaidText.same(plain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "it", "pt", "nl"})
  void noSignIsLeftToTheVoiceWhereverItStands(String language) {
    SpokenForms forms = new SpokenForms(language);
    Set<String> signs = new Words(language).map("signs").keySet();
    assertThat(signs).hasSizeGreaterThan(40);
    for (String sign : signs) {
      for (String shape :
          List.of("a5%sb6", "word %s word", "%s5", "5%s", "%sword", "A %s", "a%s5")) {
        String written = "Zz " + shape.replace("%s", sign) + " zz.";
        String said = forms.say(written).said();
        assertThat(said).as(written).doesNotContain(sign).doesNotContainPattern("\\d");
      }
    }
  }

  @Test
  void aTextInAnotherScriptIsTheSame() {
    assertThat(ENGLISH.say("今天是5月3日。").said()).isEqualTo("今天是5月3日。");
  }

  @Test
  void eachReplacedPartKnowsWhatItStandsFor() {
    String written = "It costs $5M on 3/4/2024, or so.";
    SaidText said = ENGLISH.say(written);
    assertThat(said.said())
        .isEqualTo("It costs five million dollars on March fourth, twenty twenty-four, or so.");
    assertThat(said.edits())
        .extracting(edit -> written.substring(edit.start(), edit.end()))
        .containsExactly("$5M", "3/4/2024");
    assertThat(said.edits())
        .extracting(edit -> said.said().substring(edit.saidStart(), edit.saidEnd()))
        .containsExactly("five million dollars", "March fourth, twenty twenty-four");
  }

  /** A blank that is put between two words stands for nothing. */
  @Test
  void aWordBehindAReplacedPartEndsWhereItIsWritten() {
    SaidText said = new SpokenForms("de").say("um 5:43a.");
    assertThat(said.said()).isEqualTo("um fünf Uhr dreiundvierzig a.");
    assertThat(said.writtenAt(said.said().indexOf(" a."))).isEqualTo("um 5:43".length());
    assertThat(said.writtenAt(said.said().length() - 1)).isEqualTo("um 5:43a".length());
    assertThat(said.writtenAt(said.said().length())).isEqualTo("um 5:43a.".length());
  }

  @Test
  void theMapFromWhatIsSaidToWhatIsWrittenNeverFalls() {
    String written = "Pay $5M, 10% [1] or 1/2 by 2:30 - or 7 @ x² = 4.";
    SaidText said = ENGLISH.say(written);
    int before = 0;
    for (int i = 0; i <= said.said().length(); i++) {
      int at = said.writtenAt(i);
      assertThat(at).isBetween(before, written.length());
      before = at;
    }
    assertThat(said.writtenAt(said.said().length())).isEqualTo(written.length());
  }
}
