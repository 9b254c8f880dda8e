package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks each model that the settings name, once, with a question that costs nothing: whether it is
 * there, takes the key and has the model. Takes the settings of {@link GeminiVerticle}; deployed
 * when it has the answers.
 */
public final class ModelCheckVerticle extends VerticleBase {
  /**
   * An answer.
   *
   * @param service that was asked
   * @param trouble what is wrong, and what to do; null if nothing is
   * @param nanos how long it took, the way there included
   */
  public record Checked(AnswerSource.Service service, @Nullable Failure trouble, long nanos) {}

  private volatile List<Checked> checked = List.of();

  /** In the order in which models are asked; once it is deployed. */
  public List<Checked> checked() {
    return checked;
  }

  @Override
  public Future<?> start() {
    SourceSettings settings = SourceSettings.read(new Settings("gemini", config()));
    return VertxBus.register(vertx, Clock.system(), "check")
        .compose(
            bus -> {
              List<Future<Checked>> answers = new ArrayList<>();
              for (SourceSettings.Target target : settings.services()) {
                answers.add(ask(bus, target, settings));
              }
              return Future.join(answers)
                  .onSuccess(all -> checked = List.copyOf(all.list()))
                  .eventually(bus::close);
            });
  }

  private Future<Checked> ask(VertxBus bus, SourceSettings.Target target, SourceSettings settings) {
    ModelService service = ModelService.connect(vertx, bus, target, settings);
    long begunAt = bus.nanoTime();
    return service
        .trouble()
        .map(
            trouble ->
                new Checked(target.service(), trouble.orElse(null), bus.nanoTime() - begunAt))
        .eventually(service::close);
  }
}
