package io.voicebus.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutMark;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final long MS = 1_000_000;

  private static PlayoutFigures.Marked start(long ms, long sample) {
    return mark(ms, PlayoutMark.Kind.CHUNK_START, sample);
  }

  private static PlayoutFigures.Marked end(long ms, long sample) {
    return mark(ms, PlayoutMark.Kind.CHUNK_END, sample);
  }

  private static PlayoutFigures.Marked mark(long ms, PlayoutMark.Kind kind, long sample) {
    return new PlayoutFigures.Marked(ms * MS, new PlayoutMark(kind, 0, sample));
  }

  @Test
  void whoHasTheSoundInTimeWaitsForNothing() {
    // given: a second of sound, a pause of 200 ms, half a second of sound, each 100 ms early
    PlayoutFigures figures =
        PlayoutFigures.of(
            List.of(start(500, 0), end(1400, 8_000), start(1600, 9_600), end(2100, 13_600)),
            8_000,
            510 * MS);
    // then
    assertThat(figures.firstSoundNanos()).isEqualTo(510 * MS);
    assertThat(figures.underrunNanos()).isEmpty();
    assertThat(figures.pauseNanos()).containsExactly(200 * MS);
    assertThat(figures.soundNanos()).isEqualTo(1700 * MS);
  }

  @Test
  void soundThatComesTooLateIsWaitedFor() {
    // given: the first chunk ends 300 ms late, the next begins 50 ms after that and 200 ms of pause
    PlayoutFigures figures =
        PlayoutFigures.of(List.of(start(500, 0), end(1800, 8_000), start(2050, 9_600)), 8_000, -1);
    assertThat(figures.firstSoundNanos()).isEqualTo(500 * MS);
    assertThat(figures.underrunNanos()).containsExactly(300 * MS, 50 * MS);
    assertThat(figures.longestUnderrun()).isEqualTo(300 * MS);
  }

  private static List<ChunkCaption> chunks(String... texts) {
    List<ChunkCaption> chunks = new ArrayList<>();
    long at = 0;
    for (String text : texts) {
      chunks.add(new ChunkCaption(chunks.size(), text, at, at + text.length()));
      at += text.length();
    }
    return chunks;
  }

  @Test
  void chunksThatAreCutAsTheyWereAreNoChange() {
    assertThat(BoundaryChange.between(chunks("One. ", "Two."), chunks("One. ", "Two."))).isEmpty();
  }

  @Test
  void aStretchThatIsCutOtherwiseIsOneChange() {
    // when
    List<BoundaryChange> changes =
        BoundaryChange.between(
            chunks("One, ", "two. ", "Three. ", "Four."),
            chunks("One, two. ", "Three. ", "Fo", "ur."));
    // then
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).start()).isZero();
    assertThat(changes.get(0).end()).isEqualTo(10);
    assertThat(changes.get(0).recorded()).extracting(ChunkCaption::text).hasSize(2);
    assertThat(changes.get(1).replayed())
        .extracting(ChunkCaption::text)
        .containsExactly("Fo", "ur.");
  }

  @Test
  void otherWordsForTheSameTextAreAChange() {
    ChunkCaption was = new ChunkCaption(0, "2", 0, 1, "two", 100);
    ChunkCaption is = new ChunkCaption(0, "2", 0, 1, "2", 100);
    assertThat(BoundaryChange.between(List.of(was), List.of(is))).hasSize(1);
  }

  @Test
  void whatIsMissingAtTheEndIsAChange() {
    List<BoundaryChange> changes = BoundaryChange.between(chunks("One. ", "Two."), chunks("One. "));
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).recorded()).extracting(ChunkCaption::text).containsExactly("Two.");
    assertThat(changes.get(0).replayed()).isEmpty();
  }

  @Test
  void theRatioIsOfTheRecordingsOwnTime() {
    PlayoutFigures then = new PlayoutFigures(400 * MS, List.of(), List.of(), 2_000 * MS);
    PlayoutFigures now = new PlayoutFigures(500 * MS, List.of(30 * MS), List.of(), 2_000 * MS);
    Comparison comparison =
        new Comparison(
            then,
            now,
            List.of(),
            new Comparison.Chunks(1, 1),
            new RecordedSpeech.Tally(1, 0, List.of()),
            ReplaySpeed.of("4"),
            500 * MS);
    assertThat(comparison.firstSoundRatio()).isEqualTo(1.25);
    assertThat(comparison.realTimeFactor()).isEqualTo(0.25);
    assertThat(comparison.json().getJsonObject("replayed").getInteger("underruns")).isEqualTo(1);
    assertThat(String.join("\n", comparison.lines()))
        .contains("1.25 times", "at speed 4", "every chunk is cut as it was");
  }
}
