package io.voicebus.turn;

import io.voicebus.bus.Stage;
import io.voicebus.contract.Underrun;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often and how long a turn's listener has waited in silence for sound that was not there.
 *
 * @param count how often
 * @param ms how long, all of them together
 * @param longestMs the longest of them
 * @param stageMs how long by the stage that owed the sound
 */
public record Underruns(int count, long ms, long longestMs, Map<Stage, Long> stageMs) {
  /** Of a turn that never kept its listener waiting. */
  public static final Underruns NONE = new Underruns(0, 0, 0, Map.of());

  public Underruns {
    stageMs = Map.copyOf(stageMs);
  }

  Underruns with(Underrun one) {
    Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    stages.putAll(stageMs);
    stages.merge(one.stage(), one.ms(), Long::sum);
    return new Underruns(count + 1, ms + one.ms(), Math.max(longestMs, one.ms()), stages);
  }
}
