package io.voicebus.http.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.contract.WordMark;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;

/** Speech with the times of its characters. */
abstract class TimedResponse extends SpeechResponse {
  private final WordTimes times = new WordTimes();
  private final List<Alignment> waiting = new ArrayList<>();

  TimedResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order);
  }

  @Override
  protected void started(int turnRateHz) {
    times.rate(turnRateHz);
  }

  @Override
  public void event(TurnEvent event) {
    super.event(event);
    add(times.event(event));
  }

  @Override
  public void word(WordMark word) {
    add(times.word(word));
  }

  private void add(Alignment part) {
    if (!part.isEmpty()) {
      waiting.add(part);
    }
  }

  /** What is known and was not asked for yet. */
  Alignment next() {
    Alignment all = Alignment.join(waiting);
    waiting.clear();
    return all;
  }
}
