package io.voicebus.turn;

import static io.voicebus.bus.VertxStreams.await;
import static io.voicebus.bus.VertxStreams.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.ClusteredVertx;
import io.voicebus.bus.FreePorts;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Over the real clustered event bus: two nodes, and the one with the owner goes without a word. */
class TurnHandoverClusterTest {
  private static final String SENTENCE = "One two three four five six seven eight nine ten. ";
  private static final int SENTENCES = 8;
  private static final Duration RETURNS = Duration.ofSeconds(15);

  private static Future<TurnOwner> http(Vertx vertx, String process) {
    return VertxBus.register(vertx, Clock.system(), "http")
        .compose(
            bus ->
                bus.listen(Addresses.COPIES)
                    .compose(listening -> on(bus.inbox(), () -> owner(bus.inbox(), process))));
  }

  private static Future<TurnOwner> owner(Inbox inbox, String process) {
    return Future.succeededFuture(
        new TurnOwner(inbox, OwnerLimits.DEFAULTS).withCopies(process, RETURNS));
  }

  /** Collects samples, which say which of the turn they are. */
  private record Ear(List<Integer> samples, int tellAt, Promise<Void> enough)
      implements AudioListener {
    @Override
    public void format(int sampleRateHz) {}

    @Override
    public void audio(int chunk, byte[] pcm) {
      for (int i = 0; i < pcm.length; i += 2) {
        samples.add((pcm[i] & 0xff) | (pcm[i + 1] & 0xff) << 8);
      }
      if (samples.size() >= tellAt) {
        enough.tryComplete();
      }
    }
  }

  @Test
  void aTurnWhoseNodeIsGoneGoesOnAtTheOtherSampleForSample() {
    int[] ports = FreePorts.several(2);
    Vertx left = await(ClusteredVertx.start(ports[0], ports));
    Vertx right = await(ClusteredVertx.start(ports[1], ports));
    try {
      // given: a text that goes on once there is a copy, and ends after its owner has gone
      Promise<Void> copied = Promise.promise();
      Promise<Void> gone = Promise.promise();
      await(
          ReadingStages.serve(
              right,
              Duration.ofMillis(1),
              new ReadingStages.Gate(SENTENCE.length(), copied.future()),
              new ReadingStages.Gate(3 * SENTENCE.length(), gone.future())));
      TurnOwner first = await(http(left, "left"));
      TurnOwner second = await(http(right, "right"));
      String text = SENTENCE.repeat(SENTENCES).strip();
      Ear ear = new Ear(Collections.synchronizedList(new ArrayList<>()), 6000, Promise.promise());
      Turn turn = await(started(first, text, ear));
      await(copied(left, second));
      copied.complete();
      await(ear.enough.future());
      // when
      await(left.close());
      gone.complete();
      int has = ear.samples.size();
      Ear other = new Ear(new ArrayList<>(), Integer.MAX_VALUE, Promise.promise());
      Promise<Outcome> ended = Promise.promise();
      Turn resumed =
          await(
              on(
                  second.inbox(),
                  () ->
                      second
                          .lost(turn.id(), has)
                          .map(
                              lost ->
                                  second.goOn(
                                      lost,
                                      has,
                                      has,
                                      event -> {
                                        if (event instanceof TurnEvent.Ended end) {
                                          ended.complete(end.outcome());
                                        }
                                      }))
                          .onSuccess(again -> again.listen(other))));
      // then
      assertThat(has).isBetween(6000, 3 * ReadingStages.CHUNK_SAMPLES);
      assertThat(await(ended.future())).isEqualTo(Outcome.FINISHED);
      assertThat(resumed.goesOnAt()).isEqualTo(has);
      List<Integer> all = new ArrayList<>(ear.samples);
      all.addAll(other.samples);
      assertThat(all)
          .isEqualTo(
              IntStream.range(0, SENTENCES * ReadingStages.CHUNK_SAMPLES)
                  .mapToObj(i -> i & 0xffff)
                  .toList());
    } finally {
      await(right.close());
    }
  }

  /** Completes once the other node keeps a copy, though it may not have been known at first. */
  private static Future<Void> copied(Vertx vertx, TurnOwner other) {
    Promise<Void> copied = Promise.promise();
    vertx.setPeriodic(
        10,
        timer ->
            other
                .inbox()
                .execute(
                    () -> {
                      if (other.copies() > 0 && copied.tryComplete()) {
                        vertx.cancelTimer(timer);
                      }
                    }));
    return copied.future();
  }

  private static Future<Turn> started(TurnOwner owner, String text, Ear ear) {
    return on(
        owner.inbox(),
        () -> {
          Turn turn =
              owner.start(
                  TurnRequest.toCaller(text, TurnOptions.DEFAULTS),
                  event -> {
                    if (event instanceof TurnEvent.Ended end) {
                      ear.enough.tryFail("too early: " + end);
                    }
                  });
          turn.listen(ear);
          return Future.succeededFuture(turn);
        });
  }
}
