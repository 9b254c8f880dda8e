package io.voicebus.http;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.turn.OwnerLimits;
import java.time.Duration;
import java.util.List;

/** The settings of {@link HttpVerticle}; {@code docs/http.md} explains each. */
public final class HttpConfig {
  private static final SettingGroup GROUP = new SettingGroup().addAll(DoorConfig.ALL);

  /** All of them. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;
  private static final OwnerLimits LIMITS = OwnerLimits.DEFAULTS;

  static final Setting<Integer> MAX_TURNS = GROUP.add(SharedConfig.MAX_TURNS);

  static final Setting<Integer> MAX_PROMPT_BYTES =
      GROUP.add(
          Setting.bytes("max-prompt-bytes", 2 << 20, 1, 64 << 20, "Longest prompt, as UTF-8."));

  static final Setting<Duration> ATTACH =
      GROUP.add(
          Setting.millis(
              "attach-ms",
              LIMITS.attach().toMillis(),
              1,
              HOUR_MS,
              "A turn that nobody listens to for so long ends."));

  static final Setting<Duration> STALLED =
      GROUP.add(
          Setting.millis(
              "stalled-ms",
              LIMITS.stalled().toMillis(),
              1,
              24 * HOUR_MS,
              "A listener that takes nothing for so long, without pausing, loses its turn."));

  static final Setting<Duration> DETACH =
      GROUP.add(
          Setting.millis(
              "detach-ms",
              LIMITS.detach().toMillis(),
              0,
              HOUR_MS,
              "How long a listener that was cut off may take to come back; 0 ends its turn at"
                  + " once."));

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<Duration> PAUSE =
      GROUP.add(
          Setting.millis(
              "pause-ms",
              HOUR_MS,
              1,
              24 * HOUR_MS,
              "How long a listener may pause before its turn ends."));

  static final Setting<Duration> RESUME =
      GROUP.add(
          Setting.millis(
              "resume-ms",
              LIMITS.resume().toMillis(),
              1,
              HOUR_MS,
              "How long a turn may be on hold before it ends."));

  static final Setting<String> VOICE_ALIASES =
      GROUP.add(
          Setting.text(
              "voice-aliases",
              "What else voices are called by clients of OpenAI's and ElevenLabs' APIs:"
                  + " `nova=embedded/kevin16, …`."));

  static final Setting<String> LOG_TURNS =
      GROUP.add(
          Setting.choice(
              "log-turns",
              "failed",
              List.of("failed", "all"),
              "Which turns get a line of the log when they end: those that `failed`, or `all`."));

  static final Setting<Duration> STAGES =
      GROUP.add(
          Setting.millis(
              "stages-ms",
              LIMITS.stages().toMillis(),
              1,
              HOUR_MS,
              "How long the stages may take to answer."));

  static final Setting<Duration> HEARTBEAT =
      GROUP.add(
          Setting.millis(
              "heartbeat-ms", 15_000, 10, HOUR_MS, "Between two comments in a stream of events."));

  static final Setting<Integer> EVENTS_BYTES =
      GROUP.add(
          Setting.bytes(
              "events-bytes", 256 << 10, 1 << 10, 16 << 20, "What is kept of one turn's events."));

  static final Setting<Integer> KEPT_TURNS =
      GROUP.add(Setting.integer("kept-turns", 1000, 0, 100_000, "How many ended turns are kept."));

  static final Setting<Duration> KEPT =
      GROUP.add(Setting.millis("kept-ms", 60_000, 0, HOUR_MS, "How long ended turns are kept."));

  private HttpConfig() {}
}
