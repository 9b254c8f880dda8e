package io.voicebus.tts;

import io.vertx.core.Future;
import io.voicebus.bus.Inbox;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import io.voicebus.queue.JobWorker;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.time.SpeakingPace;
import java.time.Duration;

/** Receives the chunks of one TTS instance, and speaks them with its engine. NOT thread safe. */
public final class BusWorker {
  private final NamedEngines engines;
  private final JobWorker worker;

  /** Starts to accept chunks. */
  BusWorker(
      Inbox inbox, NamedEngines engines, SpeechEngine opened, int slots, Duration chunkTimeout) {
    this.engines = engines;
    SpeakingPace pace = new SpeakingPace();
    worker =
        new JobWorker(
            inbox,
            Addresses.WORKERS,
            () -> Math.max(1, Math.min(slots, opened.slots())),
            opened::behind,
            assignment ->
                new BusSpeech(inbox, engines, assignment, chunkTimeout.toNanos(), pace).begin());
    opened.onSlots(() -> inbox.execute(worker::slotsChanged));
    worker.beat();
  }

  /**
   * Takes chunks from now on.
   *
   * @param settings choose the engines from the catalog
   * @param slots how many chunks it speaks at once
   */
  public static BusWorker start(Inbox inbox, EngineCatalog catalog, Settings settings, int slots) {
    SpeechEngine opened = catalog.open(settings, slots);
    return new BusWorker(
        inbox,
        new NamedEngines(catalog, settings, opened),
        opened,
        slots,
        Duration.ofMillis(TtsVerticle.CHUNK_TIMEOUT_MS));
  }

  /** Accepts no more chunks; completes when all accepted ones have ended. */
  public Future<Void> drain() {
    return worker.drain();
  }

  /** Returns its chunks to the queue at once, and closes its engines. */
  public void close() {
    worker.close();
    engines.close();
  }
}
