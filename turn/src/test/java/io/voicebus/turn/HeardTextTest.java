package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeardTextTest {
  private final HeardText heard = new HeardText();

  /** Two sentences, of a second each. */
  @BeforeEach
  void speak() {
    heard.rate(8_000);
    heard.event(new TurnEvent.Text("One two three. Four."));
    heard.event(new TurnEvent.Caption(new ChunkCaption(0, "One two three.", 0, 14)));
    heard.event(new TurnEvent.Caption(new ChunkCaption(1, "Four.", 15, 20)));
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    mark(PlayoutMark.Kind.CHUNK_END, 0, 8_000);
  }

  private void mark(PlayoutMark.Kind kind, int chunk, long atSample) {
    heard.event(new TurnEvent.Mark(new PlayoutMark(kind, chunk, atSample)));
  }

  @Test
  void endsAtAWordByTheShareOfTime() {
    assertThat(heard.upTo(0)).isEmpty();
    assertThat(heard.upTo(600)).isEqualTo("One two");
    assertThat(heard.upTo(1_000)).isEqualTo("One two three.");
  }

  @Test
  void isAllOfItWhenAllWasPlayed() {
    mark(PlayoutMark.Kind.CHUNK_START, 1, 8_000);
    mark(PlayoutMark.Kind.CHUNK_END, 1, 16_000);
    assertThat(heard.upTo(2_000)).isEqualTo("One two three. Four.");
    assertThat(heard.all()).isEqualTo("One two three. Four.");
    assertThat(heard.skips()).isFalse();
  }

  @Test
  void leavesOutWhatCouldNotBeSpoken() {
    Failure why = new Failure(Stage.SPEECH, FailureKind.BLOCKED, "it is not said");
    heard.event(new TurnEvent.Skipped(new ChunkSkipped(1, why)));
    assertThat(heard.skips()).isTrue();
    assertThat(heard.all()).isEqualTo("One two three.");
  }

  @Test
  void forgetsWhatWasTakenBack() {
    heard.event(new TurnEvent.TextCut(14));
    heard.event(new TurnEvent.Text(" Five."));
    assertThat(heard.all()).isEqualTo("One two three. Five.");
  }

  @Test
  void aWordThatItsVoiceTellsIsHeardBeforeTheSilenceBehindIt() {
    heard.event(new TurnEvent.Mark(new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0)));
    heard.event(new TurnEvent.Word(new WordMark(0, 1_600, 3)));
    heard.event(new TurnEvent.Word(new WordMark(0, 3_200, 7)));
    heard.event(new TurnEvent.Word(new WordMark(0, 5_600, 14)));
    heard.event(new TurnEvent.Mark(new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 8_000)));
    assertThat(heard.upTo(690)).isEqualTo("One two");
    assertThat(heard.upTo(700)).isEqualTo("One two three.");
  }
}
