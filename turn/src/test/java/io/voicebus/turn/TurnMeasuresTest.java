package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Underrun;
import io.voicebus.turn.TurnSummary.TimedUnderrun;
import org.junit.jupiter.api.Test;

class TurnMeasuresTest {
  private static final long MS = 1_000_000;
  private static final long ACCEPTED = 77 * MS;

  private final TurnMeasures measures = new TurnMeasures(ACCEPTED);

  private static long at(long ms) {
    return ACCEPTED + ms * MS;
  }

  private void chunk(int index, long ms) {
    measures.item(new ChunkCaption(index, "Hello there.", 0, 12), at(ms));
  }

  @Test
  void waitsOfTheListenerAreToldWithWhenTheyBegan() {
    Underrun text = new Underrun(1, 300, Stage.TEXT);
    measures.underrun(text, at(1400));
    assertThat(measures.underruns()).containsExactly(new TimedUnderrun(1100 * MS, text));
  }

  @Test
  void ofATurnThatStuttersForEverTheFirstOnesAreTold() {
    for (int i = 0; i < TurnSummary.MAX_UNDERRUNS + 10; i++) {
      measures.underrun(new Underrun(i, 30, Stage.SPEECH), at(100L * i + 100));
    }
    assertThat(measures.underruns()).hasSize(TurnSummary.MAX_UNDERRUNS);
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
