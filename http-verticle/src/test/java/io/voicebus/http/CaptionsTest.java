package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.turn.TurnEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionsTest {
  private final Captions captions = new Captions();
  private long at;

  private void word(String text, long fromMs, long toMs) {
    captions.add(
        new TurnEvent.SpokenWord(
            0, text, at > 0, 0, 0, fromMs * 1_000_000, toMs * 1_000_000, false));
    at = toMs;
  }

  /** Words of 300 ms each, one after the other. */
  private void say(String text) {
    for (String word : text.split(" ", -1)) {
      word(word, at, at + 300);
    }
  }

  private List<String> texts() {
    return captions.cues().stream().map(Captions.Cue::text).toList();
  }

  @Test
  void aCueEndsWithASentence() {
    say("The sky is blue today. It was grey all week.");
    assertThat(texts()).containsExactly("The sky is blue today.", "It was grey all week.");
    assertThat(captions.cues().get(1))
        .isEqualTo(new Captions.Cue(1500, 3000, "It was grey all week."));
  }

  @Test
  void aCueDoesNotReachOverAPause() {
    word("Chapter", 0, 400);
    word("one", 400, 1100);
    word("It", 1900, 2000);
    word("began.", 2000, 2600);
    assertThat(texts()).containsExactly("Chapter one", "It began.");
  }

  @Test
  void aCueHasTwoLinesOfFortyTwoColumnsAndSevenSecondsAtMost() {
    say("word ".repeat(200).strip());
    for (Captions.Cue cue : captions.cues()) {
      assertThat(CaptionLines.of(cue.text()))
          .hasSizeLessThanOrEqualTo(2)
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(42));
      assertThat(cue.toMs() - cue.fromMs()).isLessThanOrEqualTo(7_000);
    }
    assertThat(String.join(" ", texts())).isEqualTo("word ".repeat(200).strip());
  }

  @Test
  void whatIsShortStaysForASecondButNotIntoTheNextCue() {
    word("No.", 0, 300);
    word("Why?", 1500, 1800);
    word("Because.", 2450, 3600);
    assertThat(captions.cues())
        .containsExactly(
            new Captions.Cue(0, 1000, "No."),
            new Captions.Cue(1500, 2450, "Why?"),
            new Captions.Cue(2450, 3600, "Because."));
  }

  @Test
  void lettersOfEastAsiaTakeTwoColumns() {
    String text = "今天天气很好我们去公园散步然后回家吃饭看书";
    assertThat(CaptionLines.columns(text)).isEqualTo(42);
    assertThat(CaptionLines.of(text)).hasSize(1);
    assertThat(CaptionLines.of(text + text)).containsExactly(text, text);
    assertThat(CaptionLines.fits(text + text + "好")).isFalse();
  }

  @Test
  void aFileOfWebVttIsWellFormedWhateverIsSaid() {
    say("1 < 2 && a --> b. Next.");
    assertThat(CaptionText.vtt(captions, false))
        .isEqualTo(
            """
            WEBVTT

            1
            00:00:00.000 --> 00:00:02.100
            1 &lt; 2 &amp;&amp; a --&gt; b.

            2
            00:00:02.100 --> 00:00:03.100
            Next.
            """);
  }

  @Test
  void aFileOfSubRipHasCommas() {
    at = 3_600_000;
    say("Hello there.");
    assertThat(CaptionText.srt(captions))
        .isEqualTo("1\r\n01:00:00,000 --> 01:00:01,000\r\nHello there.\r\n\r\n");
  }

  @Test
  void estimatedTimesAndATurnThatGoesOnAreToldOf() {
    captions.add(new TurnEvent.SpokenWord(0, "Hi", false, 0, 2, 0, 900_000_000, true));
    assertThat(CaptionText.vtt(captions, true))
        .contains("\nNOTE some times are estimated")
        .endsWith("\nNOTE the turn goes on\n");
  }

  @Test
  void ofAVeryLongTurnTheFirstHoursAreKeptAndThatIsTold() {
    for (int i = 0; i < 60_000; i++) {
      word("word" + i % 10 + ".", at + 10, at + 300);
    }
    assertThat(captions.bytes()).isLessThanOrEqualTo(Captions.MAX_BYTES);
    assertThat(captions.isCut()).isTrue();
    assertThat(CaptionText.vtt(captions, true))
        .endsWith("NOTE what was spoken after this is not kept\n");
    assertThat(captions.cues().get(0).fromMs()).isLessThan(100);
  }
}
