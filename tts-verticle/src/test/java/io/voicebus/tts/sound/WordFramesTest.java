package io.voicebus.tts.sound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Words;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.SpeechSink;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordFramesTest {
  private static final int RATE_HZ = 1_000;

  private final RecordingSink sink = new RecordingSink();

  @Test
  void bothNamesOfTheFieldsAreUnderstood() {
    for (String[] names :
        new String[][] {
          {"charStartTimesMs", "charDurationsMs"}, {"charsStartTimesMs", "charsDurationsMs"}
        }) {
      assertThat(
              CharTimes.of(
                  new JsonObject()
                      .put("chars", JsonArray.of("a", "b"))
                      .put(names[0], JsonArray.of(0, 81))
                      .put(names[1], JsonArray.of(81, 58.5))))
          .map(CharTimes::endsMs)
          .hasValueSatisfying(ends -> assertThat(ends).containsExactly(81.0, 139.5));
    }
  }

  @Test
  void timingsAreRelativeToTheirSegment() {
    WordFrames frames = new WordFrames("Hi you", RATE_HZ, sink);
    frames.accept(new byte[60], timing("Hi ", 10));
    frames.accept(new byte[60], timing("you", 10));
    assertThat(sink.progress()).containsExactly(2, 2, 6);
    assertThat(sink.frames()).extracting(frame -> frame.length).containsExactly(40, 20, 60);
  }

  @Test
  void wordsOtherThanTheTextsMakeProgressUnknown() {
    WordFrames frames = new WordFrames("Dr. Who", RATE_HZ, sink);
    frames.accept(new byte[40], timing("Doctor Who", 2));
    assertThat(sink.progress()).containsOnly(SpeechSink.UNKNOWN);
  }

  @Test
  void whereThereAreNoBlanksProgressGoesOnByTheWordsOfADictionary() {
    Words.load().toCompletableFuture().join();
    WordFrames frames = new WordFrames("今天天气。", RATE_HZ, sink);
    frames.accept(new byte[100], timing("今天天气。", 10));
    assertThat(sink.progress()).containsExactly(2, 5);
    RecordingSink thai = new RecordingSink();
    WordFrames thaiFrames = new WordFrames("ดีมาก", RATE_HZ, thai);
    thaiFrames.accept(new byte[100], timing("ดีมาก", 10));
    assertThat(thai.progress()).contains(2).doesNotContain(1);
  }

  @Test
  void withoutTimingsProgressIsUnknown() {
    new WordFrames("Hello", RATE_HZ, sink).accept(new byte[40], Optional.empty());
    assertThat(sink.progress()).containsExactly(SpeechSink.UNKNOWN);
  }

  @Test
  void aPieceMayHoldSeveralCharsAndBlanksMayDiffer() {
    WordFrames frames = new WordFrames("a  bc\nd", RATE_HZ, sink);
    JsonObject alignment =
        new JsonObject()
            .put("chars", JsonArray.of(" ", "a ", "bc", " d"))
            .put("charStartTimesMs", JsonArray.of(0, 10, 20, 30))
            .put("charDurationsMs", JsonArray.of(10, 10, 10, 10));
    frames.accept(new byte[80], CharTimes.of(alignment));
    assertThat(sink.progress()).containsExactly(1, 5, 7);
  }

  @Test
  void howeverTheBytesAreCutTheFramesEndAtTheSameWords() {
    String text = "Whatever is cut anywhere is put together again.";
    byte[] pcm = new byte[2 * 7 * text.length()];
    new Random(5).nextBytes(pcm);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      RecordingSink cut = new RecordingSink();
      WordFrames frames = new WordFrames(text, RATE_HZ, cut);
      Optional<CharTimes> timing = timing(text, 7);
      for (int at = 0; at < pcm.length; ) {
        int end = Math.min(pcm.length, at + 1 + random.nextInt(50));
        frames.accept(Arrays.copyOfRange(pcm, at, end), timing);
        timing = Optional.empty();
        at = end;
      }
      assertThat(cut.pcm()).as("seed %d", seed).isEqualTo(pcm);
      assertThat(cut.faults()).as("seed %d", seed).isEmpty();
      int bytes = 0;
      for (int i = 0; i < cut.frames().size(); i++) {
        bytes += cut.frames().get(i).length;
        int chars = cut.progress().get(i);
        assertThat(bytes).as("seed %d", seed).isGreaterThanOrEqualTo(14 * chars);
        assertThat(chars == 0 || chars == text.length() || text.charAt(chars) == ' ')
            .as("seed %d: a word ends at %d", seed, chars)
            .isTrue();
      }
      assertThat(cut.progress().get(cut.progress().size() - 1)).isEqualTo(text.length());
    }
  }

  private static Optional<CharTimes> timing(String segment, int msPerChar) {
    JsonArray chars = new JsonArray();
    JsonArray starts = new JsonArray();
    JsonArray durations = new JsonArray();
    for (int i = 0; i < segment.length(); i++) {
      chars.add(segment.substring(i, i + 1));
      starts.add(i * msPerChar);
      durations.add(msPerChar);
    }
    return CharTimes.of(
        new JsonObject()
            .put("chars", chars)
            .put("charStartTimesMs", starts)
            .put("charDurationsMs", durations));
  }
}
