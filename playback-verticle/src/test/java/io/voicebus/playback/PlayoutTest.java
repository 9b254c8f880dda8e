package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Pace;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.WordMark;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlayoutTest {
  private static final int RATE = 24_000;

  private final RecordingSink sink = RecordingSink.unlimited();
  private final Playout playout = playout(sink);

  private static Playout playout(PlayoutSink sink) {
    return new Playout(PlayoutLimits.DEFAULTS, Pace.ASAP, new LengthRatio(), Pcm.memory(), sink);
  }

  private static void say(Playout playout, int chunk, int from, int samples) {
    playout.open(chunk, RATE, false, "voice", 0);
    Pcm.frame(playout, chunk, Pcm.counting(from, samples), -1, 0);
    playout.received(chunk, 0);
  }

  @Test
  void passesAFrameOnBeforeItsChunkIsComplete() {
    // given
    playout.open(0, RATE, true, "voice", 0);
    // when
    Pcm.frame(playout, 0, Pcm.of(1, 2, 3), -1, 0);
    // then
    assertThat(sink.audio()).isEqualTo(Pcm.of(1, 2, 3));
    assertThat(playout.heldBytes()).isZero();
  }

  @Test
  void tellsTheFormatThenWhereEachChunkBeginsAndEnds() {
    // when
    say(playout, 0, 100, 10);
    say(playout, 1, 200, 5);
    playout.length(2, 0);
    // then
    assertThat(sink.events)
        .containsExactly(
            "format 24000",
            "FIRST_FRAME 0 @0",
            "CHUNK_START 0 @0",
            "audio 0",
            "CHUNK_END 0 @10",
            "CHUNK_START 1 @10",
            "audio 1",
            "CHUNK_END 1 @15",
            "end");
  }

  @Test
  void tellsWhereAWordEndsOnceThatIsDelivered() {
    // given
    say(playout, 0, 100, 10);
    RecordingSink narrow = new RecordingSink(1);
    Playout held = playout(narrow);
    for (Playout each : new Playout[] {playout, held}) {
      each.open(1, RATE, true, "voice", 0);
      Pcm.frame(each, 1, Pcm.counting(0, 10), 4, 0);
      Pcm.frame(each, 1, Pcm.counting(10, 10), 4, 0);
      Pcm.frame(each, 1, Pcm.counting(20, 5), 9, 0);
    }
    // when
    say(held, 0, 100, 10);
    // then
    assertThat(sink.words).containsExactly(new WordMark(1, 20, 4), new WordMark(1, 35, 9));
    assertThat(narrow.words).isEmpty();
    // when
    narrow.more(40);
    held.pump(0);
    // then
    assertThat(narrow.words).containsExactly(new WordMark(1, 20, 4));
  }

  @Test
  void keepsALaterChunkUntilTheEarlierOneIsDone() {
    // given
    say(playout, 1, 200, 5);
    assertThat(sink.events).containsExactly("FIRST_FRAME 1 @0");
    // when
    say(playout, 0, 100, 10);
    // then
    assertThat(sink.events).contains("format 24000");
    assertThat(Pcm.samples(sink.audio())).startsWith(100).endsWith(204).hasSize(15);
  }

  @Test
  void ofAChunkThatWasSkippedBeforeItBeganNothingIsTold() {
    // given
    playout.skip(0, 0);
    // when
    say(playout, 1, 200, 5);
    playout.length(2, 0);
    // then
    assertThat(sink.events)
        .containsExactly(
            "format 24000",
            "FIRST_FRAME 1 @0",
            "CHUNK_START 1 @0",
            "audio 1",
            "CHUNK_END 1 @5",
            "end");
  }

  @Test
  void leavesSamplesUnaltered() {
    // given
    byte[] extremes = Pcm.of(Short.MIN_VALUE, Short.MAX_VALUE, 0, -1, 1);
    playout.open(0, RATE, false, "voice", 0);
    // when
    Pcm.frame(playout, 0, extremes, -1, 0);
    // then
    assertThat(sink.audio()).isEqualTo(extremes);
  }

  @Test
  void endsAtOnceWithoutChunks() {
    // when
    playout.length(0, 0);
    // then
    assertThat(sink.events).containsExactly("end");
    assertThat(playout.ended()).isTrue();
  }

  @Test
  void doesNotEndBeforeTheLastSampleWasTaken() {
    // given
    RecordingSink slow = new RecordingSink(1);
    Playout held = playout(slow);
    held.open(0, RATE, false, "voice", 0);
    Pcm.frame(held, 0, Pcm.counting(0, 10), -1, 0);
    Pcm.frame(held, 0, Pcm.counting(10, 10), -1, 0);
    held.received(0, 0);
    held.length(1, 0);
    assertThat(held.ended()).isFalse();
    // when
    slow.more(100);
    held.pump(0);
    // then
    assertThat(slow.audio()).isEqualTo(Pcm.counting(0, 20));
    assertThat(held.ended()).isTrue();
  }

  @Test
  void marksAChunkThatHasNoSamples() {
    // given
    say(playout, 0, 0, 4);
    // when
    playout.open(1, RATE, true, "voice", 0);
    playout.received(1, 0);
    // then
    assertThat(sink.events).endsWith("CHUNK_START 1 @4", "CHUNK_END 1 @4");
  }

  @Test
  void goesOnWithoutAChunkThatIsSkipped() {
    // given
    say(playout, 1, 200, 5);
    // when
    playout.skip(0, 0);
    // then
    assertThat(sink.audio()).isEqualTo(Pcm.counting(200, 5));
    assertThat(sink.events).doesNotContain("CHUNK_START 0 @0");
    assertThat(playout.over(0)).isTrue();
  }

  @Test
  void playsWhatItHoldsOfASkippedChunkUpToItsLastWholeWord() {
    // given
    RecordingSink slow = new RecordingSink(1);
    Playout held = playout(slow);
    held.open(0, RATE, true, "voice", 0);
    Pcm.frame(held, 0, Pcm.counting(0, 10), 0, 0);
    Pcm.frame(held, 0, Pcm.counting(10, 10), 6, 0);
    Pcm.frame(held, 0, Pcm.counting(20, 10), 6, 0);
    // when
    held.skip(0, 0);
    slow.more(1000);
    held.pump(0);
    // then
    assertThat(slow.audio()).isEqualTo(Pcm.counting(0, 20));
    assertThat(slow.events).endsWith("CHUNK_END 0 @20");
  }

  @Test
  void resumesAtTheFirstSampleThatItLacks() {
    // given
    playout.open(0, RATE, false, "voice", 0);
    Pcm.frame(playout, 0, Pcm.counting(0, 10), -1, 0);
    // when
    ResumePoint at = playout.cut(0);
    playout.open(0, RATE, false, "voice", 0);
    Pcm.frame(playout, 0, Pcm.counting(10, 10), -1, 0);
    // then
    assertThat(at).isEqualTo(new ResumePoint(10, 0, "voice"));
    assertThat(sink.audio()).isEqualTo(Pcm.counting(0, 20));
  }

  @Test
  void discardsTheHeldPartOfAWordThatIsSaidAgain() {
    // given
    RecordingSink slow = new RecordingSink(1);
    Playout held = playout(slow);
    held.open(0, RATE, true, "voice", 0);
    Pcm.frame(held, 0, Pcm.counting(0, 10), 4, 0);
    Pcm.frame(held, 0, Pcm.counting(10, 10), 9, 0);
    Pcm.frame(held, 0, Pcm.counting(20, 10), 9, 0);
    // when
    ResumePoint at = held.cut(0);
    held.open(0, RATE, true, "voice", 0);
    Pcm.frame(held, 0, Pcm.counting(500, 10), 14, 0);
    slow.more(1000);
    held.pump(0);
    // then
    assertThat(at).isEqualTo(new ResumePoint(30, 9, "voice"));
    byte[] expected = Arrays.copyOf(Pcm.counting(0, 20), 60);
    System.arraycopy(Pcm.counting(500, 10), 0, expected, 40, 20);
    assertThat(slow.audio()).isEqualTo(expected);
  }

  @Test
  void saysAWordAgainWholeThatWasPartlyDelivered() {
    // given
    playout.open(0, RATE, true, "voice", 0);
    Pcm.frame(playout, 0, Pcm.of(1, 1), 4, 0);
    Pcm.frame(playout, 0, Pcm.of(2), 4, 0);
    // when
    ResumePoint at = playout.cut(0);
    playout.open(0, RATE, true, "voice", 0);
    Pcm.frame(playout, 0, Pcm.of(2, 2), 9, 0);
    // then
    assertThat(at.chars()).isEqualTo(4);
    assertThat(sink.audio()).isEqualTo(Pcm.of(1, 1, 2, 2, 2));
  }

  @Test
  void keepsAPartOfAWordBackWhileAnotherAttemptIsAwaited() {
    // given
    RecordingSink slow = new RecordingSink(1);
    Playout held = playout(slow);
    held.open(0, RATE, true, "voice", 0);
    Pcm.frame(held, 0, Pcm.of(1, 1), 4, 0);
    Pcm.frame(held, 0, Pcm.of(2), 4, 0);
    // when
    held.lost(0);
    slow.more(1000);
    held.pump(0);
    // then
    assertThat(slow.audio()).isEqualTo(Pcm.of(1, 1));
    assertThat(held.heldBytes()).isEqualTo(2);
  }

  @Test
  void playsOnWhileADeterministicEngineIsAwaited() {
    // given
    RecordingSink slow = new RecordingSink(1);
    Playout held = playout(slow);
    held.open(0, RATE, false, "voice", 0);
    Pcm.frame(held, 0, Pcm.of(1, 1), -1, 0);
    Pcm.frame(held, 0, Pcm.of(2), -1, 0);
    // when
    held.lost(0);
    slow.more(1000);
    held.pump(0);
    // then
    assertThat(slow.audio()).isEqualTo(Pcm.of(1, 1, 2));
  }

  @Test
  void bringsALaterEngineToTheRateOfTheFirst() {
    // given
    say(playout, 0, 0, 2400);
    // when
    playout.open(1, 16_000, true, "voice", 0);
    Pcm.frame(playout, 1, new byte[2 * 1600], -1, 0);
    playout.received(1, 0);
    playout.length(2, 0);
    // then
    assertThat(sink.audio()).hasSize(2 * 4800);
    assertThat(sink.events)
        .contains("CHUNK_END 1 @4800")
        .filteredOn(e -> e.startsWith("format"))
        .containsExactly("format 24000");
  }

  @Test
  void anotherVoiceIsMarkedWhereItIsHeardAndNotWhereTheListenerWasWhenItBegan() {
    // given
    RecordingSink slow = new RecordingSink(1);
    Playout held = playout(slow);
    held.open(0, RATE, true, "one", 0);
    Pcm.frame(held, 0, Pcm.counting(0, 10), -1, 0);
    Pcm.frame(held, 0, Pcm.counting(10, 20), 4, 0);
    held.lost(0);
    // when
    held.open(0, RATE, true, "another", 0);
    Pcm.frame(held, 0, Pcm.counting(50, 5), -1, 0);
    held.received(0, 0);
    held.length(1, 0);
    slow.more(1000);
    held.pump(0);
    // then
    assertThat(slow.events)
        .containsExactly(
            "format 24000",
            "FIRST_FRAME 0 @0",
            "CHUNK_START 0 @0",
            "audio 0",
            "audio 0",
            "CHUNK_VOICE 0 @30",
            "audio 0",
            "CHUNK_END 0 @35",
            "end");
  }

  @Test
  void countsAWordOnlyOnceTheConvertersDelayHasPassed() {
    // given
    playout.open(0, 24_000, true, "voice", 0);
    playout.open(1, 12_000, true, "voice", 0);
    // when
    Pcm.frame(playout, 1, new byte[200], 7, 0);
    ResumePoint early = playout.cut(1);
    // then
    assertThat(early).isEqualTo(new ResumePoint(2 * (100 - 32), 0, ""));
  }

  @Test
  void namesTheEngineOfWhatItHoldsOnlyWhenThereWasOne() {
    // given
    playout.open(0, RATE, false, "one", 0);
    Pcm.frame(playout, 0, new byte[200], -1, 0);
    assertThat(playout.cut(0).engine()).isEqualTo("one");
    // when
    playout.open(0, RATE, true, "another", 0);
    Pcm.frame(playout, 0, new byte[200], -1, 0);
    // then
    assertThat(playout.cut(0).engine()).isEmpty();
  }

  @Test
  void knowsWhichChunksAreOver() {
    // given
    say(playout, 0, 0, 4);
    playout.open(1, RATE, true, "voice", 0);
    // when
    playout.length(2, 0);
    // then
    assertThat(playout.over(0)).isTrue();
    assertThat(playout.over(1)).isFalse();
    assertThat(playout.over(2)).isTrue();
  }

  @Test
  void givesNothingOutOnceClosed() {
    // given
    say(playout, 1, 0, 4);
    // when
    playout.close();
    playout.pump(0);
    // then
    assertThat(sink.audio()).isEmpty();
    assertThat(playout.heldBytes()).isZero();
    assertThat(playout.over(0)).isTrue();
  }
}
