package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** 1000 samples a second; every chunk has 40 characters and, unless told otherwise, 4 seconds. */
class LedgerTest {
  private static final TurnId TURN = new TurnId("t");

  private final Ledger ledger = new Ledger();

  LedgerTest() {
    ledger.item(new PlayoutFormat(1000), 0);
  }

  private void asked(int chunk, int asked, int saved) {
    ledger.asked(new Asked("w", TURN, chunk, 40, asked, saved, 1));
  }

  private void started(int chunk, long atSample) {
    ledger.item(new PlayoutMark(PlayoutMark.Kind.CHUNK_START, chunk, atSample), 0);
  }

  private void delivered(int chunk, long from, long to) {
    started(chunk, from);
    ledger.delivered(to - from, 0);
    ledger.item(new PlayoutMark(PlayoutMark.Kind.CHUNK_END, chunk, to), 0);
  }

  private Characters cancelledAfter(long seconds) {
    return ledger.sum(Outcome.CANCELLED, TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void whatIsAskedOnceAndHeardWhollyIsNotWasted() {
    asked(0, 40, 0);
    delivered(0, 0, 4000);
    assertThat(ledger.sum(Outcome.FINISHED, 0)).isEqualTo(new Characters(40, 40, 0, 0));
  }

  @Test
  void everyAttemptCountsAndWhatIsSaidAgainIsWasted() {
    // given: broken off after half of it, and gone on with from the word before
    asked(0, 40, 0);
    asked(0, 25, 0);
    delivered(0, 0, 4000);
    // then
    assertThat(ledger.sum(Outcome.FINISHED, 0)).isEqualTo(new Characters(65, 40, 25, 0));
  }

  @Test
  void whatIsFoundCostsNothingAndCannotBeWasted() {
    asked(0, 0, 40);
    delivered(0, 0, 4000);
    assertThat(ledger.sum(Outcome.FINISHED, 0)).isEqualTo(new Characters(0, 40, 0, 40));
    assertThat(cancelledAfter(1)).isEqualTo(new Characters(0, 10, 0, 40));
  }

  @Test
  void whatHadToBeAskedForAlthoughAPartWasFoundIsWorthTheRest() {
    asked(0, 0, 15);
    asked(0, 40, 0);
    delivered(0, 0, 4000);
    assertThat(ledger.sum(Outcome.FINISHED, 0)).isEqualTo(new Characters(40, 40, 15, 15));
  }

  @Test
  void anInterruptionWastesWhatWasSynthesisedAheadOfTheListener() {
    // given: two chunks delivered, a third one asked for
    asked(0, 40, 0);
    asked(1, 40, 0);
    asked(2, 40, 0);
    delivered(0, 0, 4000);
    delivered(1, 4000, 8000);
    // then: heard is no more than the time that has passed
    assertThat(cancelledAfter(5)).isEqualTo(new Characters(120, 50, 70, 0));
    assertThat(cancelledAfter(100)).isEqualTo(new Characters(120, 80, 40, 0));
  }

  @Test
  void theListenersOwnReportGoesBeforeTheClock() {
    asked(0, 40, 0);
    delivered(0, 0, 4000);
    ledger.played(1000, 0);
    assertThat(cancelledAfter(100)).isEqualTo(new Characters(40, 10, 30, 0));
  }

  @Test
  void inAChunkWhoseEndIsNotKnownASlowVoiceIsAssumed() {
    asked(0, 40, 0);
    started(0, 0);
    ledger.delivered(2000, 0);
    assertThat(cancelledAfter(2)).isEqualTo(new Characters(40, 24, 16, 0));
  }

  @Test
  void aChunkThatIsLeftOutIsWasted() {
    asked(0, 40, 0);
    ledger.item(
        new ChunkSkipped(0, new Failure(Stage.SPEECH, FailureKind.INVALID_REQUEST, "no")), 0);
    asked(1, 40, 0);
    delivered(1, 0, 4000);
    assertThat(ledger.sum(Outcome.FINISHED, 0)).isEqualTo(new Characters(80, 40, 40, 0));
  }

  @Test
  void ofAVeryLongTurnTheFirstChunksAreSummedUp() {
    // given
    int chunks = 3 * Ledger.MAX_CHUNKS;
    for (int i = 0; i < chunks; i++) {
      asked(i, 40, 0);
      delivered(i, 4000L * i, 4000L * (i + 1));
    }
    asked(0, 40, 0);
    // then
    assertThat(ledger.sum(Outcome.FINISHED, 0))
        .isEqualTo(new Characters(40L * chunks + 40, 40L * chunks, 40, 0));
  }
}
