package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An engine that breaks the rules of {@link SpeechEngine} and {@link SpeechSink}: the failure names
 * the broken rule, and the listener hears nothing that the engine did not say.
 */
@Timeout(60)
class BrokenEngineTest {
  private static final String TEXT = "Hello there, my friend. This is the last of it.";

  /** An engine whose every speech is this. */
  private record Engine(BiConsumer<Utterance, SpeechSink> speech) implements SpeechEngine {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public EngineTraits traits() {
      return new EngineTraits(true, 24_000, Set.of(), 0);
    }

    @Override
    public List<Voice> voices() {
      return List.of();
    }

    @Override
    public Speech speak(Utterance utterance, SpeechSink sink) {
      speech.accept(utterance, sink);
      return () -> {};
    }

    @Override
    public void close() {}
  }

  private enum Fault {
    THROWS("mine failed: java.lang.IllegalStateException: no voice is loaded") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {
        throw new IllegalStateException("no voice is loaded");
      }
    },
    HALF_A_SAMPLE("mine gave a broken frame: it has 3 bytes, and samples have two") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {
        // Two halves at once make a whole, but not whenever they come.
        sink.frame(new byte[3], SpeechSink.UNKNOWN);
        sink.frame(new byte[3], SpeechSink.UNKNOWN);
        sink.end();
      }
    },
    HALF_A_SAMPLE_AND_NO_MORE("mine gave a broken frame: it has 3 bytes, and samples have two") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {
        sink.frame(new byte[3], SpeechSink.UNKNOWN);
        sink.end();
      }
    },
    SAYS_NOTHING("mine has not said anything for 200 ms: see chunk-timeout-ms") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {}
    },
    NEVER_ENDS("mine fell silent in mid-sentence for 200 ms: see chunk-timeout-ms") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {
        sink.frame(new byte[4_800], SpeechSink.UNKNOWN);
      }
    },
    GOES_ON("mine gave more than five minutes of sound for one chunk") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {
        for (int i = 0; i < 40; i++) {
          sink.frame(new byte[1024 * 1024], SpeechSink.UNKNOWN);
        }
      }
    },
    FAILS("mine says so") {
      @Override
      void speak(Utterance utterance, SpeechSink sink) {
        sink.fail(FailureKind.INVALID_REQUEST, "mine says so");
        sink.frame(new byte[4_800], SpeechSink.UNKNOWN);
        sink.end();
      }
    };

    private final String message;

    Fault(String message) {
      this.message = message;
    }

    abstract void speak(Utterance utterance, SpeechSink sink);
  }

  private static HeardTurn hear(BiConsumer<Utterance, SpeechSink> speech) {
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup().tts("chunk-timeout-ms", 200).start(() -> new Engine(speech))) {
      HeardTurn turn = pipeline.hear(TEXT, LocalPipeline.SENTENCES);
      turn.ended();
      return turn;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFailureNamesTheBrokenRule(Fault fault) {
    // when
    HeardTurn turn = hear(fault::speak);
    // then
    assertThat(turn.ended().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(turn.events(TurnEvent.Spoken.class)).isEmpty();
    assertThat(turn.events(TurnEvent.Skipped.class))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.chunk().failure().detail()).contains(fault.message));
  }

  @Test
  void nothingAfterTheFirstEndIsHeard() {
    // when
    HeardTurn turn =
        hear(
            (utterance, sink) -> {
              sink.frame(new byte[4_800], SpeechSink.UNKNOWN);
              sink.end();
              sink.frame(new byte[9_600], SpeechSink.UNKNOWN);
              sink.end();
              sink.fail(FailureKind.INTERNAL, "and then it fails");
            });
    // then
    assertThat(turn.ended().outcome()).as("%s", turn.ended()).isEqualTo(Outcome.FINISHED);
    assertThat(turn.pcm()).hasSize(2 * 4_800);
  }

  @Test
  void anEngineMayCallItsSinkFromAnyThread() {
    // when
    HeardTurn turn =
        hear(
            (utterance, sink) ->
                new Thread(
                        () -> {
                          sink.frame(new byte[4_800], utterance.text().length());
                          sink.end();
                        })
                    .start());
    // then
    assertThat(turn.ended().outcome()).as("%s", turn.ended()).isEqualTo(Outcome.FINISHED);
    assertThat(turn.pcm()).hasSize(2 * 4_800);
  }
}
