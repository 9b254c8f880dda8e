package io.voicebus.gemini;

import io.vertx.core.Future;
import io.voicebus.bus.Bus;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Answers from models, as they are written: from the first service that can give one. */
final class ModelSource implements TextSource {
  private final List<ModelService> services;
  private final Bus bus;
  private final DoubleSupplier random;

  /**
   * A source.
   *
   * @param services in the order in which they are tried; at least one; closed with it
   * @param random 0 to 1, spreads retries
   */
  ModelSource(List<ModelService> services, Bus bus, DoubleSupplier random) {
    this.services = List.copyOf(services);
    this.bus = bus;
    this.random = random;
    ModelCounts counts = new ModelCounts(bus.meters());
    services.forEach(service -> counts.begin(service.source()));
  }

  /**
   * Opens a connection to each, so that the first prompt need not.
   *
   * @return completes in any case; what is wrong is logged
   */
  Future<Void> warm() {
    return Future.join(services.stream().map(ModelService::warm).toList()).mapEmpty();
  }

  Future<Void> close() {
    return Future.join(services.stream().map(ModelService::close).toList()).mapEmpty();
  }

  @Override
  public String name() {
    return services.get(0).source();
  }

  @Override
  public String model() {
    return services.get(0).model();
  }

  @Override
  public Answer answer(Question question, TextSink sink) {
    ModelAnswer answer = new ModelAnswer(bus, random, services, question, sink);
    bus.execute(answer::begin);
    return answer;
  }
}
