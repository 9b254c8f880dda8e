package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.UsualLengths.Verdict;
import org.junit.jupiter.api.Test;

class UsualLengthsTest {
  private static final String TEXT = "The museum opens at nine, and it closes late in the evening.";
  private static final int LETTERS = 47;

  private final UsualLengths lengths = new UsualLengths();
  private long now;

  private static Utterance said(String text, String language, double speed) {
    return new Utterance(text, "", "", "", language, TurnPlace.NONE, speed);
  }

  private Verdict of(double msPerLetter) {
    return of("alloy", said(TEXT, "en", 0), msPerLetter, LETTERS);
  }

  private Verdict of(String voice, Utterance asked, double msPerLetter, int letters) {
    now += 2;
    return lengths.of(voice, asked, (long) (letters * msPerLetter), now - 1, now);
  }

  private void knows(double... msPerLetter) {
    for (double each : msPerLetter) {
      assertThat(of(each)).isEqualTo(Verdict.USUAL);
    }
  }

  @Test
  void halfOfATextIsNotableOnceSomeAreKnown() {
    knows(80, 70, 40); // nothing is known of it yet
    assertThat(of(40)).isEqualTo(Verdict.USUAL);
    UsualLengths others = new UsualLengths();
    for (int each : new int[] {80, 70, 75}) {
      others.of("alloy", said(TEXT, "en", 0), (long) LETTERS * each, 0, 1);
    }
    assertThat(others.of("alloy", said(TEXT, "en", 0), LETTERS * 40, 1, 2))
        .isEqualTo(Verdict.CUT_SHORT);
  }

  @Test
  void whatVariesAsVoicesDoIsWhole() {
    knows(80, 70, 75, 60, 90, 65, 55, 80, 70, 48);
  }

  @Test
  void theThirdInARowIsHowTheyAreNow() {
    knows(80, 70, 75);
    assertThat(of(40)).isEqualTo(Verdict.CUT_SHORT);
    assertThat(of(41)).isEqualTo(Verdict.CUT_SHORT);
    assertThat(of(39)).isEqualTo(Verdict.FASTER);
    knows(40, 42, 38);
    assertThat(of(20)).isEqualTo(Verdict.CUT_SHORT);
  }

  /** What is short comes first, of all that were asked for together. */
  @Test
  void whatWasAskedForTogetherIsOneAccident() {
    knows(80, 70, 75);
    for (int times = 0; times < 5; times++) {
      assertThat(lengths.of("alloy", said(TEXT, "en", 0), LETTERS * 40, now, now + 10 + times))
          .isEqualTo(Verdict.CUT_SHORT);
    }
  }

  @Test
  void oneNowAndThenIsCutEachTime() {
    knows(80, 70, 75);
    for (int times = 0; times < 5; times++) {
      assertThat(of(40)).isEqualTo(Verdict.CUT_SHORT);
      knows(72);
    }
  }

  @Test
  void otherVoicesLanguagesAndSpeedsHaveTheirOwnPace() {
    knows(80, 70, 75);
    assertThat(of("echo", said(TEXT, "en", 0), 40, LETTERS)).isEqualTo(Verdict.USUAL);
    assertThat(of("alloy", said(TEXT, "de", 0), 40, LETTERS)).isEqualTo(Verdict.USUAL);
    assertThat(of("alloy", said(TEXT, "en", 2), 40, LETTERS)).isEqualTo(Verdict.USUAL);
  }

  @Test
  void ofShortTextsLittleCanBeSaidAndOfOneThatNobodyCanSaySoFastMuch() {
    knows(80, 70, 75);
    assertThat(of("alloy", said("Yes, at nine.", "en", 0), 30, 10)).isEqualTo(Verdict.USUAL);
    assertThat(of("echo", said(TEXT, "en", 0), 3, LETTERS)).isEqualTo(Verdict.CUT_SHORT);
    assertThat(of("echo", said(TEXT, "en", 0), 5, LETTERS)).isEqualTo(Verdict.USUAL);
  }

  @Test
  void anIdeographIsNoLetter() {
    String chinese = "博物馆早上九点开门，晚上很晚才关门，中午可以在那里订一张桌子。";
    for (int times = 0; times < 3; times++) {
      of("alloy", said(chinese, "zh", 0), 230, 28);
    }
    String latin = "博物馆 opens at nine, and it closes late in the evening, every day.";
    assertThat(of("alloy", said(latin, "zh", 0), 65, 55)).isEqualTo(Verdict.USUAL);
  }

  @Test
  void whatMayBeAllIsAboutAsLongAsTheShortestOne() {
    Utterance asked = said(TEXT, "en", 0);
    assertThat(lengths.maybeAll("alloy", asked, LETTERS * 45)).as("not known yet").isTrue();
    assertThat(lengths.maybeAll("alloy", asked, LETTERS * 30)).isFalse();
    knows(80, 70, 75);
    assertThat(lengths.maybeAll("alloy", asked, LETTERS * 68)).isTrue();
    assertThat(lengths.maybeAll("alloy", asked, LETTERS * 58)).isFalse();
    assertThat(lengths.maybeAll("echo", asked, LETTERS * 58)).isTrue();
  }
}
