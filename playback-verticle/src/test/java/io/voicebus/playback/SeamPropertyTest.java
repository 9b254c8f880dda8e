package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.WordEnd;
import io.voicebus.contract.WordMark;
import io.voicebus.playback.seam.SeamProcessor;
import io.voicebus.playback.seam.VoiceLoudness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The raw samples of the chunks and the playout's own time line stay consistent, whatever happens:
 * random speech with silence around and within it, in random frames, orders and attempts, to
 * listeners that take it at random.
 */
class SeamPropertyTest {
  private static final int RATE = 8_000;
  private static final int MS = RATE / 1000;
  private static final List<ChunkEnd> ENDS = List.of(ChunkEnd.values());

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** A chunk as an engine says it, every time alike. */
  private static final class Speech {
    final int chunk;
    final ChunkEnd end;
    final List<WordEnd> words = new ArrayList<>();
    byte[] pcm = {};
    int said;
    boolean open;

    /** Before its first word it is heard hardly. */
    final int softSamples;

    Speech(int chunk, Random random) {
      this.chunk = chunk;
      this.end = ENDS.get(random.nextInt(ENDS.size()));
      List<byte[]> parts = new ArrayList<>();
      parts.add(noise(random, random.nextInt(300) * MS));
      int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(4);
      int samples = parts.get(0).length / 2;
      softSamples = count == 0 || random.nextBoolean() ? 0 : random.nextInt(120) * MS;
      parts.add(Pcm.of(random.ints(softSamples, -200, 201).toArray()));
      samples += softSamples;
      for (int w = 0; w < count; w++) {
        byte[] word =
            Pcm.sine(300 + random.nextInt(500), RATE, (20 + random.nextInt(200)) * MS, 9_000);
        parts.add(word);
        samples += word.length / 2;
        words.add(new WordEnd(samples, 3 * (w + 1), word.length / 2, false));
        boolean last = w == count - 1;
        byte[] silence = noise(random, random.nextInt(last ? 700 : 150) * MS);
        parts.add(silence);
        samples += silence.length / 2;
      }
      parts.forEach(this::add);
    }

    private void add(byte[] part) {
      int from = pcm.length;
      pcm = Arrays.copyOf(pcm, from + part.length);
      System.arraycopy(part, 0, pcm, from, part.length);
    }

    private static byte[] noise(Random random, int samples) {
      return Pcm.of(random.ints(samples, -6, 7).toArray());
    }

