package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an observer receives of a turn, and can ask of it. */
class TurnObserverTest {
  private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String TURN = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final StageStub text = stage("gemini", Stage.TEXT, Addresses.PROMPT);
  private final StageStub chunker = stage("chunker", Stage.CHUNKER, Addresses.TEXT);
  private final StageStub playback = stage("playback", Stage.PLAYBACK, Addresses.PLAYOUT);
  private final List<TurnSummary> ended = new ArrayList<>();
  private final TurnOwner turns =
      new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS)
          .observedBy(
              new TurnObserver() {
                @Override
                public String begins(String trace) {
                  return trace.isEmpty() ? "" : TURN;
                }

                @Override
                public void ended(TurnSummary summary) {
                  ended.add(summary);
                }
              });

  private StageStub stage(String name, Stage stage, String address) {
    StageStub stub = new StageStub(bus, name, stage);
    bus.serve(address, stub.node);
    return stub;
  }

  private Turn start(String trace) {
    Turn turn =
        turns.start(
            TurnRequest.toCaller("hello", TurnOptions.DEFAULTS).withTrace(trace), event -> {});
    pass(50);
    return turn;
  }

  private void pass(long ms) {
    bus.run(Duration.ofMillis(ms));
  }

  private static AudioListener listener() {
    return new AudioListener() {
      @Override
      public void format(int sampleRateHz) {}

      @Override
      public void audio(int chunk, byte[] pcm) {}
    };
  }

  @Test
  void aTurnIsToldOnceWithAllThatWasMeasured() {
    // given
    Turn turn = start("");
    turn.listen(listener());
    // when
    text.says(new TextDelta("Hello. "));
    pass(100);
    chunker.says(new ChunkCaption(0, "Hello.", 0, 6), new TextLength(1));
    text.end();
    chunker.end();
    pass(100);
    playback.says(
        new PlayoutFormat(16_000),
        new ChunkAudio(0, new byte[3200]),
        new ChunkSpoken(0, 2, 1000, 2000, 3000));
    pass(10);
    assertThat(ended).isEmpty();
    playback.end();
    pass(50);
    turn.cancel("too late");
    // then
    assertThat(ended).hasSize(1);
    TurnSummary summary = ended.get(0);
    assertThat(summary.turn()).isEqualTo(turn.id());
    assertThat(summary.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(summary.failure()).isNull();
    assertThat(summary.textChars()).isEqualTo(7);
    assertThat(millis(summary.textEnd())).isBetween(140L, 160L);
    assertThat(millis(summary.timings().firstAudio())).isBetween(240L, 270L);
    assertThat(summary.chunks()).hasSize(1);
    TurnSummary.Chunk chunk = summary.chunks().get(0);
    assertThat(chunk.attempts()).isEqualTo(2);
    assertThat(chunk.waitNanos()).isEqualTo(1000);
    assertThat(chunk.firstFrameNanos()).isEqualTo(2000);
    assertThat(chunk.speechNanos()).isEqualTo(3000);
    assertThat(chunk.skipped()).isNull();
    assertThat(summary.takeovers()).isEmpty();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Test
  void aTraceReachesEveryStage() {
    start(CALLER);
    assertThat(text.head(Prompt.class).turn().trace()).isEqualTo(TURN);
    assertThat(chunker.head(TextOpen.class).turn().trace()).isEqualTo(TURN);
    assertThat(playback.head(PlayoutRequest.class).turn().trace()).isEqualTo(TURN);
  }

  @Test
  void aFailureIsToldWithItsStageAndKind() {
    Turn turn = start(CALLER);
    text.link().fail(new Failure(Stage.TEXT, FailureKind.QUOTA, "no credits are left"));
    pass(50);
    assertThat(turn.hasEnded()).isTrue();
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ended.get(0).failure()).isNotNull();
    assertThat(ended.get(0).failure().kind()).isEqualTo(FailureKind.QUOTA);
    assertThat(ended.get(0).callersTrace()).isEqualTo(CALLER);
    assertThat(ended.get(0).trace()).isEqualTo(TURN);
  }

  @Test
  void aTurnSaysWhatItWaitsFor() {
    Turn turn = start("");
    assertThat(turn.waitsFor().stage()).isEqualTo(Stage.TEXT);
    pass(200);
    assertThat(millis(turn.waitsFor().nanos())).isGreaterThanOrEqualTo(200);
    // when
    text.says(new TextDelta("Hello. "));
    text.end();
    pass(5);
    assertThat(turn.waitsFor().stage()).isEqualTo(Stage.CHUNKER);
    chunker.says(new ChunkCaption(0, "Hello.", 0, 6), new TextLength(1));
    pass(5);
    assertThat(turn.waitsFor().stage()).isEqualTo(Stage.SPEECH);
    assertThat(turn.waitsFor().what()).contains("chunk 0");
    playback.says(new PlayoutFormat(16_000), new ChunkAudio(0, new byte[3200]));
    pass(5);
    // then
    assertThat(turn.waitsFor()).extracting(TurnWait::stage).isEqualTo(Stage.OWNER);
    assertThat(turn.waitsFor().what()).isEqualTo("a listener");
    turn.listen(listener());
    assertThat(turn.waitsFor().stage()).isEqualTo(Stage.SPEECH);
    turn.pauseAudio();
    assertThat(turn.waitsFor().what()).contains("takes no more");
    turn.detach();
    assertThat(turn.waitsFor().what()).contains("connection was lost");
  }
}
