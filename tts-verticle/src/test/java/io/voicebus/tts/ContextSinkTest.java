package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.SpeechEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextSinkTest {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final ContextSink sink = new ContextSink("tone", tasks::add, new Recorder());

  private void runContext() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void callsKeepTheirOrderAndFramesThatComeBeforeTheContextRunsComeTogether() {
    // given
    sink.working();
    sink.format(16_000);
    sink.frame(new byte[2], 1);
    sink.frame(new byte[4], 2);
    sink.end();
    assertThat(calls).isEmpty();
    // when
    runContext();
    // then
    assertThat(calls).containsExactly("working", "format 16000", "frames [2, 4]", "end");
  }

  @Test
  void framesThatComeAfterTheContextHasRunComeByThemselves() {
    sink.frame(new byte[2], 1);
    runContext();
    sink.frame(new byte[4], 2);
    runContext();
    assertThat(calls).containsExactly("frames [2]", "frames [4]");
  }

  @Test
  void callsAfterTheEndHaveNoEffect() {
    sink.end();
    sink.end();
    sink.fail(FailureKind.INTERNAL, "too late");
    sink.frame(new byte[2], 1);
    runContext();
    assertThat(calls).containsExactly("end");
  }

  @Test
  void anEngineThatDoesNotEndFails() {
    byte[] minute = new byte[2 * 48_000 * 60];
    for (int i = 0; i < 6; i++) {
      sink.frame(minute, 0);
    }
    runContext();
    assertThat(calls).last().asString().startsWith("fail TOO_LARGE tone gave more than five");
  }

  private final class Recorder implements ContextSink.Receiver {
    @Override
    public void spokenBy(SpeechEngine engine, String voice) {
      calls.add("spokenBy " + voice);
    }

    @Override
    public void notice(SpeechNotice.Kind kind, String detail) {
      calls.add("notice " + kind);
    }

    @Override
    public void format(int hz) {
      calls.add("format " + hz);
    }

    @Override
    public void working() {
      calls.add("working");
    }

    @Override
    public void waits(String why) {
      calls.add("waits " + why);
    }

    @Override
    public void asked(int chars) {
      calls.add("asked " + chars);
    }

    @Override
    public void saved() {
      calls.add("saved");
    }

    @Override
    public void frames(List<ContextSink.Piece> pieces) {
      calls.add("frames " + pieces.stream().map(piece -> piece.pcm().length).toList());
    }

    @Override
    public void end() {
      calls.add("end");
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      calls.add("fail " + kind + " " + detail);
    }
  }
}
