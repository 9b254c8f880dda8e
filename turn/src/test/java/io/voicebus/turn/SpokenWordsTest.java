package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.SpokenForm;
import io.voicebus.contract.TextPoint;
import io.voicebus.contract.WordMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** At 1 kHz, so that a sample is a millisecond. */
class SpokenWordsTest {
  private final SpokenWords words = new SpokenWords();
  private final List<TurnEvent.SpokenWord> told = new ArrayList<>();

  SpokenWordsTest() {
    take(new PlayoutFormat(1000));
  }

  private void take(Message item) {
    told.addAll(words.item(item));
  }

  private void chunk(int index, long atMs) {
    take(new PlayoutMark(Kind.CHUNK_START, index, atMs));
  }

  private void end(int index, long atMs) {
    take(new PlayoutMark(Kind.CHUNK_END, index, atMs));
  }

  private static ChunkCaption caption(int index, String text) {
    return new ChunkCaption(index, text, 0, text.length());
  }

  /** Of all words: text, from, to in ms; a tilde for those that are estimated. */
  private String timeline() {
    StringBuilder line = new StringBuilder();
    for (TurnEvent.SpokenWord word : told) {
      line.append(
          String.format(
              Locale.ROOT,
              "%s%s %d-%d|",
              word.estimated() ? "~" : "",
              word.text(),
              word.fromNanos() / 1_000_000,
              word.toNanos() / 1_000_000));
    }
    return line.toString();
  }

  @Test
  void aWordIsToldOfAsSoonAsItsEngineHasTold() {
    take(caption(0, "Sure, here it is."));
    chunk(0, 10);
    take(new WordMark(0, 300, 5, 250, false));
    assertThat(timeline()).isEqualTo("Sure, 50-300|");
    take(new WordMark(0, 620, 10, 200, false));
    take(new WordMark(0, 700, 13, 80, false));
    take(new WordMark(0, 900, 17, 150, false));
    end(0, 905);
    assertThat(timeline()).isEqualTo("Sure, 50-300|here 420-620|it 620-700|is. 750-900|");
  }

  @Test
  void noWordIsSpokenBeforeItsChunkIsHeard() {
    take(caption(0, "Four of them."));
    take(new PlayoutMark(Kind.CHUNK_START, 0, 10, "", 0, 0, "", 90));
    take(new WordMark(0, 400, 4, 370, false));
    assertThat(timeline()).isEqualTo("Four 100-400|");
  }

  @Test
  void whereNoWordsAreToldTheyAreSpreadFromWhereTheChunkIsHeard() {
    take(caption(0, "Four."));
    take(new PlayoutMark(Kind.CHUNK_START, 0, 10, "", 0, 0, "", 90));
    end(0, 500);
    assertThat(timeline()).isEqualTo("~Four. 100-500|");
  }

  @Test
  void aNumberIsOneWordHoweverManyTheVoiceMakesOfIt() {
    String said = "It costs twenty nine dollars today.";
    take(
        new ChunkCaption(
            0,
            "It costs $29 today.",
            100,
            123,
            said,
            1000,
            ChunkEnd.SENTENCE,
            List.of(
                new TextPoint(0, 100),
                new TextPoint(3, 105),
                new TextPoint(9, 113),
                new TextPoint(28, 116)),
            "en",
            List.of(new SpokenForm(9, 12, 9, 28))));
    chunk(0, 0);
    take(new WordMark(0, 100, 2, 100, false));
    take(new WordMark(0, 400, 8, 280, false));
    take(new WordMark(0, 800, 15, 380, false)); // twenty
    take(new WordMark(0, 1000, 20, 200, false)); // nine
    take(new WordMark(0, 1500, 28, 480, false)); // dollars
    take(new WordMark(0, 2000, said.length(), 450, false));
    end(0, 2000);
    assertThat(timeline()).isEqualTo("It 0-100|costs 120-400|$29 420-1500|today. 1550-2000|");
    assertThat(told)
        .extracting(TurnEvent.SpokenWord::sourceStart)
        .containsExactly(100L, 105L, 113L, 117L);
    assertThat(told)
        .extracting(TurnEvent.SpokenWord::sourceEnd)
        .containsExactly(102L, 110L, 116L, 123L);
  }

