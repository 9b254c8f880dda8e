package io.voicebus.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.tts.engine.SpeechSink;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedSpeechTest {
  private static final long MS = 1_000_000;

  private final RecordedTurns turn =
      new RecordedTurns()
          .spoken(0, "One two three.", 5)
          .spoken(100, "Four five.", 100)
          .spoken(200, "Six.", 100);

  private RecordedSpeech speech() {
    return RecordedSpeech.of(turn.ended(1000));
  }

  private static List<Long> times(RecordedSpeech.Speech speech) {
    return speech.pieces().stream().map(piece -> piece.atNanos() / MS).distinct().toList();
  }

  @Test
  void aChunkIsSpokenAsItWasThen() {
    // when
    RecordedSpeech.Speech spoken = speech().speak(0, "One two three.");
    // then: the time it waited for a worker is not the engine's
    assertThat(spoken.found()).isEqualTo(RecordedSpeech.Found.AS_RECORDED);
    assertThat(spoken.engine()).isEqualTo("some/voice@8000");
    assertThat(spoken.rateHz()).isEqualTo(8_000);
    assertThat(RecordedTurns.textOf(spoken.pieces())).isEqualTo("One two three.");
    assertThat(times(spoken)).containsExactly(200L, 300L, 400L);
    assertThat(spoken.failure()).isNull();
  }

  @Test
  void itsWordsEndWhereTheyDidThen() {
    List<SpokenPiece> pieces = speech().speak(0, "One two three.").pieces();
    assertThat(pieces).extracting(SpokenPiece::spokenChars).containsExactly(3, 3, 7, 7, 14);
    assertThat(pieces.get(0).pcm()).hasSize(2 * 3 * RecordedTurns.CHAR_SAMPLES);
    assertThat(pieces.get(0).wordSamples()).isEqualTo(RecordedTurns.CHAR_SAMPLES);
    assertThat(pieces.get(1).wordSamples()).isZero();
  }

  @Test
  void theRestOfAChunkIsSpokenWhereAnAttemptAtItFailed() {
    RecordedSpeech speech = speech();
    RecordedSpeech.Speech spoken = speech.speak(0, "three.");
    assertThat(spoken.found()).isEqualTo(RecordedSpeech.Found.AS_RECORDED);
    assertThat(RecordedTurns.textOf(spoken.pieces()).strip()).isEqualTo("three.");
    assertThat(spoken.pieces().get(spoken.pieces().size() - 1).spokenChars()).isEqualTo(6);
    assertThat(times(spoken)).startsWith(200L);
  }

  @Test
  void chunksThatWereTwoAndAreOneAreSpokenAfterEachOther() {
    RecordedSpeech.Speech spoken = speech().speak(1, "Four five. Six.");
    assertThat(spoken.found()).isEqualTo(RecordedSpeech.Found.CUT_OTHERWISE);
    assertThat(RecordedTurns.textOf(spoken.pieces())).isEqualTo("Four five.Six.");
    assertThat(spoken.pieces().get(spoken.pieces().size() - 1).spokenChars()).isEqualTo(15);
  }

  @Test
  void aChunkThatWasOneAndIsTwoGetsItsWords() {
    RecordedSpeech speech = speech();
    RecordedSpeech.Speech first = speech.speak(0, "One two");
    RecordedSpeech.Speech second = speech.speak(1, "three.");
    assertThat(RecordedTurns.textOf(first.pieces())).isEqualTo("One two");
    assertThat(RecordedTurns.textOf(second.pieces()).strip()).isEqualTo("three.");
    assertThat(speech.speak(2, "Four five.").found()).isEqualTo(RecordedSpeech.Found.AS_RECORDED);
    assertThat(speech.tally()).isEqualTo(new RecordedSpeech.Tally(1, 2, List.of()));
  }

  @Test
  void aTextThatWasNotSpokenThenIsHummedForAsLongAsItWouldTake() {
    // when
    RecordedSpeech speech = speech();
    RecordedSpeech.Speech spoken = speech.speak(0, "Something else.");
    // then
    assertThat(spoken.found()).isEqualTo(RecordedSpeech.Found.NOT_RECORDED);
    int samples = spoken.pieces().stream().mapToInt(piece -> piece.pcm().length / 2).sum();
    assertThat(samples).isEqualTo("Something else.".length() * RecordedTurns.CHAR_SAMPLES);
    assertThat(spoken.pieces()).allMatch(piece -> piece.spokenChars() == SpeechSink.UNKNOWN);
    assertThat(times(spoken)).containsExactly(200L);
    assertThat(speech.tally().notRecorded()).containsExactly("Something else.");
  }

  @Test
  void ofWordsThatComeTwiceTheNextOnesAreTaken() {
    RecordedTurns twice = new RecordedTurns().spoken(0, "Yes. No.", 100).spoken(9, "No. Yes.", 100);
    RecordedSpeech speech = RecordedSpeech.of(twice.ended(10));
    assertThat(speech.speak(0, "Yes.").pieces().get(0).pcm())
        .isEqualTo(RecordedTurns.samples("Yes."));
    RecordedSpeech.Speech spoken = speech.speak(1, "No. No.");
    assertThat(RecordedTurns.textOf(spoken.pieces()).strip()).isEqualTo("No.No.");
  }

  @Test
  void aChunkThatCouldNotBeSpokenFailsAgain() {
    Failure why = new Failure(Stage.SPEECH, FailureKind.BLOCKED, "refused");
    int chunk = turn.caption(300, "Bad words.");
    turn.add(400, new ChunkSkipped(chunk, why));
    RecordedSpeech.Speech spoken = speech().speak(chunk, "Bad words.");
    assertThat(spoken.pieces()).isEmpty();
    assertThat(spoken.failure()).isEqualTo(why);
  }

  @Test
  void anotherEngineThatWentOnWithAChunkHasTheSameRate() {
    // given
    int chunk = turn.caption(300, "Ten.");
    byte[] half = RecordedTurns.samples("Te");
    turn.add(300, new SpeechPiece(chunk, 0, new Speaker(8_000, true, "one/@8000")))
        .add(300, new SpeechPiece(chunk, 10 * MS, Frame.untimed(half)))
        .add(300, new SpeechPiece(chunk, 20 * MS, new Speaker(16_000, true, "two/@16000")))
        .add(300, new SpeechPiece(chunk, 30 * MS, Frame.untimed(new byte[2 * half.length])))
        .add(300, new ChunkSpoken(chunk, 2, 15 * MS, 1, 1));
    // when
    RecordedSpeech.Speech spoken = speech().speak(chunk, "Ten.");
    // then
    assertThat(spoken.rateHz()).isEqualTo(8_000);
    int samples = spoken.pieces().stream().mapToInt(piece -> piece.pcm().length / 2).sum();
    assertThat(samples).isEqualTo(half.length);
    assertThat(times(spoken)).containsExactly(10L, 30L);
  }

  @Test
  void anEmptyRecordingHumsEverything() {
    RecordedSpeech speech = RecordedSpeech.of(new RecordedTurns().recording());
    assertThat(speech.isHeard()).isFalse();
    assertThat(speech.speak(0, "Hello.").found()).isEqualTo(RecordedSpeech.Found.NOT_RECORDED);
    assertThat(speech.speak(1, "  ").pieces()).isEmpty();
  }
}
