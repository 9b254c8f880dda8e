package io.voicebus.queue;

import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import java.util.concurrent.atomic.LongAdder;

/** How busy the process's workers are, for its operator. NOT thread safe. */
final class WorkerCounts {
  private static final Meter SLOTS =
      Meter.level(
          "voicebus.worker.slots",
          "Slots of the speech workers: busy, or free for a chunk.",
          "state");

  private static final Meter WAITING =
      Meter.level("voicebus.worker.waiting", "Chunks that a worker has taken and not begun.");

  private final Level busy;
  private final Level free;
  private final Level waiting;

  /** One worker's part of a level, which others of the process share. */
  private static final class Level {
    private final LongAdder all;
    private int own;

    Level(LongAdder all) {
      this.all = all;
    }

    void is(int now) {
      if (now != own) {
        all.add(now - own);
        own = now;
      }
    }
  }

  WorkerCounts(Meters meters) {
    busy = new Level(meters.of(SLOTS, "busy"));
    free = new Level(meters.of(SLOTS, "free"));
    waiting = new Level(meters.of(WAITING));
  }

  /** How things stand. */
  void are(int slotsBusy, int slots, int jobsWaiting) {
    busy.is(slotsBusy);
    free.is(Math.max(0, slots - slotsBusy));
    waiting.is(jobsWaiting);
  }
}
