package io.voicebus.tts.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** An engine in front of another, which it is but for what it does when it speaks. */
public abstract class ForwardingEngine implements SpeechEngine {
  /** The one behind. */
  protected final SpeechEngine engine;

  /** In front of an engine, which it closes. */
  protected ForwardingEngine(SpeechEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public EngineTraits traits() {
    return engine.traits();
  }

  @Override
  public List<Voice> voices() {
    return engine.voices();
  }

  @Override
  public CompletionStage<List<Voice>> offered() {
    return engine.offered();
  }

  @Override
  public CompletionStage<Void> warm() {
    return engine.warm();
  }

  @Override
  public String setup() {
    return engine.setup();
  }

  @Override
  public int slots() {
    return engine.slots();
  }

  @Override
  public boolean behind() {
    return engine.behind();
  }

  @Override
  public void onSlots(Runnable more) {
    engine.onSlots(more);
  }

  @Override
  public void close() {
    engine.close();
  }
}
