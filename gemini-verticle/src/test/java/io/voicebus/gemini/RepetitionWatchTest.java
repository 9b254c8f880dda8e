package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionWatchTest {
  private static final String BEFORE =
      "There is a lot to say about this, and I would like to begin with the most important of it. ";

  /** After how many units a loop was noticed; -1 for never. */
  private static int noticed(String text) {
    RepetitionWatch watch = new RepetitionWatch();
    for (int at = 0; at < text.length(); at += 7) {
      if (watch.accept(text.substring(at, Math.min(text.length(), at + 7)))) {
        return at;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the ",
        "I am sorry, but I cannot help with that. ",
        "\n",
        "是的。",
        "This is a long sentence that is said again and again, since the model has lost its way in"
            + " it and will not find out by itself, however long one waits for it to do so. "
      })
  void aStretchThatComesAgainAndAgainIsALoop(String stretch) {
    int at = noticed(BEFORE + stretch.repeat(2000));
    assertThat(at).isBetween(1000, 24 * 200 + 300);
  }

  @Test
  void whatMerelyRepeatsItselfIsNone() {
    assertThat(noticed(BEFORE + "ha ".repeat(250) + BEFORE)).isEqualTo(-1);
    assertThat(noticed(BEFORE + "-".repeat(900) + BEFORE)).isEqualTo(-1);
    assertThat(noticed((BEFORE + "And again. ").repeat(20) + "The end.")).isEqualTo(-1);
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      numbers.append(i).append(", ");
    }
    assertThat(noticed(numbers.toString())).isEqualTo(-1);
  }

  @Test
  void anotherAnswerBeginsAnew() {
    RepetitionWatch watch = new RepetitionWatch();
    watch.accept("the ".repeat(240));
    watch.again();
    assertThat(watch.accept("the ".repeat(240))).isFalse();
  }
}
