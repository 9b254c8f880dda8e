package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A chunk of which the voice is given other words. */
class ChunkCaptionTest {
  private static final ChunkCaption PRICE =
      new ChunkCaption(
          3,
          "It costs $5 now.",
          100,
          116,
          "It costs five dollars now.",
          2_600,
          ChunkEnd.SENTENCE,
          List.of(new TextPoint(0, 100), new TextPoint(21, 111)),
          "en",
          List.of(new SpokenForm(9, 11, 9, 21)));

  @Test
  void whatIsReadAndWhereItWasWrittenIsFoundByTheOtherWords() {
    // given
    ChunkCaption chunk = new ChunkCaption(0, "The kitty sat.", 10, 24);
    // when
    ChunkCaption other = chunk.withWords("The cat sat.");
    // then
    assertThat(other.text()).isEqualTo("The kitty sat.");
    assertThat(other.words()).isEqualTo("The cat sat.");
    assertThat(other.forms()).containsExactly(new SpokenForm(4, 9, 4, 7));
    assertThat(other.textAt(6)).as("a word that is not said to its end").isEqualTo(4);
    assertThat(other.writtenAt(6)).isEqualTo(14);
    assertThat(other.textAt(7)).isEqualTo(9);
    assertThat(other.writtenAt(7)).isEqualTo(19);
    assertThat(other.textAt(12)).isEqualTo(14);
    assertThat(other.writtenAt(12)).isEqualTo(24);
    assertThat(other.estimatedMs()).isEqualTo(chunk.estimatedMs() * 12 / 14);
  }

  @Test
  void aFormThatIsSaidOtherwiseOnceMoreStaysOne() {
    ChunkCaption other = PRICE.withWords("It costs five euros now.");
    assertThat(other.forms()).containsExactly(new SpokenForm(9, 11, 9, 19));
    assertThat(other.writtenAt(18)).isEqualTo(109);
    assertThat(other.writtenAt(19)).isEqualTo(111);
  }

  @Test
  void formsBeforeAndBehindStayWhereTheyAreSaid() {
    assertThat(PRICE.withWords("Bread costs five dollars now.").forms())
        .containsExactly(new SpokenForm(0, 2, 0, 5), new SpokenForm(9, 11, 12, 24));
    assertThat(PRICE.withWords("It costs five dollars today.").forms())
        .containsExactly(new SpokenForm(9, 11, 9, 21), new SpokenForm(12, 15, 22, 27));
  }

  @Test
  void theSameWordsAreTheSameChunk() {
    assertThat(PRICE.withWords(PRICE.words())).isSameAs(PRICE);
  }

  @Test
  void aChunkCannotBeLeftOut() {
    assertThatThrownBy(() -> PRICE.withWords(" "))
        .hasMessageContaining("chunk 3 would have no words");
  }

  /** Whatever is replaced, one after the other: outside of the forms both texts are the same. */
  @RepeatedTest(200)
  void whatIsInNoFormIsSaidAsItIsWritten(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ChunkCaption chunk = new ChunkCaption(0, "one two two three four", 50, 72);
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      String words = chunk.words();
      int from = random.nextInt(words.length());
      int to = from + random.nextInt(words.length() - from);
      String said = List.of("", "two", "x", " o", "four score").get(random.nextInt(5));
      chunk = chunk.withWords(words.substring(0, from) + said + words.substring(to));
    }
    int at = 0;
    int saidAt = 0;
    for (SpokenForm form : chunk.forms()) {
      assertThat(chunk.text().substring(at, form.start()))
          .as("%s", chunk)
          .isEqualTo(chunk.words().substring(saidAt, form.saidStart()));
      at = form.end();
      saidAt = form.saidEnd();
    }
    assertThat(chunk.text().substring(at)).isEqualTo(chunk.words().substring(saidAt));
    for (int said = 0; said < chunk.words().length(); said++) {
      assertThat(chunk.textAt(said)).isLessThanOrEqualTo(chunk.textAt(said + 1));
      assertThat(chunk.writtenAt(said))
          .as("%d of %s", said, chunk)
          .isLessThanOrEqualTo(chunk.writtenAt(said + 1))
          .isBetween(50L, 72L);
    }
    assertThat(chunk.textAt(chunk.words().length())).isEqualTo(chunk.text().length());
    assertThat(chunk.writtenAt(chunk.words().length())).isEqualTo(72);
  }
}
