package io.voicebus.playback.seam;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkEnd;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeamProcessorTest {
  private static final int RATE = 16_000;
  private static final int MS = RATE / 1000;
  private static final int PRE_ROLL = 20;

  private final VoiceLoudness loudness = new VoiceLoudness();
  private final SeamProcessor seams = new SeamProcessor(RATE, loudness);

  @ParameterizedTest
  @CsvSource({
    "PHRASE, 30",
    "CLAUSE, 140",
    "COLON, 160",
    "SENTENCE, 380",
    "QUESTION, 380",
    "ITEM, 380",
    "HEADING, 700",
    "PARAGRAPH, 700"
  })
  void thePauseFitsWhatEndedTheTextWhateverSilenceTheVoiceLeaves(ChunkEnd end, int ms) {
    for (int lead : new int[] {20, 60, 230}) {
      for (int tail : new int[] {20, 130, 300, 650}) {
        // when
        byte[] heard =
            join(
                spoken(end, "a", join(noise(lead), tone(200, 9_000), noise(tail))),
                spoken(end, "a", join(noise(lead), tone(200, 9_000), noise(tail))));
        // then
        assertThat(longestSilence(heard)).isBetween(ms - 6.0, ms + 6.0);
      }
    }
  }

  @Test
  void whatBeginsSoftlyIsMarkedWhereItIsHeardAndLosesNothing() {
    // given
    byte[] soft = hiss(60, 250);
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "a", join(noise(130), soft, tone(200, 9_000)));
    // then
    assertThat(heard.length).isEqualTo(2 * (PRE_ROLL + 60 + 200) * MS);
    assertThat(seams.lead()).isBetween(55 * MS, 60 * MS);
    int quarter = soft.length / 4;
    assertThat(
            Arrays.copyOfRange(heard, 2 * PRE_ROLL * MS + quarter, 2 * PRE_ROLL * MS + 3 * quarter))
        .isEqualTo(Arrays.copyOfRange(soft, quarter, 3 * quarter));
  }

  @Test
  void whatBeginsLoudlyIsMarkedAtItsFirstSample() {
    // when
    spoken(ChunkEnd.SENTENCE, "a", join(noise(130), tone(200, 9_000)));
    // then
    assertThat(seams.lead()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "40, 20", "100, 70", "200, 80"})
  void aSoftBeginningCountsByHalfAsPauseAndALongOneMoreUpToALimit(int softMs, int countedMs) {
    // given
    spoken(ChunkEnd.PARAGRAPH, "a", tone(200, 9_000));
    int due = seams.due();
    begin("a");
    // when
    seams.accept(join(noise(130), hiss(softMs, 250), tone(200, 9_000)));
    // then
    assertThat(due - seams.pause(0)).isBetween((countedMs - 5) * MS, (countedMs + 5) * MS);
  }

  @Test
  void aHumThatSilencePartsFromTheFirstWordIsNoneOfIt() {
    // given
    byte[] hum = tone(80, 250);
    // when
    byte[] heard =
        spoken(ChunkEnd.SENTENCE, "a", join(noise(50), hum, noise(60), tone(200, 9_000)));
    // then
    assertThat(heard.length).isEqualTo(2 * (PRE_ROLL + 200) * MS);
    assertThat(seams.lead()).isZero();
  }

  @Test
  void aHissThatIsPartedFromTheFirstVowelIsKept() {
    // given: as in "stop"
    byte[] raw = join(noise(50), hiss(80, 250), noise(60), tone(200, 9_000));
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "a", raw);
    // then
    assertThat(heard.length).isEqualTo(2 * (PRE_ROLL + 80 + 60 + 200) * MS);
    assertThat(seams.lead()).isBetween(135 * MS, 140 * MS);
  }

  @Test
  void aQuietVoiceIsHeardFromItsBeginning() {
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "a", join(noise(130), tone(600, 250)));
    // then
    assertThat(heard.length).isEqualTo(2 * (PRE_ROLL + 600) * MS);
    assertThat(seams.lead()).isZero();
  }

  @Test
  void theFirstWordsOfAQuietVoiceAreNoHum() {
    // given
    byte[] words = join(tone(120, 250), noise(60), tone(110, 250), noise(60), tone(400, 250));
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "a", join(noise(130), words));
    byte[] shortOne =
        spoken(ChunkEnd.SENTENCE, "a", join(noise(130), tone(120, 250), noise(60), tone(80, 250)));
    // then
    assertThat(heard.length).isEqualTo(2 * (PRE_ROLL + 120 + 60 + 110 + 60 + 400) * MS);
    assertThat(seams.lead()).isZero();
    assertThat(shortOne.length).isEqualTo(2 * (PRE_ROLL + 120 + 60 + 80) * MS);
  }

  @ParameterizedTest
  @CsvSource({"0, 2000", "0, 5300", "2000, 20", "3900, 20", "2500, 2500"})
  void secondsOfSilenceAroundWhatAVoiceSaysAreNotHeard(int tailMs, int leadMs) {
    // given
    byte[] said = tone(200, 9_000);
    byte[] tail = noise(tailMs);
    byte[] lead = noise(leadMs);
    // when
    byte[] first = spoken(ChunkEnd.SENTENCE, "a", join(said, tail));
    byte[] second = spoken(ChunkEnd.SENTENCE, "a", join(lead, said));
    // then
    assertThat(longestSilence(join(first, second))).isBetween(374.0, 386.0);
  }

  @Test
  void aQuietVoiceIsHeldBackForAQuarterOfASecondAtMost() {
    // given
    begin("a");
    // when
    byte[] early = seams.accept(join(noise(130), tone(245, 250)));
    byte[] out = seams.accept(tone(10, 250));
    // then
    assertThat(early).isEmpty();
    assertThat(out).isNotEmpty();
  }

  @Test
  void aSegmentThatIsNothingButSoftIsHeardWithThePauseBehindIt() {
    // when
    byte[] heard = spoken(ChunkEnd.PHRASE, "a", join(noise(130), hiss(100, 250), noise(140)));
    // then
    assertThat(heard.length).isBetween(2 * (PRE_ROLL + 100) * MS, 2 * (PRE_ROLL + 115) * MS);
    assertThat(seams.due()).isZero();
  }

  @Test
  void withinASegmentNothingIsTakenOutAndNothingPutIn() {
    // given
    byte[] speech =
        join(tone(200, 9_000), noise(250), tone(200, 9_000), noise(700), tone(50, 9_000));
    // when
    byte[] heard = spoken(ChunkEnd.PHRASE, "a", speech);
    // then
    assertThat(heard).hasSameSizeAs(speech);
    int edge = 2 * 15 * MS;
    assertThat(Arrays.copyOfRange(heard, edge, heard.length - edge))
        .isEqualTo(Arrays.copyOfRange(speech, edge, heard.length - edge));
  }

  @Test
  void whatWasWaitedForCountsAsPause() {
    // given
    spoken(ChunkEnd.SENTENCE, "a", join(tone(200, 9_000), noise(100)));
    // when
    begin("a");
    // then
    assertThat(seams.pause(200L * MS)).isEqualTo((380 - PRE_ROLL - 100 - 200) * MS);
    assertThat(seams.pause(0)).isZero();
  }

  @Test
  void soundIsHeldBackForLessThan15Ms() {
    // given
    begin("a");
    byte[] first = tone(20, 9_000);
    // when
    byte[] out = seams.accept(first);
    // then
    assertThat(first.length - out.length).isBetween(1, 2 * 15 * MS);
    assertThat(seams.heldBytes()).isEqualTo(first.length - out.length);
  }

  @Test
  void howItIsCutIntoFramesDoesNotMatter() {
    // given
    Random random = new Random(1);
    byte[] speech = join(noise(130), tone(300, 7_000), noise(120), tone(90, 3_000), noise(420));
    byte[] whole = spoken(ChunkEnd.SENTENCE, "a", speech);
    // when
    begin("a");
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    int at = 0;
    while (at < speech.length) {
      int end = Math.min(speech.length, at + 2 * (1 + random.nextInt(700)));
      pieces.writeBytes(seams.accept(Arrays.copyOfRange(speech, at, end)));
      at = end;
    }
    pieces.writeBytes(seams.finish(false));
    // then
    assertThat(pieces.toByteArray()).isEqualTo(whole);
  }

  @Test
  void noSeamClicks() {
    // given
    byte[] loud = tone(200, 20_000);
    byte[] cut = Arrays.copyOfRange(loud, 2 * 13, loud.length - 2 * 7); // amid its periods
    // when
    byte[] heard = join(spoken(ChunkEnd.PHRASE, "a", cut), spoken(ChunkEnd.PHRASE, "a", cut));
    // then
    assertThat(largestStep(join(new byte[2], heard, new byte[2])))
        .isLessThanOrEqualTo(largestStep(loud));
  }

  @Test
  void aVoiceThatIsVeryQuietIsHeard() {
    // given
    byte[] whisper = tone(400, 50);
    // when
    byte[] shortOne = spoken(ChunkEnd.SENTENCE, "a", whisper);
    byte[] longOne = spoken(ChunkEnd.SENTENCE, "a", tone(2_000, 50));
    // then
    assertThat(shortOne).hasSameSizeAs(whisper);
    assertThat(longOne.length).isGreaterThan(2 * 1_900 * MS);
  }

  @Test
  void aSilentSegmentIsNotHeardButForThePauseBehindIt() {
    // given
    spoken(ChunkEnd.CLAUSE, "a", tone(200, 9_000));
    // when
    byte[] heard = spoken(ChunkEnd.PARAGRAPH, "a", new byte[2 * 500 * MS]);
    // then
    assertThat(heard).isEmpty();
    assertThat(seams.due()).isEqualTo((700 - PRE_ROLL) * MS);
  }

  @Test
  void whoGoesOnForAnotherVoiceSpeaksAsLoud() {
    // given
    spoken(ChunkEnd.SENTENCE, "loud", tone(3_000, 9_000));
    SeamProcessor elsewhere = new SeamProcessor(RATE, loudness);
    elsewhere.begin(0, ChunkEnd.SENTENCE, "quiet");
    elsewhere.accept(tone(3_000, 4_500));
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "quiet", tone(1_000, 4_500));
    // then
    assertThat(seams.gain()).isBetween(590, 615);
    assertThat(peak(heard)).isBetween(8_800, 9_200);
  }

  @Test
  void theFirstWordsOfAVoiceThatNobodyKnowsAreAsLoudAsTheVoiceBefore() {
    // given
    spoken(ChunkEnd.SENTENCE, "loud", tone(3_000, 9_000));
    seams.begin(0, ChunkEnd.SENTENCE, "unknown");
    // when
    byte[] early = seams.accept(tone(900, 4_500));
    byte[] heard = join(seams.accept(tone(300, 4_500)), seams.finish(false));
    // then
    assertThat(early).isEmpty();
    assertThat(heard.length).isEqualTo(2 * 1_200 * MS);
    assertThat(peak(heard)).isBetween(8_800, 9_200);
  }

  @Test
  void aSingleWordIsEnoughToKnowHowLoudItIs() {
    // given
    spoken(ChunkEnd.SENTENCE, "loud", tone(600, 9_000));
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "unknown", tone(500, 4_500));
    // then
    assertThat(peak(heard)).isBetween(8_800, 9_200);
  }

  @Test
  void withinAVoiceNothingIsMadeLouder() {
    // given
    spoken(ChunkEnd.SENTENCE, "a", tone(3_000, 9_000));
    // when
    byte[] heard = spoken(ChunkEnd.SENTENCE, "a", tone(1_000, 500));
    // then
    assertThat(seams.gain()).isZero();
    assertThat(peak(heard)).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"48000", "24000", "16000"})
  void measuresLoudnessAsTheStandardHasIt(int rateHz) {
    // given: ITU-R BS.1770-4, a sine of 997 Hz at full scale in one channel is -3.01 LKFS
    LoudnessCount count = new LoudnessCount();
    byte[] sine = new byte[2 * 3 * rateHz];
    for (int i = 0; i < 3 * rateHz; i++) {
      Samples.set(sine, i, 32_767 * Math.sin(2 * Math.PI * 997 * i / rateHz));
    }
    // when
    new LoudnessMeter(rateHz, count).accept(sine);
    new LoudnessMeter(rateHz, count).accept(new byte[2 * rateHz]);
    // then
    assertThat(count.lufs()).isBetween(-3.11, -2.91);
  }

  private void begin(String voice) {
    seams.begin(0, ChunkEnd.SENTENCE, voice);
  }

  /** One segment as a playout has it made. */
  private byte[] spoken(ChunkEnd end, String voice, byte[] raw) {
    seams.begin(0, end, voice);
    byte[] first = seams.accept(raw);
    byte[] pause = new byte[first.length == 0 ? 0 : 2 * seams.pause(0)];
    return join(pause, first, seams.finish(false));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] tone(int ms, int amplitude) {
    byte[] pcm = new byte[2 * ms * MS];
    for (int i = 0; i < ms * MS; i++) {
      put(pcm, i, (int) Math.rint(amplitude * Math.sin(2 * Math.PI * 400 * i / RATE)));
    }
    return pcm;
  }

  /** As an "s" is: most of it is high. */
  private static byte[] hiss(int ms, int amplitude) {
    Random random = new Random(ms);
    byte[] pcm = new byte[2 * ms * MS];
    for (int i = 0; i < ms * MS; i++) {
      put(pcm, i, random.nextInt(2 * amplitude) - amplitude);
    }
    return pcm;
  }

  private static byte[] noise(int ms) {
    Random random = new Random(ms);
    byte[] pcm = new byte[2 * ms * MS];
    for (int i = 0; i < ms * MS; i++) {
      put(pcm, i, random.nextInt(25) - 12);
    }
    return pcm;
  }

  private static void put(byte[] pcm, int at, int sample) {
    pcm[2 * at] = (byte) sample;
    pcm[2 * at + 1] = (byte) (sample >> 8);
  }

  private static int at(byte[] pcm, int at) {
    return (short) ((pcm[2 * at] & 0xff) | (pcm[2 * at + 1] << 8));
  }

  private static double longestSilence(byte[] pcm) {
    int longest = 0;
    int run = 0;
    boolean sounded = false;
    for (int i = 0; i < pcm.length / 2; i++) {
      if (Math.abs(at(pcm, i)) > 100) {
        longest = sounded ? Math.max(longest, run) : longest;
        sounded = true;
        run = 0;
      } else {
        run++;
      }
    }
    return (double) longest / MS;
  }

  private static int largestStep(byte[] pcm) {
    int largest = 0;
    for (int i = 1; i < pcm.length / 2; i++) {
      largest = Math.max(largest, Math.abs(at(pcm, i) - at(pcm, i - 1)));
    }
    return largest;
  }

  private static int peak(byte[] pcm) {
    int peak = 0;
    for (int i = 0; i < pcm.length / 2; i++) {
      peak = Math.max(peak, Math.abs(at(pcm, i)));
    }
    return peak;
  }
}
