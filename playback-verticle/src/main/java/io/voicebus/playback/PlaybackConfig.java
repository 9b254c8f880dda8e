package io.voicebus.playback;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.util.List;

/** The settings of {@link PlaybackVerticle}. */
public final class PlaybackConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All of them. */
  public static final List<Setting<?>> ALL = GROUP.all();

  /** Five seconds at 48 kHz and as much again: a chunk that is taken up again must get further. */
  private static final int LEAST_BYTES = 1 << 20;

  private static final int MOST_BYTES = 256 << 20;

  static final Setting<Integer> MAX_TURNS = GROUP.add(SharedConfig.MAX_TURNS);

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<Duration> LOOKAHEAD =
      GROUP.add(
          Setting.millis(
              "lookahead-ms",
              PlayoutLimits.DEFAULT_LOOKAHEAD_MS,
              1_000,
              600_000,
              "How much speech is made ahead of the listener at real-time pace."));

  static final Setting<Integer> TURN_BYTES =
      GROUP.add(
          Setting.bytes(
              "turn-bytes",
              PlayoutLimits.DEFAULT_TURN_BYTES,
              LEAST_BYTES,
              MOST_BYTES,
              "Most audio held for one turn, besides the next chunk."));

  static final Setting<Integer> CHUNK_BYTES =
      GROUP.add(
          Setting.bytes(
              "chunk-bytes",
              PlayoutLimits.DEFAULT_CHUNK_BYTES,
              LEAST_BYTES,
              MOST_BYTES,
              "Most audio held for one chunk."));

  static final Setting<String> PROCESSING =
      GROUP.add(
          Setting.choice(
              "processing",
              TurnOptions.SEAMS,
              List.of(TurnOptions.SEAMS, TurnOptions.NO_PROCESSING),
              "`seams`: pauses that follow the punctuation, no clicks, even loudness;"
                  + " `none`: the engine's samples, unchanged."));

  private PlaybackConfig() {}
}
