package io.voicebus.tts.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** An engine that passes every call on to another one. Subclasses change how it speaks. */
public abstract class ForwardingEngine implements SpeechEngine {
  /** The engine that gets the calls. */
  protected final SpeechEngine engine;

  /** Forwards to an engine, and closes it with itself. */
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
