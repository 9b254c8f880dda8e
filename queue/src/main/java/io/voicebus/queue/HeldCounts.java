package io.voicebus.queue;

import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many jobs of the process's holders are in each state, for its operator. */
final class HeldCounts {
  private static final Meter CHUNKS =
      Meter.level(
          "voicebus.queue.chunks",
          "Chunks that are to be spoken: waiting for room, ready, offered to a worker, or taken by"
              + " one.",
          "state");

  private final Map<HeldJob.State, LongAdder> counts = new EnumMap<>(HeldJob.State.class);

  HeldCounts(Meters meters) {
    for (HeldJob.State state : HeldJob.State.values()) {
      if (state != HeldJob.State.OVER) {
        counts.put(state, meters.of(CHUNKS, state.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  /** A job is held from now on. */
  void held(HeldJob.State state) {
    add(state, 1);
  }

  void changed(HeldJob.State from, HeldJob.State to) {
    add(from, -1);
    add(to, 1);
  }

  private void add(HeldJob.State state, int jobs) {
    LongAdder count = counts.get(state);
    if (count != null) {
      count.add(jobs);
    }
  }
}
