package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Settings;
import java.util.Optional;
import java.util.Set;

/** A service that is as a test says, with the words and limits of Gemini. */
abstract class FakeAsker implements ModelAsker {
  static final SourceSettings.Target TARGET =
      SourceSettings.read(new Settings("gemini", new JsonObject().put("gemini-api-key", "key")))
          .services()
          .get(0);

  private final String name;

  /** What would help against each failure. */
  Set<Concession> helpful = Set.of();

  boolean fails;
  boolean rests;

  /** Who was asked in its place; empty for nobody. */
  String next = "";

  FakeAsker(String name) {
    this.name = name;
  }

  @Override
  public String source() {
    return name;
  }

  @Override
  public String model() {
    return "model";
  }

  @Override
  public ModelLimits limits() {
    return TARGET.limits();
  }

  @Override
  public ServiceWords words() {
    return TARGET.protocol().words();
  }

  @Override
  public Set<Concession> made() {
    return Set.of();
  }

  @Override
  public Optional<Concession> against(ModelFault fault, Set<Concession> already) {
    return helpful.stream().filter(each -> !already.contains(each)).findFirst();
  }

  @Override
  public void helped(Set<Concession> by) {}

  @Override
  public void passedOver(FailureKind why, String other, long nanos) {
    next = other;
  }

  @Override
  public boolean fails() {
    return fails;
  }

  @Override
  public boolean rests() {
    return rests;
  }

  @Override
  public Failure failure(ModelFault fault) {
    return new Failure(Stage.TEXT, fault.kind(), fault.detail());
  }
}
