package io.voicebus.tts;

import io.vertx.core.Future;
import io.voicebus.bus.Inbox;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import io.voicebus.queue.JobWorker;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.time.SpeakingPace;
import java.time.Duration;

/**
 * The chunks that one instance speaks, and the engine that it speaks them with. NOT thread safe.
 */
public final class BusWorker {
  private final NamedEngines engines;
  private final JobWorker worker;

  /** Takes chunks from now on. */
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
   * @param settings say which of the catalog's engines speak
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

  /** Takes no more; completes when all that was taken is over. */
  public Future<Void> drain() {
    return worker.drain();
  }

  /** Hands back at once what it has, and frees its engines. */
  public void close() {
    worker.close();
    engines.close();
  }
}
