package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.WordMark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two chunks, of 1,000 samples and of those that have come of the second. */
class TurnCopyTest {
  private static final List<Message> FACTS =
      List.of(
          new TextDelta("One two. Three four."),
          new ChunkCaption(0, "One two.", 0, 8),
          new ChunkCaption(1, "Three four.", 9, 20),
          new PlayoutFormat(1000),
          new PlayoutMark(PlayoutMark.Kind.FIRST_FRAME, 0, 0),
          new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0, "a"),
          new WordMark(0, 400, 3),
          new ChunkSpoken(0, 1, 1, 1, 1),
          new WordMark(0, 1000, 8),
          new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 1000),
          new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 1, 1000, "b"),
          new WordMark(1, 1500, 5));

  private final TurnCopy copy = new TurnCopy();

  TurnCopyTest() {
    FACTS.forEach(copy::add);
  }

  private long sample(long has, long fixed) {
    return copy.place(has, fixed).sample();
  }

  @Test
  void aTurnGoesOnAtTheLastWordThatTheListenerHasWhole() {
    assertThat(sample(0, 0)).isZero();
    assertThat(sample(399, 0)).isZero();
    assertThat(sample(400, 0)).isEqualTo(400);
    assertThat(sample(999, 100)).isEqualTo(400);
    assertThat(sample(1000, 100)).isEqualTo(1000);
    assertThat(sample(1400, 1000)).isEqualTo(1000);
  }

  @Test
  void whatTheCopyHasNotHeardOfIsDeliveredAgain() {
    assertThat(sample(9000, 1500)).isEqualTo(1500);
  }

  @Test
  void forAListenerThatHasPlayedOrStoredMoreItGoesOnBehindAllThatItHas() {
    assertThat(sample(999, 401)).isEqualTo(999);
    assertThat(sample(9000, 9000)).isEqualTo(9000);
  }

  @Test
  void whatWasHeardAndSpokenBehindThatPlaceHasNotHappened() {
    assertThat(copy.until(copy.place(999, 0))).containsExactlyElementsOf(FACTS.subList(0, 7));
    assertThat(copy.until(copy.place(1100, 0))).containsExactlyElementsOf(FACTS.subList(0, 11));
  }

  @Test
  void allOfACopyMakesAnotherLikeItWithTheLastPositionOnly() {
    copy.add(new Position(1, false));
    copy.add(new Position(2, true));
    TurnCopy other = new TurnCopy();
    copy.facts().forEach(other::add);
    assertThat(other.facts()).isEqualTo(copy.facts()).endsWith(new Position(2, true));
    assertThat(other.facts()).hasSize(FACTS.size() + 1);
  }

  @Test
  void itSaysWhenItGrowsTooLong() {
    for (int i = 0; i < TurnCopy.MAX_WEIGHT / 4096; i++) {
      copy.add(new TextDelta("x".repeat(4096)));
    }
    assertThat(copy.isTooLong()).isTrue();
  }
}
