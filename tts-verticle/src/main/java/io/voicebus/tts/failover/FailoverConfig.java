package io.voicebus.tts.failover;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import java.time.Duration;
import java.util.List;

/** The settings of fail-over from one engine to the next. */
public final class FailoverConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of fail-over. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;

  static final Setting<Duration> FAILOVER =
      GROUP.add(
          Setting.millis(
              "failover-ms",
              2_000,
              50,
              60_000,
              "How long an engine may be silent before the next one speaks."));

  static final Setting<Duration> FAILOVER_PROBE =
      GROUP.add(
          Setting.millis(
              "failover-probe-ms",
              15_000,
              100,
              HOUR_MS,
              "How long an engine that fails is left alone before it is tried again."));

  static final Setting<Boolean> HEDGE =
      GROUP.add(
          Setting.flag(
              "hedge",
              false,
              "Asks the second engine as well for a turn's first chunk when the first"
                  + " engine is slow."));

  private FailoverConfig() {}
}
