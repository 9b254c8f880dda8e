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
 * Checks each model that the settings name with one request that costs nothing: whether the service
 * answers, accepts the key and has the model. It has the settings of {@link GeminiVerticle}. Its
 * deployment completes when all checks are done.
 */
public final class ModelCheckVerticle extends VerticleBase {
  /**
   * The result of one check.
   *
   * @param service the model that was checked
   * @param trouble what is wrong and what to do; null if nothing is wrong
   * @param nanos duration of the check in nanoseconds, connection included
   */
  public record Checked(AnswerSource.Service service, @Nullable Failure trouble, long nanos) {}

  private volatile List<Checked> checked = List.of();

  /** The results in the order in which models are asked. Call it after the deployment. */
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