    int samples() {
      return pcm.length / 2;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aTurnSoundsAlikeHoweverItArrivesAndWhoeverTakesItOver(long seed) {
    // given
    Random random = new Random(seed);
    List<Speech> speeches = speeches(random);
    Timeline whole = new Timeline(Long.MAX_VALUE);
    Playout plain = playout(speeches, whole);
    for (Speech speech : speeches) {
      plain.open(speech.chunk, RATE, false, "voice", 0);
      say(plain, speech, speech.samples());
      plain.received(speech.chunk, 0);
    }
    plain.length(speeches.size(), 0);
    // when
    Timeline given = new Timeline(random.nextInt(2_000));
    Playout playout = playout(speeches, given);
    int takeOvers = random.nextInt(4);
    for (int i = 0; i < takeOvers; i++) {
      speeches.forEach(speech -> speech.open = false);
      run(random, speeches, playout, given, random.nextInt(150));
      PlayoutResume from = given.cutTo(random.nextInt(given.items.size() + 1), RATE);
      playout = playout(speeches, given);
      playout.resume(given.items.isEmpty() ? PlayoutResume.START : from, 0);
    }
    speeches.forEach(speech -> speech.open = false);
    run(random, speeches, playout, given, Integer.MAX_VALUE);
    playout.length(speeches.size(), 0);
    given.more(Integer.MAX_VALUE);
    playout.pump(0);
    // then
    assertThat(given.ended).isTrue();
    assertThat(given.audio()).isEqualTo(whole.audio());
    assertThat(given.marks()).containsExactlyElementsOf(whole.marks());
    assertThat(playout.heldBytes()).isZero();
    assertThatWordsAreWhereTheirSoundIs(speeches, whole);
    assertThatChunksAreHeardSoonAfterTheirMarks(speeches, whole);
  }

  private static void assertThatChunksAreHeardSoonAfterTheirMarks(
      List<Speech> speeches, Timeline timeline) {
    int[] samples = Pcm.samples(timeline.audio());
    for (Message item : timeline.items) {
      if (item instanceof PlayoutMark mark
          && mark.kind() == PlayoutMark.Kind.CHUNK_START
          && !speeches.get(mark.chunk()).words.isEmpty()) {
        int heard = (int) mark.heardAt();
        while (Math.abs(samples[heard]) < 500) {
          heard++;
        }
        assertThat(heard - mark.heardAt()).isBetween(0L, 40L * MS);
        assertThat(mark.lead()).isBetween(0, speeches.get(mark.chunk()).softSamples + 10 * MS);
      }
    }
  }

  /** Of whole chunks no sample within is taken out, but the silence around them is. */
  private static void assertThatWordsAreWhereTheirSoundIs(
      List<Speech> speeches, Timeline timeline) {
    byte[] pcm = timeline.audio();
    for (Message item : timeline.items) {
      if (item instanceof WordMark mark) {
        Speech speech = speeches.get(mark.chunk());
        WordEnd word = speech.words.get(mark.chars() / 3 - 1);
        assertThat(mark.length()).isBetween(word.length() - 15 * MS, word.length());
        // The middle, which no fade has touched.
        int middle = word.length() / 2;
        for (int i = middle - MS / 2; i < middle + MS / 2; i++) {
          int heard = 2 * (int) (mark.atSample() - i);
          int said = 2 * (word.samples() - i);
          if (word.length() > 60 * MS) {
            assertThat(pcm[heard]).isEqualTo(speech.pcm[said]);
            assertThat(pcm[heard + 1]).isEqualTo(speech.pcm[said + 1]);
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void marksAndWordsStayOnThePlayoutsTimeLineWhoeverGoesOnByText(long seed) {
    // given
    Random random = new Random(seed);
    List<Speech> speeches = speeches(random);
    Timeline given = new Timeline(random.nextInt(2_000));
    Playout playout = playout(speeches, given);
    // when
    runByText(random, speeches, playout, given);
    // then
    assertThat(given.ended).isTrue();
    assertThat(playout.heldBytes()).isZero();
    long delivered = 0;
    long latest = 0;
    int chunk = -1;
    for (Message item : given.items) {
      if (item instanceof ChunkAudio audio) {
        delivered += audio.pcm().length / 2;
      } else if (item instanceof WordMark word) {
        assertThat(word.chunk()).isEqualTo(chunk);
        assertThat(word.atSample()).isBetween(latest, delivered);
        latest = word.atSample();
      } else if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_START) {
        assertThat(mark.atSample()).isEqualTo(delivered).isGreaterThanOrEqualTo(latest);
        assertThat(mark.chunk()).isEqualTo(chunk + 1);
        chunk = mark.chunk();
        latest = delivered;
      } else if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_END) {
        assertThat(mark.atSample()).isEqualTo(delivered);
        assertThat(mark.chunk()).isEqualTo(chunk);
        latest = delivered;
      }
    }
    List<Integer> told =
        given.items.stream()
            .filter(WordMark.class::isInstance)
            .map(item -> 1000 * ((WordMark) item).chunk() + ((WordMark) item).chars())
            .toList();
    List<Integer> written =
        speeches.stream()
            .flatMap(s -> s.words.stream().map(word -> 1000 * s.chunk + word.chars()))
            .toList();
    assertThat(told).isEqualTo(written);
  }

  private static List<Speech> speeches(Random random) {
    List<Speech> speeches = new ArrayList<>();
    for (int chunk = 0; chunk < 5; chunk++) {
      speeches.add(new Speech(chunk, random));
    }
    return speeches;
  }

  private static Playout playout(List<Speech> speeches, Timeline sink) {
    Playout playout =
        new Playout(
            PlayoutLimits.DEFAULTS,
            Pace.ASAP,
            new LengthRatio(),
            Pcm.memory(),
            sink,
            hz -> new SeamProcessor(hz, new VoiceLoudness()));
    speeches.forEach(speech -> playout.known(speech.chunk, speech.end, 0));
    return playout;
  }

  /** Lets deterministic workers and the listener take turns at random. */
  private static void run(
      Random random, List<Speech> speeches, Playout playout, Timeline sink, int steps) {
    List<Speech> left = new ArrayList<>(speeches);
    left.removeIf(speech -> playout.over(speech.chunk));
    for (int i = 0; i < steps && !left.isEmpty(); i++) {
      if (random.nextInt(3) == 0) {
        sink.more(random.nextInt(3_000));
        playout.pump(0);
      }
      Speech speech = left.get(random.nextInt(left.size()));
      if (!speech.open || random.nextInt(12) == 0) {
        playout.lost(speech.chunk);
        ResumePoint at = playout.cut(speech.chunk);
        playout.open(speech.chunk, RATE, false, "voice", 0);
        speech.said = (int) at.samples();
        speech.open = true;
      } else if (speech.said == speech.samples()) {
        playout.received(speech.chunk, 0);
        left.remove(speech);
      } else {
        say(playout, speech, 1 + random.nextInt(1_500));
      }
    }
  }

  private static void runByText(
      Random random, List<Speech> speeches, Playout playout, Timeline sink) {
    List<Speech> left = new ArrayList<>(speeches);
    while (!left.isEmpty()) {
      if (random.nextInt(3) == 0) {
        sink.more(random.nextInt(3_000));
        playout.pump(0);
      }
      Speech speech = left.get(random.nextInt(left.size()));
      if (!speech.open || random.nextInt(12) == 0) {
        playout.lost(speech.chunk);
        int chars = playout.cut(speech.chunk).chars();
        playout.open(speech.chunk, RATE, true, random.nextBoolean() ? "one" : "two", 0);
        speech.said =
            speech.words.stream()
                .filter(word -> word.chars() == chars)
                .mapToInt(WordEnd::samples)
                .findFirst()
                .orElse(0);
        speech.open = true;
      } else if (speech.said == speech.samples()) {
        playout.received(speech.chunk, 0);
        left.remove(speech);
      } else {
        say(playout, speech, 1 + random.nextInt(1_500));
      }
    }
    playout.length(speeches.size(), 0);
    sink.more(Integer.MAX_VALUE);
    playout.pump(0);
  }

  private static void say(Playout playout, Speech speech, int samples) {
    while (samples > 0 && speech.said < speech.samples()) {
      int from = speech.said;
      int end = Math.min(speech.samples(), from + Math.min(samples, 4_000));
      List<WordEnd> words =
          speech.words.stream()
              .filter(word -> word.samples() > from && word.samples() <= end)
              .map(word -> new WordEnd(word.samples() - from, word.chars(), word.length(), false))
              .toList();
      byte[] pcm = Arrays.copyOfRange(speech.pcm, 2 * from, 2 * end);
      speech.said = end;
      samples -= end - from;
      assertThat(playout.frame(speech.chunk, pcm, words, 0)).isEqualTo(Playout.Taken.YES);
    }
  }
}
