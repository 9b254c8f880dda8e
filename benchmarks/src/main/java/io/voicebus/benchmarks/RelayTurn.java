package io.voicebus.benchmarks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One prompt through the relay. Has a sentence spoken once its last char has come. */
final class RelayTurn {
  private final RelayVoice voice;
  private final HttpServerResponse response;
  private final List<Integer> cuts;
  private final Consumer<LoadTrace> traced;
  private final Clock clock = Clock.system();
  private final long begun = clock.nanoTime();
  private final long[] milestones = {-1, -1, -1, -1};
  private final StringBuilder text = new StringBuilder();
  private final List<Sentence> sentences = new ArrayList<>();
  private int from;
  private int heard;
  private boolean over;

  /**
   * @param cuts where the sentences end
   * @param traced takes the turn's milestones when it is over
   */
  RelayTurn(
      RelayVoice voice,
      HttpServerResponse response,
      List<Integer> cuts,
      Consumer<LoadTrace> traced) {
    this.voice = voice;
    this.response = response;
    this.cuts = cuts;
    this.traced = traced;
    response.setChunked(true);
  }

  /** Text as the model wrote it. */
  void text(String delta) {
    reach(0);
    text.append(delta);
    while (sentences.size() < cuts.size() && text.length() >= cuts.get(sentences.size())) {
      int to = cuts.get(sentences.size());
      reach(1);
      Sentence sentence = new Sentence(sentences.size());
      sentences.add(sentence);
      voice.speak(text.substring(from, to).strip(), sentence);
      from = to;
    }
  }

  void failed(Throwable why) {
    if (!over) {
      over = true;
      response.reset();
    }
  }

  private void reach(int milestone) {
    if (milestones[milestone] < 0) {
      milestones[milestone] = clock.nanoTime() - begun;
    }
  }

  /** Passes on what the listener is to hear next. */
  private void pass() {
    while (!over && heard < sentences.size()) {
      Sentence now = sentences.get(heard);
      for (Buffer pcm = now.early.poll(); pcm != null; pcm = now.early.poll()) {
        response.write(pcm);
        reach(3);
      }
      if (!now.done) {
        return;
      }
      heard++;
    }
    if (!over && heard == cuts.size()) {
      over = true;
      response.end();
      traced.accept(LoadTrace.of(milestones));
    }
  }

  /** One sentence's audio, which may come before its turn. */
  private final class Sentence implements RelayVoice.Sink {
    private final ArrayDeque<Buffer> early = new ArrayDeque<>();
    private final int place;
    private boolean done;

    Sentence(int place) {
      this.place = place;
    }

    @Override
    public void audio(Buffer pcm) {
      reach(2);
      early.add(pcm);
      if (place == heard) {
        pass();
      }
    }

    @Override
    public void done() {
      done = true;
      if (place == heard) {
        pass();
      }
    }

    @Override
    public void failed(Throwable why) {
      RelayTurn.this.failed(why);
    }
  }
}
