package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.WordMark;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeardAnswerTest {
  private static final int RATE = 1000;
  private final HeardAnswer answer = new HeardAnswer();
  private int chunks;
  private long samples;

  HeardAnswerTest() {
    answer.rate(RATE);
  }

  /** A chunk that speaks so much of the source, which follows what came before. */
  private void chunk(String source, String spoken, int length) {
    int start = textLength;
    text(source);
    caption(spoken, start, textLength);
    begin();
    end(length);
  }

  private int textLength;

  private void text(String text) {
    answer.text(text);
    textLength += text.length();
  }

  private void caption(String spoken, int start, int end) {
    answer.caption(new ChunkCaption(chunks, spoken, start, end));
  }

  private void begin() {
    answer.mark(new PlayoutMark(Kind.CHUNK_START, chunks, samples));
  }

  private void end(int length) {
    samples += length;
    answer.mark(new PlayoutMark(Kind.CHUNK_END, chunks, samples));
    chunks++;
  }

  private void word(int at, int chars) {
    answer.word(new WordMark(chunks, samples + at, chars));
  }

  @Test
  void cutsAtTheLastWordThatItsTimingSaysIsOver() {
    // given
    text("The sky is blue.");
    caption("The sky is blue.", 0, 16);
    begin();
    word(200, 3);
    word(500, 7);
    word(900, 10);
    // then
    assertThat(answer.upTo(0)).isEmpty();
    assertThat(answer.upTo(199)).isEmpty();
    assertThat(answer.upTo(200)).isEqualTo("The");
    assertThat(answer.upTo(899)).isEqualTo("The sky");
    assertThat(answer.upTo(5000)).isEqualTo("The sky is");
    // when
    end(1500);
    // then
    assertThat(answer.upTo(1500)).isEqualTo("The sky is blue.");
  }

  @Test
  void cutsInWhatWasWrittenWhereTheVoiceWasGivenMore() {
    // given: spoken as "It has twenty-one rooms here."
    String written = "It has 21 rooms here.";
    text(written);
    answer.caption(new ChunkCaption(chunks, written, 0, written.length(), "w".repeat(29), 1));
    begin();
    word(600, 17);
    word(800, 23);
    // then
    assertThat(answer.upTo(600)).isEqualTo("It has 21");
    assertThat(answer.upTo(800)).isEqualTo("It has 21 rooms");
    // when
    end(1000);
    // then
    assertThat(answer.upTo(1000)).isEqualTo(written);
  }

  @Test
  void cutsByTheShareOfTimeWhereThereAreNoTimings() {
    // given
    chunk("One two three four.", "One two three four.", 1900);
    // then
    assertThat(answer.upTo(299)).isEmpty();
    assertThat(answer.upTo(310)).isEqualTo("One");
    assertThat(answer.upTo(1200)).isEqualTo("One two");
    assertThat(answer.upTo(1899)).isEqualTo("One two three");
  }

  @Test
  void reckonsWithASlowVoiceWhileAChunksLengthIsNotKnown() {
    // given
    text("One two three four.");
    caption("One two three four.", 0, 19);
    begin();
    // then: twelve characters a second
    assertThat(answer.upTo(500)).isEqualTo("One");
    assertThat(answer.upTo(1000)).isEqualTo("One two");
  }

  @Test
  void tellsTheModelsOwnTextMarkdownAndAll() {
    // given
    chunk("It is **really** blue", "It is really blue", 1700);
    chunk(", says [a book](https://example.org/book).\n\n```\ncode\n```\n", ", says a book.", 1000);
    chunk("&amp; so on.", "and so on.", 1000);
    // then
    assertThat(answer.upTo(1300)).isEqualTo("It is **really**");
    assertThat(answer.upTo(1700)).isEqualTo("It is **really** blue");
    assertThat(answer.upTo(2650)).isEqualTo("It is **really** blue, says [a");
    assertThat(answer.upTo(2700)).endsWith("```");
    assertThat(answer.upTo(3650)).endsWith("```\n&amp; so");
    assertThat(answer.all()).endsWith("&amp; so on.");
  }

  @Test
  void leavesOutWhatWasSkipped() {
    // given
    chunk("First one. ", "First one.", 1000);
    text("Second one. ");
    caption("Second one.", 11, 22);
    answer.skipped(1);
    chunks++;
    chunk("Third one.", "Third one.", 1000);
    // then
    assertThat(answer.upTo(1000)).isEqualTo("First one.");
    assertThat(answer.upTo(1700)).isEqualTo("First one.  Third");
    assertThat(answer.all()).isEqualTo("First one.  Third one.");
  }

  @Test
  void countsWhatWasHeardOfAChunkWhoseRestWasLeftOut() {
    // given
    text("First one goes on. ");
    caption("First one goes on.", 0, 18);
    begin();
    word(300, 5);
    word(600, 9);
    answer.skipped(0);
    end(600);
    chunk("Next.", "Next.", 500);
    // then
    assertThat(answer.upTo(600)).isEqualTo("First one");
    assertThat(answer.all()).isEqualTo("First one Next.");
    assertThat(answer.upTo(1100)).isEqualTo("First one Next.");
  }

  @Test
  void cutsScriptsWithoutBlanksAtACharacterAndNoneInTwo() {
    // given
    String text = "天空是蓝色的。𠮷野家！ Ok 👍🏽 done";
    chunk(text, text, text.length() * 10);
    // then
    for (int sample = 0; sample <= samples; sample++) {
      String heard = answer.upTo(sample);
      assertThat(text).startsWith(heard);
      assertThat(heard.isEmpty() || !Character.isHighSurrogate(heard.charAt(heard.length() - 1)))
          .isTrue();
    }
    assertThat(answer.upTo(25)).isEqualTo("天空");
    assertThat(answer.upTo(75)).isEqualTo("天空是蓝色的。");
    assertThat(answer.upTo(90)).isEqualTo("天空是蓝色的。𠮷");
  }

  @Test
  void keepsNoMoreThanTheLongestAnswer() {
    text("x".repeat(Conversation.MAX_ANSWER_CHARS - 1));
    text("yz");
    text("more");
    assertThat(answer.all()).hasSize(Conversation.MAX_ANSWER_CHARS).endsWith("xy");
  }

  @Test
  void neverTellsLessLaterNorMoreThanThereIsHoweverTheTextLooks() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    String[] words = {
      "a", "**b**", "\n", "c.", "天", "𠮷", "`d`", "and", " ", "[e](f)", "&lt;", "é"
    };
    for (int i = 0; i < 300; i++) {
      HeardAnswerTest one = new HeardAnswerTest();
      StringBuilder all = new StringBuilder();
      for (int c = random.nextInt(4); c >= 0; c--) {
        StringBuilder source = new StringBuilder();
        for (int w = 1 + random.nextInt(8); w > 0; w--) {
          source.append(words[random.nextInt(words.length)]).append(' ');
        }
        String spoken = source.toString().replaceAll("[*`\\[\\]]|\\(f\\)", "").strip();
        one.chunk(source.toString(), spoken.isEmpty() ? "x" : spoken, 1 + random.nextInt(500));
        all.append(source);
      }
      String before = "";
      for (long at = 0; at <= one.samples; at++) {
        String heard = one.answer.upTo(at);
        assertThat(heard).as("seed %d", seed).startsWith(before);
        assertThat(all.toString()).as("seed %d", seed).startsWith(heard);
        before = heard;
      }
      assertThat(before).as("seed %d", seed).isEqualTo(all.toString().stripTrailing());
    }
  }
}