  @Test
  void whereTheEngineTellsNothingAChunksTimeIsSpreadOverItsWords() {
    take(caption(0, "Oh, extraordinary."));
    chunk(0, 1000);
    take(new WordMark(0, 1800, 3, 0, true)); // a guess that is for resuming
    assertThat(told).isEmpty();
    end(0, 2000);
    assertThat(told).hasSize(2).allMatch(TurnEvent.SpokenWord::estimated);
    TurnEvent.SpokenWord oh = told.get(0);
    TurnEvent.SpokenWord extraordinary = told.get(1);
    assertThat(oh.fromNanos()).isEqualTo(1_000_000_000L);
    assertThat(extraordinary.toNanos()).isEqualTo(2_000_000_000L);
    assertThat(oh.toNanos()).as("a comma is a pause").isLessThan(extraordinary.fromNanos());
    assertThat(oh.toNanos() - oh.fromNanos())
        .isLessThan((extraordinary.toNanos() - extraordinary.fromNanos()) / 3);
  }

  @Test
  void whatAnEngineHasNotToldOfIsEstimatedBetweenWhatItHas() {
    take(caption(0, "one two three four"));
    chunk(0, 0);
    take(new WordMark(0, 300, 3, 300, false));
    take(new WordMark(0, 900, 13, 0, false)); // "two three" at once
    end(0, 1200);
    assertThat(timeline()).startsWith("one 0-300|~two 300-").contains("-900|~four 900-1200|");
  }

  @Test
  void whatAVoiceWithoutTimesSaidIsBeforeTheVoiceThatContinues() {
    take(caption(0, "one two three four"));
    chunk(0, 0);
    take(new WordMark(0, 280, 3, 280, true));
    take(new WordMark(0, 570, 7, 290, true));
    take(new PlayoutMark(Kind.CHUNK_VOICE, 0, 600, "", 0, 0, "embedded"));
    assertThat(timeline()).isEqualTo("~one 0-300|~two 300-600|");
    take(new WordMark(0, 900, 13, 280, false));
    take(new WordMark(0, 1200, 18, 300, false));
    end(0, 1210);
    assertThat(timeline()).isEqualTo("~one 0-300|~two 300-600|three 620-900|four 900-1200|");
  }

  @Test
  void whereTimesWereToldAnotherVoiceChangesNone() {
    take(caption(0, "one two three"));
    chunk(0, 0);
    take(new WordMark(0, 300, 3, 280, false));
    take(new PlayoutMark(Kind.CHUNK_VOICE, 0, 500, "", 0, 0, "another"));
    end(0, 900);
    assertThat(timeline()).startsWith("one 20-300|~two 300-").endsWith("-900|");
  }

  @Test
  void aDashThatTheEngineTellsOfIsNoWord() {
    take(caption(0, "else – really!"));
    chunk(0, 0);
    take(new WordMark(0, 300, 4, 300, false));
    take(new WordMark(0, 500, 6, 100, false));
    take(new WordMark(0, 900, 14, 350, false));
    end(0, 900);
    assertThat(timeline()).isEqualTo("else – 0-300|really! 550-900|");
  }

  @Test
  void marksBelongToWordsAndPicturesToo() {
    take(caption(0, "– Yes 😀 – no …"));
    chunk(0, 0);
    end(0, 1000);
    assertThat(told).extracting(TurnEvent.SpokenWord::text).containsExactly("– Yes 😀 –", "no …");
  }

  @Test
  void ofAChunkThatWasLeftOutOnlyWhatWasHeardIsTold() {
    take(caption(0, "one two three"));
    take(caption(1, "four"));
    chunk(0, 0);
    take(new WordMark(0, 300, 3, 300, false));
    take(new ChunkSkipped(0, new Failure(Stage.SPEECH, FailureKind.TIMEOUT, "it fell silent")));
    end(0, 500);
    chunk(1, 600);
    end(1, 900);
    assertThat(timeline()).isEqualTo("one 0-300|~four 600-900|");
  }

  @Test
  void aChunkWithoutSoundHasNoWords() {
    take(caption(0, "one two"));
    chunk(0, 100);
    end(0, 100);
    assertThat(told).isEmpty();
  }

  @Test
  void wordsThatAreToldAgainAfterATakeOverAreToldOnce() {
    take(caption(0, "one two"));
    chunk(0, 0);
    take(new WordMark(0, 300, 3, 300, false));
    take(new WordMark(0, 310, 3, 300, false));
    take(new WordMark(0, 700, 7, 400, false));
    end(0, 700);
    assertThat(timeline()).isEqualTo("one 0-300|two 310-700|".replace("310", "300"));
  }

  @Test
  void itIsKnownWhetherABlankIsBeforeAWord() {
    take(caption(0, "Hello there."));
    take(caption(1, "今天天气。"));
    take(caption(2, "今天。"));
    chunk(0, 0);
    end(0, 500);
    chunk(1, 500);
    end(1, 900);
    chunk(2, 900);
    end(2, 1000);
    StringBuilder text = new StringBuilder();
    told.forEach(word -> text.append(word.spaced() ? " " : "").append(word.text()));
    assertThat(text).hasToString("Hello there. 今天天气。今天。");
  }
}
