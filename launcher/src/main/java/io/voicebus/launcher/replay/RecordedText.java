package io.voicebus.launcher.replay;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.gemini.Answer;
import io.voicebus.gemini.Question;
import io.voicebus.gemini.TextSink;
import io.voicebus.gemini.TextSource;

/**
 * A text source that answers with the recorded text, at the recorded times. Bound to one context.
 */
public final class RecordedText implements TextSource {
  private final RecordedWriting writing;
  private final ReplaySpeed speed;
  private final Bus bus;

  /** One for a bus's clock and timers. */
  public RecordedText(RecordedWriting writing, ReplaySpeed speed, Bus bus) {
    this.writing = writing;
    this.speed = speed;
    this.bus = bus;
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public Answer answer(Question question, TextSink sink) {
    WritingPlayer player =
        new WritingPlayer(
            writing,
            speed,
            bus,
            bus::after,
            new WritingPlayer.Pen() {
              @Override
              public void text(String text) {
                sink.text(text);
              }

              /** Only who gives the text itself flushes. */
              @Override
              public void flush() {}

              @Override
              public void end() {
                sink.end();
              }

              @Override
              public void fail(Failure why) {
                sink.fail(why);
              }
            });
    player.resume();
    return new Answer() {
      @Override
      public void pause() {
        player.pause();
      }

      @Override
      public void resume() {
        player.resume();
      }

      @Override
      public void cancel() {
        player.cancel();
      }
    };
  }
}
