package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Pace;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.WordEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of a playout, for random chunks, frames, arrival orders, cuts and listeners.
 *
 * <p>Words have up to 32 samples; each sample says which sample of which word it is. A word's text
 * has as many characters as it has samples.
 */
class PlayoutPropertyTest {
  private static final int WORD = 32;
  private static final int RATE = 24_000;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** One chunk's words, and how far its worker is. */
  private static final class Speech {
    final int chunk;
    final List<int[]> words = new ArrayList<>();
    final List<Integer> ends = new ArrayList<>();
    int[] samples = new int[0];
    int said;
    boolean open;

    Speech(int chunk, int firstWord, Random random) {
      this.chunk = chunk;
      int count = random.nextInt(6);
      for (int w = 0; w < count; w++) {
        int[] word = new int[1 + random.nextInt(WORD)];
        for (int i = 0; i < word.length; i++) {
          word[i] = (short) ((firstWord + w) * WORD + i);
        }
        words.add(word);
        int from = samples.length;
        samples = Arrays.copyOf(samples, from + word.length);
        System.arraycopy(word, 0, samples, from, word.length);
        ends.add(samples.length);
      }
    }

    /** Whether the last sample that was heard is one of this chunk's, and amid a word. */
    boolean heardAmidAWord(byte[] heard) {
      int last = heard.length == 0 ? -1 : Pcm.samples(heard)[heard.length / 2 - 1];
      return words.stream().anyMatch(word -> last >= word[0] && last < word[word.length - 1]);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverArrivesInWhateverOrderIsHeardInOrderAndSampleExact(long seed) {
    // given
    Random random = new Random(seed);
    List<Speech> speeches = speeches(random);
    RecordingSink sink = new RecordingSink(random.nextInt(200));
    Playout playout = playout(random, sink);
    // when
    run(random, speeches, playout, sink, false);
    // then
    int[] expected = speeches.stream().flatMapToInt(s -> Arrays.stream(s.samples)).toArray();
    assertThat(Pcm.samples(sink.audio())).isEqualTo(expected);
    assertThat(sink.ended()).isTrue();
    assertThat(playout.heldBytes()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSpeechThatIsTakenUpByTextRepeatsOnlyAWordOfWhichAPartWasHeard(long seed) {
    // given
    Random random = new Random(seed);
    List<Speech> speeches = speeches(random);
    RecordingSink sink = new RecordingSink(random.nextInt(200));
    Playout playout = playout(random, sink);
    // when
    int cuts = run(random, speeches, playout, sink, true);
    // then
    List<int[]> words = new ArrayList<>();
    speeches.forEach(s -> words.addAll(s.words));
    int repeats = 0;
    int word = 0;
    int at = 0;
    for (int sample : Pcm.samples(sink.audio())) {
      if (at > 0 && sample == words.get(word)[0]) {
        repeats++;
        at = 0;
      }
      assertThat(sample).isEqualTo(words.get(word)[at++]);
      if (at == words.get(word).length) {
        word++;
        at = 0;
      }
    }
    assertThat(word).isEqualTo(words.size());
    assertThat(repeats).isLessThanOrEqualTo(cuts);
    assertThat(sink.ended()).isTrue();
  }

  private static List<Speech> speeches(Random random) {
    List<Speech> speeches = new ArrayList<>();
    int words = 0;
    for (int chunk = 0; chunk < 8; chunk++) {
      Speech speech = new Speech(chunk, words, random);
      words += speech.words.size();
      speeches.add(speech);
    }
    return speeches;
  }

  private static Playout playout(Random random, PlayoutSink sink) {
    Pace pace = random.nextBoolean() ? Pace.ASAP : Pace.REALTIME;
    return new Playout(PlayoutLimits.DEFAULTS, pace, new LengthRatio(), Pcm.memory(), sink);
  }

  /**
   * Lets workers and the listener take turns at random until everything is heard; how many words
   * were cut.
   */
  private static int run(
      Random random, List<Speech> speeches, Playout playout, RecordingSink sink, boolean byText) {
    int cuts = 0;
    long now = 0;
    List<Speech> left = new ArrayList<>(speeches);
    while (!left.isEmpty()) {
      now += random.nextInt(1_000_000);
      if (random.nextInt(3) == 0) {
        sink.more(random.nextInt(100));
        playout.pump(now);
      }
      Speech speech = left.get(random.nextInt(left.size()));
      if (!speech.open || random.nextInt(12) == 0) {
        cut(speech, playout, byText, random, now);
        cuts += speech.heardAmidAWord(sink.audio()) ? 1 : 0;
      } else if (speech.said == speech.samples.length) {
        playout.received(speech.chunk, now);
        left.remove(speech);
      } else {
        say(speech, playout, random, now);
      }
    }
    playout.length(speeches.size(), now);
    sink.more(Integer.MAX_VALUE);
    playout.pump(now);
    return cuts;
  }

  private static void cut(Speech speech, Playout playout, boolean byText, Random random, long now) {
    if (random.nextBoolean()) {
      playout.lost(speech.chunk);
      playout.pump(now);
    }
    ResumePoint at = playout.cut(speech.chunk);
    playout.pump(now);
    playout.open(speech.chunk, RATE, byText, "voice", now);
    speech.said = byText ? at.chars() : (int) at.samples();
    speech.open = true;
  }

  private static void say(Speech speech, Playout playout, Random random, long now) {
    int from = speech.said;
    int end = Math.min(speech.samples.length, from + 1 + random.nextInt(3 * WORD));
    byte[] pcm = Pcm.of(Arrays.copyOfRange(speech.samples, from, end));
    List<WordEnd> words =
        speech.ends.stream()
            .filter(word -> word > from && word <= end)
            .map(word -> new WordEnd(word - from, word))
            .toList();
    speech.said = end;
    assertThat(playout.frame(speech.chunk, pcm, words, now)).isEqualTo(Playout.Taken.YES);
  }
}
