package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole turns in virtual time: a model that writes, a voice that speaks, a listener. */
class TurnChunksTest {
  private static final long MS = 1_000_000;

  /** 24 sentences of 25 to 110 characters. */
  private static final String STORY =
      """
      When the last ferry had gone, the harbour belonged to the cats again. They came down from the \
      roofs in no hurry. Old Marten counted them every evening, and every evening there was one \
      more than he remembered. He wrote the number on the back of a tide table. Nobody had asked \
      him to. His sister thought that the habit was harmless, so she bought him better pencils. \
      The winter was mild that year. Boats stayed in the water until January, which the insurers \
      did not like at all. One morning the tide table was full. Marten looked at it for a long \
      time. Then he walked to the shop on the hill and asked for a new one. The shopkeeper had \
      none left. She offered him a calendar with pictures of lighthouses instead. He took it home \
      under his coat, because it had begun to snow. The first picture showed the light at the end \
      of his own pier. It was painted red in the picture. In truth it had been white for thirty \
      years. He wrote a letter to the printer about it, in his best hand. The answer came in \
      spring. They thanked him for his interest and sent a second calendar. That one showed the \
      same red light on its cover. Marten hung both of them in the kitchen. He went on counting \
      the cats, of whom there were now forty. By summer somebody had painted the lighthouse red.\
      """;

  /**
   * What became of a turn.
   *
   * @param clips how many chunks were spoken
   * @param firstMs when the first sound came
   * @param dryMs how long the sound ran dry, in all
   */
  private record Heard(int clips, long firstMs, long dryMs) {}

  /** A chunk at the voice. */
  private record Clip(long speechMs, long takenAt) {}

  /**
   * Plays a turn, a millisecond at a time. The voice takes each chunk at once.
   *
   * @param perSecond characters that the model writes in a second
   * @param firstByteMs the voice's time to its first byte
   * @param factor how long the voice takes for a second of speech, in seconds
   */
  private static Heard hear(TurnChunks chunks, int perSecond, long firstByteMs, double factor) {
    List<SpeakableChunk> made = new ArrayList<>();
    List<Clip> clips = new ArrayList<>();
    int written = 0;
    int spoken = 0;
    long waitUntil = Long.MAX_VALUE;
    long firstMs = -1;
    long heardTo = 0;
    long dryMs = 0;
    boolean flushed = false;
    for (long now = 0; !flushed || spoken < made.size(); now++) {
      int due = (int) Math.min(STORY.length(), now * perSecond / 1_000);
      boolean news = true;
      if (due - written >= 4 || (due == STORY.length() && written < due)) {
        made.addAll(chunks.accept(STORY.substring(written, due), now * MS));
        written = due;
      } else if (written == STORY.length() && !flushed) {
        made.addAll(chunks.flush(now * MS));
        flushed = true;
      } else if (now >= waitUntil) {
        made.addAll(chunks.waited(now * MS));
      } else {
        news = false;
      }
      if (news) {
        waitUntil = now + chunks.waitNanos(now * MS).orElse(1_000_000 * MS) / MS;
      }
      while (clips.size() < made.size()) {
        clips.add(new Clip(SpeechLength.estimateMs(made.get(clips.size()).text()), now));
      }
      for (int i = 0; i < clips.size(); i++) {
        Clip clip = clips.get(i);
        long speaking = (long) (factor * clip.speechMs());
        if (now == clip.takenAt() + firstByteMs) {
          firstMs = firstMs < 0 ? now : firstMs;
          dryMs += i == 0 ? 0 : Math.max(0, now - heardTo);
          heardTo = Math.max(now, heardTo) + clip.speechMs();
        }
        if (now == clip.takenAt() + firstByteMs + speaking) {
          chunks.done(clip.speechMs(), firstByteMs * MS, (firstByteMs + speaking) * MS, now * MS);
          spoken++;
        }
      }
    }
    return new Heard(made.size(), firstMs, dryMs);
  }

  private static TurnChunks turn(ChunkerOptions options, boolean grows) {
    return new TurnChunks(new Chunker(options), options.maxChars(), grows);
  }

  private static int sentences() {
    return Speech.chunks(Speech.SENTENCES, STORY).size();
  }

  @Test
  void soundNeverRunsDryAndClipsAreFew() {
    // when
    Heard heard = hear(turn(ChunkerOptions.DEFAULT, true), 200, 250, 0.3);
    // then
    assertThat(sentences()).isEqualTo(24);
    assertThat(heard.dryMs()).isZero();
    assertThat(heard.clips()).isLessThan(sentences() / 2);
    assertThat(heard.firstMs()).isLessThan(500);
  }

  @Test
  void aModelThatIsHardlyFasterThanSpeechIsNotWaitedForInVain() {
    // when
    Heard heard = hear(turn(Speech.SENTENCES, true), 25, 250, 0.3);
    // then
    assertThat(heard.dryMs()).isZero();
    assertThat(heard.clips()).isLessThan(sentences());
  }

  @Test
  void aVoiceThatIsHardlyFasterThanSpeechKeepsUp() {
    // when
    Heard heard = hear(turn(ChunkerOptions.DEFAULT, true), 200, 250, 0.9);
    // then
    assertThat(heard.dryMs()).isZero();
  }

  @Test
  void withoutGrowthEachSentenceIsAClip() {
    // when
    Heard heard = hear(turn(Speech.SENTENCES, false), 200, 250, 0.3);
    // then
    assertThat(heard.clips()).isEqualTo(sentences());
  }
}
