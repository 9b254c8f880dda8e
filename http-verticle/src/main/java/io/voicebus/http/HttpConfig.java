package io.voicebus.http;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.SpoolLimits;
import java.time.Duration;
import java.util.List;

/** The settings of {@link HttpVerticle}; {@code docs/http.md} explains each. */
public final class HttpConfig {
  private static final SettingGroup GROUP = new SettingGroup().addAll(DoorConfig.ALL);

  /** All of them. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;
  private static final long MAX_SPOOL_BYTES = 1L << 50;
  private static final OwnerLimits LIMITS = OwnerLimits.DEFAULTS;
  private static final SpoolLimits SPOOL = SpoolLimits.DEFAULTS;

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
              "How long the stages of other nodes may take to answer. One of this process is busy, and"
                  + " has 30 s."));

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
      GROUP.add(
          Setting.millis(
              "kept-ms", 600_000, 0, HOUR_MS, "How long ended turns are kept, and their audio."));

  static final Setting<Integer> SPOOL_TURN_MEMORY =
      GROUP.add(
          Setting.bytes(
              "spool-turn-memory-bytes",
              SPOOL.turnMemory(),
              SpoolLimits.LEAST_TURN_MEMORY,
              1 << 30,
              "What is kept of a turn's audio in memory; the rest goes to a file."));

  static final Setting<Long> SPOOL_MEMORY =
      GROUP.add(
          Setting.bytes(
              "spool-memory-bytes",
              SPOOL.memory(),
              0,
              MAX_SPOOL_BYTES,
              "What is kept of all turns' audio in memory, a sixteenth of the heap at most; beyond that"
                  + " files are used earlier."));

  static final Setting<Long> SPOOL_TURN_FILE =
      GROUP.add(
          Setting.bytes(
              "spool-turn-file-bytes",
              SPOOL.turnFile(),
              0,
              MAX_SPOOL_BYTES,
              "The longest file of a turn's audio; 0 keeps only the latest, in memory."));

  static final Setting<Long> SPOOL_FILES =
      GROUP.add(
          Setting.bytes(
              "spool-files-bytes",
              SPOOL.files(),
              0,
              MAX_SPOOL_BYTES,
              "All files of turns' audio together; the oldest turns that have ended make room."));

  static final Setting<String> SPOOL_DIRECTORY =
      GROUP.add(
          Setting.text(
                  "spool-directory",
                  "Where these files are: without a name, for nobody else to read, and gone with the"
                      + " process.")
              .otherwise("the system's for temporary files"));

  private HttpConfig() {}
}
