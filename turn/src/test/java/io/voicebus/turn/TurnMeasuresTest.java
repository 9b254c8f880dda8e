package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.turn.TurnSummary.Cause;
import io.voicebus.turn.TurnSummary.Underrun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnMeasuresTest {
  private static final int RATE = 16_000;
  private static final long MS = 1_000_000;
  private static final long ACCEPTED = 77 * MS;

  private final TurnMeasures measures = new TurnMeasures(ACCEPTED);

  @BeforeEach
  void format() {
    measures.item(new PlayoutFormat(RATE), at(0));
  }

  private static long at(long ms) {
    return ACCEPTED + ms * MS;
  }

  private void chunk(int index, long ms) {
    measures.item(new ChunkCaption(index, "Hello there.", 0, 12), at(ms));
  }

  /** Audio of so many milliseconds. */
  private void audio(int chunk, int lengthMs, long ms) {
    measures.received(chunk);
    measures.delivered(lengthMs * RATE / 1000, at(ms));
  }

  private static Underrun underrun(long atMs, long ms, Cause cause) {
    return new Underrun(atMs * MS, ms * MS, cause);
  }

  @Test
  void audioThatComesBeforeTheListenerHasPlayedTheLastIsNoSilence() {
    chunk(0, 10);
    audio(0, 1000, 100);
    audio(0, 1000, 900);
    // a little late, which nobody hears
    audio(0, 1000, 2115);
    assertThat(measures.underruns()).isEmpty();
  }

  @Test
  void audioThatComesLateIsASilenceThatItsSpeechIsToBlameFor() {
    chunk(0, 10);
    chunk(1, 20);
    audio(0, 1000, 100);
    audio(1, 1000, 1400);
    assertThat(measures.underruns()).containsExactly(underrun(1100, 300, Cause.SPEECH));
  }

  @Test
  void forAChunkThatWasMadeWithinTheSilenceTheTextIsToBlame() {
    chunk(0, 10);
    audio(0, 1000, 100);
    chunk(1, 1300);
    audio(1, 1000, 1400);
    // and what follows is reckoned from when it was heard
    audio(1, 1000, 2390);
    assertThat(measures.underruns()).containsExactly(underrun(1100, 300, Cause.TEXT));
  }

  @Test
  void aListenerThatTakesNothingOrHasPausedIsNoFaultOfOurs() {
    chunk(0, 10);
    audio(0, 1000, 100);
    measures.held();
    audio(0, 1000, 5000);
    measures.paused(true);
    audio(0, 1000, 9000);
    audio(0, 1000, 20_000);
    measures.paused(false);
    audio(0, 1000, 30_000);
    assertThat(measures.underruns()).isEmpty();
    // from then on it is
    audio(0, 1000, 32_000);
    assertThat(measures.underruns()).containsExactly(underrun(31_000, 1000, Cause.SPEECH));
  }

  @Test
  void aChunkIsKnownByItsEngineAndByWhenItSounded() {
    chunk(3, 10);
    measures.item(
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 3, 0, "embedded/kevin16@16000"), at(40));
    TurnSummary.Chunk chunk = measures.chunks().get(0);
    assertThat(chunk.chunk()).isEqualTo(3);
    assertThat(chunk.engine()).isEqualTo("embedded");
    assertThat(chunk.madeAt()).isEqualTo(10 * MS);
    assertThat(chunk.startedAt()).isEqualTo(40 * MS);
    assertThat(chunk.chars()).isEqualTo(12);
  }

  @Test
  void ofAVeryLongTurnLaterChunksAreCountedOnly() {
    for (int i = 0; i < TurnSummary.MAX_CHUNKS + 10; i++) {
      chunk(i, i);
    }
    assertThat(measures.chunks()).hasSize(TurnSummary.MAX_CHUNKS);
    assertThat(measures.chunkCount()).isEqualTo(TurnSummary.MAX_CHUNKS + 10);
  }
}
