package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkCaption;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTextTest {
  private final TurnText text = new TurnText();

  private void add(String... sentences) {
    for (int i = 0; i < sentences.length; i++) {
      text.add(new ChunkCaption(i, sentences[i], 0, 0));
    }
  }

  @Test
  void theTextAroundAChunkIsThatOfAllItsNeighbours() {
    add("One.", "Two.", "Three.", "Four.", "Five.");
    assertThat(text.before(2, 300)).isEqualTo("One. Two.");
    assertThat(text.after(2, 300)).isEqualTo("Four. Five.");
    assertThat(text.before(0, 300)).isEmpty();
    assertThat(text.after(4, 300)).isEmpty();
  }

  @Test
  void whatIsLongerIsCutAtAWord() {
    add("The first sentence.", "Now.", "The last sentence.");
    assertThat(text.before(1, 12)).isEqualTo("sentence.");
    assertThat(text.after(1, 12)).isEqualTo("The last");
  }

  @Test
  void aTextWithoutBlanksIsCutBetweenCharacters() {
    add("\u6f22\ud840\udc0b\u5b57", "Now.", "\u6f22\ud840\udc0b\u5b57");
    assertThat(text.before(1, 2)).isEqualTo("\u5b57");
    assertThat(text.after(1, 2)).isEqualTo("\u6f22");
  }

  @Test
  void onlyWhatIsBesideAChunkThatIsKnownIsNextToIt() {
    add("One.");
    text.add(new ChunkCaption(2, "Three.", 0, 0));
    assertThat(text.after(0, 300)).isEmpty();
  }

  @Test
  void ofWhatWasSpokenOnlyTheTextBeforeIsKept() {
    add("a".repeat(200), "b".repeat(200), "c".repeat(200), "d".repeat(200));
    text.forgetBefore(3, 300);
    assertThat(List.of(text.words(0), text.words(1), text.words(3)))
        .containsExactly("", "b".repeat(200), "d".repeat(200));
    assertThat(text.before(3, 300)).isEqualTo("c".repeat(200));
  }
}
