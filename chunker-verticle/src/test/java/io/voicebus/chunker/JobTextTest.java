package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.contract.Pronunciation;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTextTest {
  private final JobText turn =
      new JobText(true, Pronunciations.NONE, "", LanguageForms.Loader.HERE);

  @Test
  void aTextInALanguageWithoutFormsIsGivenAsItIs() {
    assertThat(said(turn, chunk("To kosztuje 5 zł.")).said()).isEqualTo("To kosztuje 5 zł.");
  }

  @Test
  void anEngineThatDoesItItselfGetsTheTextAsItIs() {
    JobText off = new JobText(false, Pronunciations.NONE, "", LanguageForms.Loader.HERE);
    assertThat(said(off, chunk("It has 5 rooms.")).said()).isEqualTo("It has 5 rooms.");
  }

  @Test
  void aLanguageThatIsToldIsTakenAndATurnsOwnWins() {
    JobText german = new JobText(true, Pronunciations.NONE, "de", LanguageForms.Loader.HERE);
    assertThat(said(german.forTurn(List.of(), "", "", ""), chunk("Tempo 30")).said())
        .isEqualTo("Tempo dreißig");
    assertThat(said(german.forTurn(List.of(), "it", "", ""), chunk("Tempo 30")).said())
        .isEqualTo("Tempo trenta");
  }

  @Test
  void whereTheTextSpeaksForSeveralLanguagesNumbersStayDigits() {
    String either = "1 de cada 4";
    assertThat(said(turn.forTurn(List.of(), "", "", ""), chunk(either)).said()).isEqualTo(either);
  }

  @Test
  void aTextThatShowsNoLanguageIsSaidInTheOneThatIsExpectedAndThatIsNotTold() {
    JobText german = turn.forTurn(List.of(), "", "", "de");
    assertThat(said(german, chunk("3,5 km")).said()).isEqualTo("drei Komma fünf Kilometer");
    assertThat(german.lastLanguage()).isEmpty();
    JobText english = turn.forTurn(List.of(), "", "", "");
    assertThat(said(english, chunk("3.5 km")).said()).isEqualTo("three point five kilometers");
    assertThat(english.lastLanguage()).isEmpty();
  }

  @Test
  void aGuessIsGoodEnoughForNumbersAndIsNotTold() {
    JobText guessed = turn.forTurn(List.of(), "", "", "");
    assertThat(said(guessed, chunk("Ciao 21!")).said()).isEqualTo("Ciao ventuno!");
    assertThat(guessed.lastLanguage()).isEmpty();
    assertThat(said(guessed, chunk("Oggi sono le 21 a Roma.")).said()).contains("ventuno");
    assertThat(guessed.lastLanguage()).isEqualTo("it");
  }

  @Test
  void theMapGoesThroughPronunciationsAndForms() {
    // given
    JobText own = turn.forTurn(List.of(new Pronunciation("SQL", "sequel")), "", "", "");
    String written = "The SQL job has run 21 times.";
    // when
    SaidText said = said(own, chunk(written));
    // then
    assertThat(said.said()).isEqualTo("The sequel job has run twenty-one times.");
    assertThat(said.edits())
        .extracting(edit -> written.substring(edit.start(), edit.end()))
        .containsExactly("SQL", "21");
    assertThat(said.edits())
        .extracting(edit -> said.said().substring(edit.saidStart(), edit.saidEnd()))
        .containsExactly("sequel", "twenty-one");
  }

  private static SaidText said(JobText turn, SpeakableChunk chunk) {
    turn.prepare(chunk, () -> {});
    return turn.say(chunk);
  }

  private static SpeakableChunk chunk(String text) {
    return new SpeakableChunk(0, text, 0, text.length(), "en");
  }
}
