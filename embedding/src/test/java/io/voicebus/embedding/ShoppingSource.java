package io.voicebus.embedding;

import io.voicebus.bus.Bus;
import io.voicebus.gemini.Answer;
import io.voicebus.gemini.Question;
import io.voicebus.gemini.TextSink;
import io.voicebus.gemini.TextSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A text source of your own: whatever it is asked, it answers with a list, line by line. */
final class ShoppingSource implements TextSource {
  private static final List<String> LINES =
      List.of("Three things are to be bought.\n", "Bread and ", "butter.\n", "No more milk.");

  private final Bus bus;

  ShoppingSource(Bus bus) {
    this.bus = bus;
  }

  @Override
  public String name() {
    return "shopping";
  }

  @Override
  public Answer answer(Question question, TextSink sink) {
    Writing writing = new Writing(sink);
    writing.resume();
    return writing;
  }

  /** One answer under way: a step at a time, so that it can be paused between any two. */
  private final class Writing implements Answer {
    private final Deque<String> left = new ArrayDeque<>(LINES);
    private final TextSink sink;
    private boolean paused = true;
    private boolean over;

    Writing(TextSink sink) {
      this.sink = sink;
    }

    private void step() {
      if (paused || over) {
        return;
      }
      if (left.isEmpty()) {
        over = true;
        sink.end();
        return;
      }
      sink.text(left.remove());
      bus.execute(this::step);
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      if (paused) {
        paused = false;
        bus.execute(this::step); // never before answer() has returned
      }
    }

    @Override
    public void cancel() {
      over = true;
    }
  }
}
