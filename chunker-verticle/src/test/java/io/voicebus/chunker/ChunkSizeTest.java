package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void whileNothingIsBufferedEachSentenceGoesOutAtOnce() {
    assertThat(ChunkSize.speechMs(0, 200, 0.1)).isZero();
    assertThat(ChunkSize.speechMs(600, 200, 0.1)).isZero();
  }

  @Test
  void chunksGrowWithWhatIsBuffered() {
    assertThat(ChunkSize.speechMs(1_700, 200, 0.1)).isEqualTo(2_000);
    assertThat(ChunkSize.speechMs(4_700, 200, 0.1)).isEqualTo(8_000);
  }

  @Test
  void aSlowVoiceGetsShortChunks() {
    assertThat(ChunkSize.speechMs(4_700, 200, 2)).isEqualTo(2_000);
    assertThat(ChunkSize.spareMs(4_700, 3_000)).isEqualTo(1_200);
  }

  @Test
  void thePaceIsLearntFromTheChunksThatAreDone() {
    // given
    VoicePace pace = new VoicePace();
    assertThat(pace.speechMs(0)).isZero();
    // when
    pace.made(4_000);
    pace.made(2_000);
    pace.done(4_000, SECOND / 5, SECOND, 10 * SECOND);
    // then
    assertThat(pace.bufferedMs(10 * SECOND)).isEqualTo(5_200);
    assertThat(pace.bufferedMs(13 * SECOND)).isEqualTo(2_200);
    assertThat(pace.firstByteMs()).isEqualTo(200);
    assertThat(pace.realTimeFactor()).isEqualTo(0.2);
    // when
    pace.skipped(2_000);
    // then
    assertThat(pace.bufferedMs(10 * SECOND)).isEqualTo(3_200);
  }

  @Test
  void sentencesAreJoinedUpToTheLengthThatThereIsTimeFor() {
    // given
    ChunkGroup group = new ChunkGroup(400);
    // when
    List<SpeakableChunk> full =
        group.add(Speech.chunks(Speech.SENTENCES, "We ate. We left. It rained."), 1_200);
    // then
    assertThat(Speech.texts(full)).containsExactly("We ate. We left.");
    assertThat(full.get(0).sourceEnd()).isEqualTo(16);
    assertThat(Speech.texts(group.release())).containsExactly("It rained.");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void withoutTimeNothingIsHeld() {
    ChunkGroup group = new ChunkGroup(400);
    assertThat(Speech.texts(group.add(Speech.chunks(Speech.SENTENCES, "We ate. We left."), 0)))
        .containsExactly("We ate.", "We left.");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void aHeadingIsNotJoinedToWhatFollows() {
    ChunkGroup group = new ChunkGroup(400);
    List<SpeakableChunk> chunks = Speech.chunks(Speech.SENTENCES, "# Tea\n\nBoil water. Wait.");
    assertThat(Speech.texts(group.add(chunks, 60_000))).containsExactly("Tea");
    assertThat(Speech.texts(group.release())).containsExactly("Boil water. Wait.");
  }

  @Test
  void noChunkIsLongerThanTheLongestAllowed() {
    ChunkGroup group = new ChunkGroup(40);
    String text = "It rained all day long. ".repeat(9);
    List<SpeakableChunk> full = group.add(Speech.chunks(Speech.SENTENCES, text), 600_000);
    assertThat(full).hasSize(8).allMatch(chunk -> chunk.text().length() <= 40);
    assertThat(full).extracting(SpeakableChunk::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }
}
