package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VerticleBase;
import io.voicebus.bus.Roster;
import io.voicebus.bus.VertxBus;
import io.voicebus.playback.BusTurns;
import io.voicebus.tts.BusWorker;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Proves that deployed stages have nothing going on any more; they take no new turns after it. */
final class Leftovers {
  /** What was lost is repeated, and who is gone is missed, well within it. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Leftovers() {}

  /**
   * No job is held, no lease is out, no stream is open, at any inbox.
   *
   * @param roster of one of their inboxes, to be asked on its context
   * @param asker that inbox's connection
   * @param least how many instances there are at least
   */
  static void none(List<VerticleBase> stages, Roster roster, VertxBus asker, int least) {
    for (VerticleBase stage : stages) {
      VertxBus bus = part(stage, VertxBus.class);
      HeardTurn.get(bus.drain(PATIENCE).toCompletionStage().toCompletableFuture());
      // Every stream, and every job that is held or taken, is tied to another inbox until its end.
      assertThat(on(bus, () -> bus.inbox().idle())).as("%s is idle", name(stage)).isTrue();
      if (name(stage).startsWith("Playback")) {
        BusTurns turns = part(stage, BusTurns.class);
        assertThat(on(bus, turns::held)).as("jobs held").isZero();
      } else if (name(stage).startsWith("Tts")) {
        BusWorker worker = part(stage, BusWorker.class);
        assertThat(on(bus, () -> worker.drain().isComplete())).as("all slots free").isTrue();
      }
    }
    CompletableFuture<List<String>> busy = new CompletableFuture<>();
    asker.execute(
        () ->
            roster
                .call()
                .map(
                    all -> {
                      assertThat(all).hasSizeGreaterThanOrEqualTo(least);
                      return all.stream()
                          .filter(here -> here.busy() > 0)
                          .map(here -> here.role() + " is busy: " + here.busy())
                          .toList();
                    })
                .onSuccess(busy::complete)
                .onFailure(busy::completeExceptionally));
    assertThat(HeardTurn.get(busy)).isEmpty();
  }

  private static String name(VerticleBase stage) {
    return stage.getClass().getSimpleName();
  }

  private static <T> T on(VertxBus bus, Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    bus.execute(() -> answer.complete(question.get()));
    return HeardTurn.get(answer);
  }

  private static <T> T part(VerticleBase stage, Class<T> type) {
    for (Field field : stage.getClass().getDeclaredFields()) {
      if (field.getType() == type) {
        try {
          field.setAccessible(true);
          return type.cast(field.get(stage));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(e.getMessage(), e);
        }
      }
    }
    throw new AssertionError(name(stage) + " has no " + type.getSimpleName());
  }
}
