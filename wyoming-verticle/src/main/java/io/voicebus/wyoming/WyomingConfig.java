package io.voicebus.wyoming;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import java.time.Duration;
import java.util.List;

/** The settings of {@link WyomingVerticle}. */
public final class WyomingConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All of them. */
  public static final List<Setting<?>> ALL = GROUP.all();

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<String> LOG_TURNS = GROUP.add(SharedConfig.LOG_TURNS);

  /** Without it nobody need deploy the verticle. */
  public static final Setting<Integer> PORT =
      GROUP.add(
          Setting.integer(
              "wyoming-port",
              0,
              65_535,
              "Port for Home Assistant's voice protocol (Wyoming), usually 10200; off"
                  + " when not set."));

  public static final Setting<String> HOST =
      GROUP.add(Setting.text("wyoming-host", "127.0.0.1", "Address of the Wyoming port."));

  static final Setting<Boolean> INSECURE =
      GROUP.add(
          Setting.flag(
              "insecure-wyoming",
              false,
              "Allows addresses beyond loopback for the Wyoming port: the protocol has"
                  + " no password."));

  static final Setting<Integer> CONNECTIONS =
      GROUP.add(
          Setting.integer(
              "wyoming-connections",
              100,
              1,
              10_000,
              "Most connections to the Wyoming port at once."));

  private WyomingConfig() {}
}
