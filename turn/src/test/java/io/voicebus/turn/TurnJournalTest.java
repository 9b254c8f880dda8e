package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextFlush;
import org.junit.jupiter.api.Test;

/** What a stage that goes on in another's place tells once more must not count twice. */
class TurnJournalTest {
  private static final ChunkCaption FIRST = new ChunkCaption(0, "One.", 0, 4);
  private static final ChunkCaption SECOND = new ChunkCaption(1, "Two.", 4, 9);

  private final TurnJournal journal = new TurnJournal();

  @Test
  void aChunkCountsOnceAndInItsOrder() {
    // given
    journal.item(new TextDelta("One. Two."));
    assertThat(journal.item(SECOND)).as("before the first").isFalse();
    assertThat(journal.item(FIRST)).isTrue();
    // when
    assertThat(journal.item(FIRST)).as("once more").isFalse();
    // then
    assertThat(journal.nextChunk()).isOne();
    assertThat(journal.aheadChars()).isEqualTo(4);
    assertThat(journal.undelivered()).containsExactly(FIRST);
  }

  @Test
  void aChunkIsSpokenOnce() {
    // given
    journal.item(FIRST);
    assertThat(journal.item(new ChunkSpoken(0, 1, -1, -1, -1))).isTrue();
    // then
    assertThat(journal.item(new ChunkSpoken(0, 1, -1, -1, -1))).isFalse();
    assertThat(journal.aheadChars()).isZero();
  }

  @Test
  void aChunkBeginsOnce() {
    // given
    PlayoutMark start = new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    assertThat(journal.item(start)).isTrue();
    // then
    assertThat(journal.item(start)).isFalse();
    // when
    journal.item(new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 10));
    // then
    assertThat(journal.item(start)).as("after its end").isFalse();
  }

  @Test
  void whatIsTakenBackGoesWithItsFlushes() {
    // given
    journal.item(new TextDelta("One."));
    journal.item(new TextFlush());
    journal.item(FIRST);
    journal.item(new TextDelta(" Two"));
    journal.item(new TextFlush());
    // when
    assertThat(journal.cutText()).isEqualTo(4);
    // then
    assertThat(journal.textItems()).containsExactly(new TextDelta("One."), new TextFlush());
  }
}
