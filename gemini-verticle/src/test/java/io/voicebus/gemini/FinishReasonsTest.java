package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinishReasonsTest {
  private final FinishReasons reasons = new FinishReasons();

  private FinishReasonsTest text(String text, boolean reason) {
    reasons.event(true, text, reason);
    return this;
  }

  private FinishReasonsTest thought(boolean reason) {
    reasons.event(true, "", reason);
    return this;
  }

  private FinishReasonsTest nothing(boolean reason) {
    reasons.event(false, "", reason);
    return this;
  }

  private void waitsFor(Duration patience) {
    assertThat(reasons.any()).isTrue();
    assertThat(reasons.patience(false)).isEqualTo(patience);
  }

  @Test
  void aReasonBehindPiecesWithoutOneIsTheEnd() {
    text("One, ", false).text("two", true).nothing(false).waitsFor(FinishReasons.AFTERWORD);
    assertThat(reasons.areFinal()).isTrue();
    assertThat(reasons.cameLast()).isTrue();
  }

  @Test
  void aReasonByItselfIsTheEnd() {
    text("One", true).text("two", true).nothing(true).waitsFor(FinishReasons.AFTERWORD);
    assertThat(reasons.cameLast()).isFalse();
  }

  @Test
  void thoughtsWithoutOneDoNotTellWhetherEachPieceOfTextHasOne() {
    thought(false).text("Two", true).waitsFor(FinishReasons.DOUBT);
    assertThat(reasons.areFinal()).isFalse();
  }

  @Test
  void reasonsWithEachThoughtSayLittle() {
    nothing(true).thought(true).text("Two", true).waitsFor(FinishReasons.LONG_AFTERWORD);
    assertThat(reasons.wentOn()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Yes.", "*No!* ", "\"Why?\"", "好。", "Done ✅", "I ❤️", "(Yes.)\n", "Ja …"})
  void aFirstPieceThatIsAWholeSentenceIsPerhapsTheEnd(String piece) {
    text(piece, true).waitsFor(FinishReasons.AFTERWORD);
    assertThat(reasons.areFinal()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Well, ", "The", "He said: ", "1", "**", "A – "})
  void aFirstPieceWithinASentenceIsWaitedForLonger(String piece) {
    text(piece, true).waitsFor(FinishReasons.DOUBT);
  }

  @Test
  void aServiceThatUsuallyGoesOnIsWaitedForLongest() {
    text("Yes.", true);
    assertThat(reasons.patience(true)).isEqualTo(FinishReasons.LONG_AFTERWORD);
  }
}
